"""Electoral districts, the deputies of every level, and how their mandates began and ended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .congresses import CITY, DISTRICT, PROVINCE, TOWNSHIP, Term
from .names import Named
from .phrases import library
from .places import streets

# Fourteen times five districts, 52 of three seats and 18 of two: 192 seats. 190 are filled today.
TWO_SEATS_EVERY = 4
DISTRICTS_A_STREET = 5
ENDED = (("died", 500), ("moved_away", 420), ("resigned", 300))
CITY_UNITS, PROVINCE_SEATS, TOWNSHIP_SEATS = 36, 6, 45
ALSO_IN_CITY, ALSO_IN_PROVINCE, ALSO_IN_TOWNSHIP = 10, 2, 5
NAMESAKES = (40, 141)
GUESTS_OF = {CITY: 4, PROVINCE: 2}


@dataclass(frozen=True)
class ElectoralDistrict:
    """A district 选区 of the district's or the township's congress, with its quota."""

    key: str
    congress: str
    number: int
    name: str
    street: str
    quota: int


@dataclass(frozen=True)
class Person:
    """A person. ``post`` is where she works and as what."""

    key: str
    name: str
    sex: str
    ethnicity: str
    birth_year: int
    post: str
    education: str


@dataclass(frozen=True)
class Mandate:
    """A person's time as a deputy of one congress."""

    key: str
    congress: str
    person: str
    district: str
    electoral_unit: str
    delegation: str
    street: str
    card_number: str
    since: date
    until: date | None = None
    begin_reason: str = "elected"
    begin_basis: str = ""
    end_reason: str = ""
    end_basis: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the mandate holds on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Body:
    """What an election yields."""

    districts: tuple[ElectoralDistrict, ...]
    persons: tuple[Person, ...]
    mandates: tuple[Mandate, ...]


class _Roll:
    """Collects people while they are elected."""

    def __init__(self, chance: random.Random, names: Iterator[Named], year: int) -> None:
        self.chance, self.names, self.year = chance, names, year
        self.persons: list[Person] = []
        self.mandates: list[Mandate] = []

    def person(self) -> Person:
        """A new person."""
        named, data = next(self.names), library("people")["people"]
        made = Person(
            key=f"person{len(self.persons) + 1:03d}", name=named.name, sex=named.sex, ethnicity=named.ethnicity,
            birth_year=self.year - self.chance.randint(26, 64), post=self.chance.choice(data["occupations"]),
            education=self.chance.choice(data["education"]),
        )  # fmt: skip
        self.persons.append(made)
        return made

    def mandate(self, congress: str, person: Person, since: date, **more: Any) -> Mandate:
        """A new mandate; its key says the congress and the number of the card."""
        number = 1 + sum(row.congress == congress for row in self.mandates)
        prefix = "deputy" if congress == DISTRICT else f"{congress}-deputy"
        fields: dict[str, Any] = {"district": "", "electoral_unit": "", "delegation": "", "street": ""} | more
        made = Mandate(
            key=f"{prefix}{number:02d}", congress=congress, person=person.key, since=since,
            card_number=f"99{number:04d}", **fields,
        )  # fmt: skip
        self.mandates.append(made)
        return made


def elect(chance: random.Random, names: Iterator[Named], today: date, terms: tuple[Term, ...]) -> Body:
    """Elect every congress's deputies, let three leave and one come by by-election."""
    since = {term.congress: term.since for term in terms}
    roll = _Roll(chance, names, today.year)
    districts = _electoral_districts()
    _elect_district(roll, districts, since[DISTRICT])
    _leave_and_follow(roll, today)
    _elect_others(roll, since)
    return Body((*districts, *_township_districts()), tuple(_with_namesakes(roll.persons)), tuple(roll.mandates))


