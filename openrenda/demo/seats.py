"""Accounts and the seats they act in: every deputy, four in every organ, reviewers, offices, administrators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .congresses import CITY, DISTRICT, PROVINCE, TOWNSHIP
from .deputies import Body, guests
from .groups import PARTY_GROUP, Group
from .names import Named
from .organs import Organ

ORGAN_SEATS = {"office": "organ_office", "clerk": "organ_clerk", "head": "organ_head", "chief": "organ_chief"}
ADMINISTRATORS = {"admin-system": "system_admin", "admin-security": "security_admin", "admin-audit": "audit_admin"}
SEAT_TITLES = {
    "organ_office": "办公室主任", "organ_clerk": "经办人", "organ_head": "分管负责人", "organ_chief": "主要负责人",
}  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """A place in an office, standing for an organ, a mandate, a group, an enterprise or the congress."""

    congress: str
    key: str
    holder_kind: str
    holder: str
    title: str = ""


@dataclass(frozen=True)
class Account:
    """A sign-in. ``person`` is empty for staff."""

    login: str
    name: str
    person: str
    seats: tuple[Seat, ...]


def make_accounts(
    names: Iterator[Named],
    body: Body,
    organs: tuple[Organ, ...],
    groups: tuple[Group, ...],
    enterprises: tuple[tuple[str, str], ...],
) -> tuple[Account, ...]:
    """Everybody who can sign in. Logins say who it is: ``deputy01``, ``organ12-clerk``, ``street03``, ``office``."""
    firms = [
        Account(key, f"{name}联系人", "", (Seat(DISTRICT, "enterprise", "enterprise", key),))
        for key, name in enterprises
    ]
    others = (*_organs(names, organs), *_offices(names), *_elsewhere(names, organs), *firms)
    return (*_deputies(body, groups), *others, *_leaders(names), *_network(names), _secretary(names))


def _secretary(names: Iterator[Named]) -> Account:
    """Who keeps the meetings of the party group."""
    seat = Seat(DISTRICT, "party_group_office", "group", PARTY_GROUP, "党组秘书")
    return Account("secretary", next(names).name, "", (seat,))


def _network(names: Iterator[Named]) -> list[Account]:
    """The clerk of one station, beside those who keep all stations of a street, and the governor of one grid."""
    station = Seat(DISTRICT, "station_clerk", "station", "street01 1", "联络站联络员")
    governor = Seat(DISTRICT, "grid_governor", "grid", "grid-01-1", "网格长")
    return [
        Account("station01", next(names).name, "", (station,)),
        Account("grid01", next(names).name, "", (governor,)),
    ]


def _deputies(body: Body, groups: tuple[Group, ...]) -> list[Account]:
    heads = {group.members[0]: group.key for group in groups if group.kind == "delegation"}
    names = {person.key: person.name for person in body.persons}
    seats: dict[str, list[Seat]] = {}
    staying = {row.key for row in guests(body.mandates)}
    logins: dict[str, str] = {}
    for mandate in body.mandates:
        mine = seats.setdefault(mandate.person, [])
        logins.setdefault(mandate.person, mandate.key)
        if mandate.until is None:
            mine.append(Seat(mandate.congress, "deputy", "mandate", mandate.key))
        if mandate.key in staying:
            mine.append(Seat(DISTRICT, "guest_deputy", "mandate", mandate.key))
        if mandate.key in heads:
            mine.append(Seat(DISTRICT, "delegation_head", "group", heads[mandate.key], "团长"))
    return [Account(logins[key], names[key], key, tuple(mine)) for key, mine in seats.items() if mine]


def _organs(names: Iterator[Named], organs: tuple[Organ, ...]) -> list[Account]:
    made = []
    for organ in (organ for organ in organs if organ.congress == DISTRICT):
        made += _staff(names, organ)
        if organ.kind in ("street", "town"):
            reviewer = Seat(DISTRICT, "street_reviewer", "organ", organ.key, "人大街道工委阅看人")
            station = Seat(DISTRICT, "station_clerk", "organ", organ.key, "代表联络站联络员")
            made.append(Account(organ.code, next(names).name, "", (reviewer,)))
            made.append(Account(f"{organ.code}-station", next(names).name, "", (station,)))
    return made


def _staff(names: Iterator[Named], organ: Organ) -> list[Account]:
    """The four seats of an organ."""
    return [
        Account(
            f"{organ.code}-{suffix}", next(names).name, "",
            (Seat(organ.congress, key, "organ", organ.key, SEAT_TITLES[key]),),
        )
        for suffix, key in ORGAN_SEATS.items()
    ]  # fmt: skip


def _offices(names: Iterator[Named]) -> list[Account]:
    rows = [
        ("office", "deputy_office", "deputy_commission", "工作人员"),
        ("office2", "deputy_office", "deputy_commission", "副主任"),
        ("government", "government_office", "supervision_office", "工作人员"),
        ("leader", "leader", "standing_committee", "主任"),
    ]
    made = [Account(lg, next(names).name, "", (Seat(DISTRICT, k, "organ", o, t),)) for lg, k, o, t in rows]
    return made + _administrators(names, DISTRICT, "")


def _leaders(names: Iterator[Named]) -> list[Account]:
    """The other members of the council of chairpersons, and the heads of two committees."""
    rows = [(f"leader{number}", "standing_committee", "副主任") for number in range(2, 6)]
    rows += [("urban-head", "urban_committee", "主任委员"), ("social-head", "social_committee", "主任委员")]
    return [Account(login, next(names).name, "", (Seat(DISTRICT, "leader", "organ", o, t),)) for login, o, t in rows]


def _administrators(names: Iterator[Named], congress: str, prefix: str) -> list[Account]:
    return [
        Account(f"{prefix}{login}", next(names).name, "", (Seat(congress, key, "congress", congress),))
        for login, key in ADMINISTRATORS.items()
    ]


def _elsewhere(names: Iterator[Named], organs: tuple[Organ, ...]) -> list[Account]:
    offices = [("city-office", CITY, "city_commission"), ("town-office", TOWNSHIP, "town_presidium")]
    made = [
        Account(login, next(names).name, "", (Seat(congress, "deputy_office", "organ", organ),))
        for login, congress, organ in offices
    ]
    made += [row for c in (PROVINCE, CITY, TOWNSHIP) for row in _administrators(names, c, f"{c}-")]
    return made + [row for organ in organs if organ.congress != DISTRICT for row in _staff(names, organ)]
