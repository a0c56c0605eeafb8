"""The forty organs of the district, its streets and towns, and a few organs of the city and the township."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .congresses import CITY, DISTRICT, TOWNSHIP
from .phrases import library
from .places import streets

# 0000 is no area code: nobody can be reached at these numbers.
OFFICE_NUMBER = "（0000）8800{:04d}"
ELSEWHERE = (
    (CITY, "city_commission", "人大常委会代表工作委员会", "congress_committee"),
    (CITY, "city_government", "市人民政府办公室", "government"),
    (CITY, "city_transport", "市交通运输局", "department"),
    (TOWNSHIP, "town_presidium", "人民代表大会主席团", "congress_office"),
    (TOWNSHIP, "town_government", "镇人民政府", "town"),
)


@dataclass(frozen=True)
class Organ:
    """An organ: its names, its kind, who supervises it, how it calls itself, its sections and its number."""

    key: str
    congress: str
    code: str
    name: str
    short: str
    kind: str
    supervisor: str
    contact: str
    we: str
    sections: tuple[str, ...]


def organs(chance: random.Random) -> tuple[Organ, ...]:
    """Every organ; the district's forty first, then its streets and towns."""
    return (*_departments(), *_streets(), *_elsewhere(chance))


def _departments() -> list[Organ]:
    return [
        Organ(
            key=row["key"], congress=DISTRICT, code=f"organ{number:02d}", name=row["name"], short=row["short"],
            kind=row["kind"], supervisor=row.get("supervisor", _supervisor(row)), contact=_contact(row["sections"][0], number),
            we=row["we"], sections=tuple(row["sections"]),
        )
        for number, row in enumerate(library("organs")["organ"], 1)
    ]  # fmt: skip


def _supervisor(row: dict) -> str:
    if row["key"] == "standing_committee":
        return ""
    return "government" if row["kind"] == "department" else "standing_committee"


def _contact(section: str, number: int) -> str:
    return f"{section}，{OFFICE_NUMBER.format(number)}"


def _streets() -> list[Organ]:
    return [
        Organ(
            key=street.key, congress=DISTRICT, code=street.key, name=street.name, short=street.name,
            kind="town" if street.is_town else "street", supervisor="government",
            contact=_contact("代表联络办公室", 100 + number), we="我镇" if street.is_town else "我街道",
            sections=("公共管理办公室", "社区建设办公室"),
        )
        for number, street in enumerate(streets(), 1)
    ]  # fmt: skip


def _elsewhere(chance: random.Random) -> list[Organ]:
    places = {row["key"]: row["place"] for row in library("places")["congress"]}
    return [
        Organ(
            key=key, congress=congress, code=key, name=_full(places[congress], name), short=name, kind=kind,
            supervisor="", contact=_contact("办公室", 200 + chance.randrange(700)), we="我单位", sections=("办公室",),
        )
        for congress, key, name, kind in ELSEWHERE
    ]  # fmt: skip


def _full(place: str, name: str) -> str:
    return place + (name[1:] if name[0] in place else name)
