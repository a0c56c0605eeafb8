"""Words for the demo: the library of texts, and how a sentence is made of it.

Marks in the library: ``[甲|乙]`` one of these, ``{20-60}`` a number between, ``{road}`` a place or another known word.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

ONE_OF = re.compile(r"\[([^\[\]]*)\]")
BETWEEN = re.compile(r"\{(\d+)-(\d+)\}")
WORD = re.compile(r"\{([a-z_]\w*)\}")
ORDER = "一二三四五六七八九十"


@cache
def library(name: str) -> dict[str, Any]:
    """One file of the library, by its name without the ending."""
    return tomllib.loads(files(__package__).joinpath("library", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def topics() -> tuple[dict[str, Any], ...]:
    """Every topic of the library, in the order of its files."""
    folder = files(__package__).joinpath("library", "topics")
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(row for name in found for row in library(f"topics/{name.removesuffix('.toml')}")["topic"])


def dice(seed: int, *labels: object) -> random.Random:
    """A generator of its own for each thing, so that adding one thing does not change another."""
    return random.Random(":".join(map(str, (seed, *labels))))


class Words:
    """Makes sentences: a generator and what the words in braces stand for."""

    def __init__(self, chance: random.Random, known: Mapping[str, str]) -> None:
        self.chance = chance
        self.known = dict(known)

    def __call__(self, template: str, **more: str) -> str:
        """The template with every mark resolved.

        :raises KeyError: when a word in braces is not known.
        """
        known = self.known | more
        text = template
        while ONE_OF.search(text):
            text = ONE_OF.sub(lambda found: self.chance.choice(found[1].split("|")), text)
        text = BETWEEN.sub(lambda found: _number(self.chance, int(found[1]), int(found[2])), text)
        return WORD.sub(lambda found: known[found[1]], text)

    def one(self, pool: Sequence[str], **more: str) -> str:
        """One sentence of a pool."""
        return self(self.chance.choice(pool), **more)

    def some(self, pool: Sequence[str], low: int, high: int) -> list[str]:
        """Between ``low`` and ``high`` different templates of the pool, still unresolved, in the pool's order."""
        count = min(len(pool), self.chance.randint(low, high))
        return [pool[index] for index in sorted(self.chance.sample(range(len(pool)), count))]

    def likely(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share


def _number(chance: random.Random, low: int, high: int) -> str:
    """A number between; a large one mostly round, as people say it."""
    value = chance.randint(low, high)
    step = 100 if high >= 2000 else 10 if high >= 300 else 1
    rounded = value // step * step
    return str(rounded if low <= rounded and chance.random() < 0.7 else value)


def remarks(path: str) -> Any:
    """What people say, by its dotted place in the library of remarks."""
    found: Any = library("remarks")
    for part in path.split("."):
        found = found[part]
    return found


def chinese_day(day: Any) -> str:
    """``3月12日``."""
    return f"{day.month}月{day.day}日"