def _electoral_districts() -> tuple[ElectoralDistrict, ...]:
    made: list[ElectoralDistrict] = []
    for street in streets():
        for _ in range(DISTRICTS_A_STREET):
            number = len(made) + 1
            quota = 2 if number % TWO_SEATS_EVERY == 0 or number == 1 else 3
            community = street.places["communities"][(number - 1) % DISTRICTS_A_STREET]
            name = f"{street.name}{community}选区"
            made.append(ElectoralDistrict(f"district{number:02d}", DISTRICT, number, name, street.key, quota))
    return tuple(made)


def _township_districts() -> tuple[ElectoralDistrict, ...]:
    town = next(street for street in streets() if street.is_town)
    return tuple(
        ElectoralDistrict(f"township-district{number}", TOWNSHIP, number, f"{name}选区", town.key, 7 + number % 2)
        for number, name in enumerate(town.places["communities"], 1)
    )


def delegation_of(street: str) -> str:
    """Two neighbouring streets make a delegation; there are seven."""
    return f"delegation{(int(street.removeprefix('street')) + 1) // 2}"


def _elect_district(roll: _Roll, districts: tuple[ElectoralDistrict, ...], since: date) -> None:
    for district in districts:
        for _ in range(district.quota):
            where = {"district": district.key, "delegation": delegation_of(district.street), "street": district.street}
            roll.mandate(DISTRICT, roll.person(), since, **where)


def _leave_and_follow(roll: _Roll, today: date) -> None:
    papers = library("people")["papers"]
    leavers = roll.chance.sample(range(30, len(roll.mandates)), len(ENDED))
    for index, (reason, days) in zip(leavers, ENDED, strict=True):
        roll.mandates[index] = replace(
            roll.mandates[index], until=today - timedelta(days=days), end_reason=reason, end_basis=papers["left"]
        )
    vacant = roll.mandates[leavers[0]]
    where = {"district": vacant.district, "delegation": vacant.delegation, "street": vacant.street}
    follower = roll.mandate(DISTRICT, roll.person(), today - timedelta(days=ENDED[0][1] - 120), **where)
    roll.mandates[-1] = replace(follower, begin_reason="by_election", begin_basis=papers["by_election"])


def _elect_others(roll: _Roll, since: dict[str, date]) -> None:
    sitting = [row for row in roll.mandates if row.until is None]
    by_key = {person.key: person for person in roll.persons}
    unit, town = _names_of_units(), next(street.key for street in streets() if street.is_town)
    towns_people = [by_key[row.person] for row in sitting if row.street == town]
    both = [by_key[row.person] for row in roll.chance.sample(sitting, ALSO_IN_CITY + ALSO_IN_PROVINCE)]
    seats: tuple[tuple[str, int, list[Person], dict[str, str]], ...] = (
        (CITY, CITY_UNITS, both[:ALSO_IN_CITY], {"electoral_unit": unit[DISTRICT]}),
        (PROVINCE, PROVINCE_SEATS, both[ALSO_IN_CITY:], {"electoral_unit": unit[CITY]}),
        (TOWNSHIP, TOWNSHIP_SEATS, towns_people[:ALSO_IN_TOWNSHIP], {}),
    )
    for congress, count, known, where in seats:
        for index in range(count):
            district = {"district": f"township-district{index % 6 + 1}", "street": town} if congress == TOWNSHIP else {}
            person = known[index] if index < len(known) else roll.person()
            roll.mandate(congress, person, since[congress], **where, **district)


def guests(mandates: tuple[Mandate, ...]) -> list[Mandate]:
    """Deputies of the city and the province who live in the district and hold no mandate of its congress: they sit in its stations."""
    own = {row.person for row in mandates if row.congress == DISTRICT}
    living = [row for row in mandates if row.person not in own and row.until is None]
    return [row for key, count in GUESTS_OF.items() for row in [one for one in living if one.congress == key][:count]]


def _names_of_units() -> dict[str, str]:
    return {row["key"]: row["name"] for row in library("places")["congress"]}


def _with_namesakes(persons: list[Person]) -> list[Person]:
    """Two deputies of the same name, as every big roll has."""
    first, second = NAMESAKES
    return [replace(p, name=persons[first].name) if i == second else p for i, p in enumerate(persons)]
