"""The invented map: congresses, streets, and the places a suggestion is about."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from .phrases import library

# What an anchor names, and in which list of a street it is found. A village is a community of a town.
LISTS = {
    "road": "roads", "community": "communities", "village": "communities", "estate": "estates", "school": "schools",
    "market": "markets", "park": "parks", "water": "waters", "stop": "stops", "clinic": "clinics",
}  # fmt: skip
TOWN_MARK = "镇"


@dataclass(frozen=True)
class Street:
    """A street or town of the district and what stands in it."""

    key: str
    code: str
    name: str
    places: dict[str, tuple[str, ...]]

    @property
    def is_town(self) -> bool:
        """Whether it is a town, with villages and a congress of its own level."""
        return self.name.endswith(TOWN_MARK)


@dataclass(frozen=True)
class Place:
    """One neighbourhood: the words a text about it may use, and which of them it is about."""

    street: str
    anchor: str
    words: dict[str, str]

    @property
    def name(self) -> str:
        """The place the text is about."""
        return self.words["community" if self.anchor == "village" else self.anchor]


@cache
def streets() -> tuple[Street, ...]:
    """The fourteen streets and towns, in the order of their codes."""
    rows = library("places")["street"]
    return tuple(
        Street(
            key=f"street{number:02d}",
            code=f"9901111{number:02d}",
            name=row["name"],
            places={name: tuple(items) for name, items in row.items() if name != "name"},
        )
        for number, row in enumerate(rows, 1)
    )


def anchors(kind: str, *, towns_only: bool = False) -> list[tuple[Street, int]]:
    """Every place of a kind: its street and its position there."""
    eligible = [street for street in streets() if street.is_town or not towns_only]
    if kind == "street":
        return [(street, 0) for street in eligible]
    found = [(street, index) for street in eligible for index in range(len(street.places[LISTS[kind]]))]
    return [(street, index) for street, index in found if _fits(kind, street.places[LISTS[kind]][index])]


def _fits(kind: str, name: str) -> bool:
    """A village is no urban community, and what is said of pupils is not said of a kindergarten."""
    return name.endswith("村") if kind == "village" else not name.endswith("幼儿园")


def neighbourhood(chance: random.Random, street: Street, kind: str, index: int) -> Place:
    """The place and what lies around it, in the same street."""
    near = index if kind in ("road", "community", "village", "estate") else chance.randrange(6)
    roads = street.places["roads"]
    words = {
        "street": street.name,
        "road": roads[near],
        "road2": roads[(near + 1) % 6],
        "road3": roads[(near + 3) % 6],
        "community": street.places["communities"][near],
        "estate": street.places["estates"][near],
    }
    for name in ("school", "market", "park", "water", "stop", "clinic"):
        words[name] = chance.choice([item for item in street.places[LISTS[name]] if _fits(name, item)])
    if kind in ("school", "market", "park", "water", "stop", "clinic"):
        words[kind] = street.places[LISTS[kind]][index]
    return Place(street.key, kind, words)
