"""The people of the invented district: congresses, organs, districts, deputies, groups, accounts, sessions.

Nothing here is a row of a database; every thing has a short key by which the other makers and the loader speak of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import groups, seats
from .congresses import CITY, DISTRICT, PROVINCE, TOWNSHIP, Congress, Session, Term, congresses, sessions, terms
from .deputies import ElectoralDistrict, Mandate, Person, elect, guests
from .groups import Group
from .names import endless_names
from .organs import Organ, organs
from .phrases import dice, library
from .places import Street, streets
from .seats import Account

__all__ = ["CITY", "DISTRICT", "NOTE", "PROVINCE", "TOWNSHIP", "Cast", "Enterprise", "make_cast"]

NOTE = "（演示数据，纯属虚构）"


@dataclass(frozen=True)
class Enterprise:
    """An enterprise that may order a deputy's service."""

    key: str
    name: str
    street: str
    site: str


@dataclass(frozen=True)
class Cast:
    """Everybody and everything, in lists; look them up by key in the ``…_by_key`` tables."""

    seed: int
    today: date
    congresses: tuple[Congress, ...]
    terms: tuple[Term, ...]
    sessions: tuple[Session, ...]
    organs: tuple[Organ, ...]
    streets: tuple[Street, ...]
    districts: tuple[ElectoralDistrict, ...]
    persons: tuple[Person, ...]
    mandates: tuple[Mandate, ...]
    groups: tuple[Group, ...]
    enterprises: tuple[Enterprise, ...]
    accounts: tuple[Account, ...]
    begins: date  # the first day of the earliest of the three sessions

    @cached_property
    def organ_by_key(self) -> dict[str, Organ]:
        """The district's organs and streets."""
        return {organ.key: organ for organ in self.organs if organ.congress == DISTRICT}

    @cached_property
    def person_by_key(self) -> dict[str, Person]:
        """Persons."""
        return {person.key: person for person in self.persons}

    @cached_property
    def mandate_by_key(self) -> dict[str, Mandate]:
        """Mandates of every congress."""
        return {mandate.key: mandate for mandate in self.mandates}

    @cached_property
    def district_sessions(self) -> tuple[Session, ...]:
        """The three sessions of the district's congress, oldest first."""
        return tuple(session for session in self.sessions if session.congress == DISTRICT)

    def name_of(self, mandate: str) -> str:
        """The name of the person who holds a mandate."""
        return self.person_by_key[self.mandate_by_key[mandate].person].name

    def sitting(self, day: date, congress: str = DISTRICT) -> list[Mandate]:
        """The mandates that hold on a day."""
        return [row for row in self.mandates if row.congress == congress and row.holds_on(day)]

    @cached_property
    def guests(self) -> list[Mandate]:
        """Deputies of other levels who take part in the district's stations and activities (A01 (4))."""
        return guests(self.mandates)

    def guests_of(self, street: str) -> list[Mandate]:
        """Those of them who sit in the stations of a street: one in each of the first streets."""
        return [row for row, where in zip(self.guests, self.streets, strict=False) if where.key == street]

    def deputy_of(self, street: str) -> list[Mandate]:
        """Deputies of the district elected in a street and still sitting."""
        return [row for row in self.sitting(self.today) if row.street == street]


def make_cast(seed: int, today: date) -> Cast:
    """The whole cast for a seed and the last day of the story."""
    all_terms, all_sessions = terms(today), sessions(today)
    names = endless_names(dice(seed, "names"))
    body = elect(dice(seed, "deputies"), names, today, all_terms)
    all_organs = organs(dice(seed, "organs"))
    all_groups = groups.make_groups(dice(seed, "groups"), body.mandates, all_terms, today)
    firms = _enterprises()
    accounts = seats.make_accounts(names, body, all_organs, all_groups, tuple((f.key, f.name) for f in firms))
    return Cast(
        seed=seed, today=today, congresses=congresses(), terms=all_terms, sessions=all_sessions, organs=all_organs,
        streets=streets(), districts=body.districts, persons=body.persons, mandates=body.mandates, groups=all_groups,
        enterprises=firms, accounts=accounts, begins=min(s.since for s in all_sessions if s.congress == DISTRICT),
    )  # fmt: skip


def _enterprises() -> tuple[Enterprise, ...]:
    rows = library("enterprises")["enterprise"]
    made = []
    for number, row in enumerate(rows, 1):
        street = streets()[row["street"] - 1]
        road = street.places["roads"][number % 6]
        made.append(
            Enterprise(f"enterprise{number:02d}", row["name"], street.key, f"{street.name}{road}{number * 7}号")
        )
    return tuple(made)
