"""Names of invented people: common ones, rare characters, compound surnames, names with a middle dot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from .phrases import library

MALE, FEMALE = "male", "female"
SEXES = {"男": MALE, "女": FEMALE}
HAN = "汉族"
SPECIAL_EVERY = 9


@dataclass(frozen=True)
class Named:
    """A name with the sex and ethnicity that go with it."""

    name: str
    sex: str
    ethnicity: str


def special_names() -> list[Named]:
    """Names every roll must be able to hold: rare characters, and names of minorities as they are written."""
    data = library("people")
    rare = [Named(name, (MALE, FEMALE)[index % 2], HAN) for index, name in enumerate(data["rare_names"])]
    others = [
        Named(name, SEXES[sex], group["ethnicity"])
        for group in data["minority"]
        for name, sex in zip(group["names"], group["sexes"], strict=True)
    ]
    return rare + others


def endless_names(chance: random.Random) -> Iterator[Named]:
    """Different names for ever; every ninth is a special one while they last."""
    data, waiting = library("people"), special_names()
    chance.shuffle(waiting)
    taken = {named.name for named in waiting}
    for number in count(1):
        if waiting and number % SPECIAL_EVERY == 0:
            yield waiting.pop()
            continue
        named = _made(chance, data)
        while named.name in taken:
            named = _made(chance, data)
        taken.add(named.name)
        yield named


def _made(chance: random.Random, data: dict) -> Named:
    sex = MALE if chance.random() < 0.62 else FEMALE
    surname = chance.choice(data["compound_surnames"]) if chance.random() < 0.05 else chance.choice(data["surnames"])
    if chance.random() < 0.16:
        given = chance.choice(data["single"])
    else:
        given = chance.choice(data[f"{sex}_first"]) + chance.choice(data[f"{sex}_last"])
    ethnicity = chance.choice(data["people"]["han_minorities"]) if chance.random() < 0.06 else HAN
    return Named(surname + given, sex, ethnicity)
