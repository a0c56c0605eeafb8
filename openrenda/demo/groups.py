"""Groups of deputies: seven delegations, ten contact groups, 7 + 27 + 13 + 3 others, the party group, and who sits in them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from .congresses import CITY, DISTRICT, Term
from .deputies import Mandate, delegation_of
from .phrases import library
from .places import streets

CONTACT_GROUPS, SQUADS = 10, 27
WITHOUT_GROUP = "street08"
# Seven deputies who head no delegation: the sixth, and every 25th after her.
PARTY_GROUP, PARTY_MEMBERS = "party-group", slice(5, 156, 25)


@dataclass(frozen=True)
class Group:
    """A group; the first member heads it."""

    key: str
    congress: str
    kind: str
    name: str
    street: str
    members: tuple[str, ...]
    since: date


def make_groups(
    chance: random.Random, mandates: tuple[Mandate, ...], terms: tuple[Term, ...], today: date
) -> tuple[Group, ...]:
    """Every group of the running term. One street has deputies but no group, as happens."""
    since = {term.congress: term.since for term in terms}
    sitting = {c: [m for m in mandates if m.congress == c and m.holds_on(today)] for c in (DISTRICT, CITY)}
    members, names = sitting[DISTRICT], library("people")["groups"]
    rows: list[tuple[str, str, str, str, list[Mandate]]] = []
    for number, name in enumerate(names["delegations"], 1):
        key = f"delegation{number}"
        rows.append((key, "delegation", name, "", [m for m in members if delegation_of(m.street) == key]))
    for number in range(1, CONTACT_GROUPS + 1):
        rows.append((f"contact{number:02d}", "contact", f"第{number}联系组", "", members[number - 1 :: CONTACT_GROUPS]))
    shuffled = chance.sample(members, len(members))
    for number, name in enumerate(names["professional"], 1):
        rows.append((f"professional{number}", "professional", f"{name}专业小组", "", shuffled[number - 1 :: 14]))
    rows += _squads(chance, members, names["squads"])
    rows += _street_groups(members)
    rows.append((PARTY_GROUP, "party_group", "区人大常委会党组", "", members[PARTY_MEMBERS]))
    made = [Group(k, DISTRICT, kind, name, s, _keys(who), since[DISTRICT]) for k, kind, name, s, who in rows]
    for number, name in enumerate(names["city"], 1):
        who = _keys(sitting[CITY][number - 1 :: 3])
        made.append(Group(f"city-group{number}", CITY, "professional", name, "", who, since[CITY]))
    return tuple(made)


def _keys(who: list[Mandate]) -> tuple[str, ...]:
    return tuple(m.key for m in who)


def _squads(chance: random.Random, members: list[Mandate], fields: list[str]) -> list:
    rows = []
    for number in range(SQUADS):
        street = streets()[number % len(streets())]
        local = [m for m in members if m.street == street.key]
        name = f"{street.name}{fields[(number // len(streets()) + number) % len(fields)]}专业小队"
        who = chance.sample(local, min(5, len(local)))
        rows.append((f"squad{number + 1:02d}", "professional", name, street.key, who))
    return rows


def _street_groups(members: list[Mandate]) -> list:
    return [
        (f"group-{s.key}", "street", f"{s.name}代表小组", s.key, [m for m in members if m.street == s.key])
        for s in streets()
        if s.key != WITHOUT_GROUP
    ]
