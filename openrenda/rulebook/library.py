"""Reading the packs and laying a place's pack over the nation's.

A pack is a TOML file named by its code: ``cn`` for the nation, otherwise a division code of 6, 9 or 12 digits.
A congress takes the nation's pack and the one place pack whose code is the longest prefix of its own division code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from .book import Book
from .errors import RulebookError
from .rule import Option, Row, Rule, option_from, rule_from
from .validation import pack_problems

NATION = "cn"
DIRECTORY = Path(__file__).parent / "packs"


@dataclass(frozen=True, slots=True)
class Pack:
    """One file of rows: of the nation or of a place."""

    code: str
    name: str
    rules: tuple[Rule, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All packs of a directory."""

    packs: dict[str, Pack]

    def code_for(self, division_code: str) -> str:
        """The code of the place pack for a division, or the nation's when no place pack matches."""
        found = [code for code in self.packs if code != NATION and division_code.startswith(prefix(code))]
        return max(found, key=lambda code: len(prefix(code)), default=NATION)

    def statute(self, row_id: str) -> Row | None:
        """The row of national law with that id, which stays law even where a place has tightened it."""
        nation = self.packs[NATION]
        return next((row for row in (*nation.rules, *nation.options) if row.id == row_id and row.locked), None)

    def book(self, code: str) -> Book:
        """The nation's rows with those of one pack laid over them."""
        nation, place = self.packs[NATION], self.packs[code]
        if place is nation:
            return Book([NATION], nation.rules, nation.options)
        rules = {row.id: row for row in (*nation.rules, *place.rules)}
        options = {row.id: row for row in (*nation.options, *place.options)}
        return Book([NATION, code], rules.values(), options.values())


def prefix(code: str) -> str:
    """The digits that all divisions inside a division share: 500000 gives 50, 370200 gives 3702."""
    for length in (9, 6, 4, 2):
        if code[length:] and not code[length:].strip("0"):
            code = code[:length]
    return code


def read_pack(path: Path) -> dict[str, Any]:
    """The raw rows of a file; an unreadable file is a row-less pack carrying its error."""
    try:
        with path.open("rb") as file:
            return {"file": path.stem, **tomllib.load(file)}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {"file": path.stem, "unreadable": str(error)}


def raw_packs(directory: Path = DIRECTORY) -> list[dict[str, Any]]:
    """The raw packs of a directory, the nation's first."""
    files = sorted(directory.glob("*.toml"), key=lambda path: (path.stem != NATION, path.stem))
    return [read_pack(path) for path in files]


@cache
def library(directory: Path = DIRECTORY) -> Library:
    """The packs of a directory, checked.

    :raises RulebookError: with every problem found, when there is one.
    """
    raw = raw_packs(directory)
    problems = pack_problems(raw)
    if problems:
        raise RulebookError("\n".join(problem.message for problem in problems))
    return Library({item["pack"]["code"]: _pack(item) for item in raw})


def _pack(raw: dict[str, Any]) -> Pack:
    head = raw["pack"]
    rules = tuple(replace(rule_from(row), pack=head["code"]) for row in raw.get("rule", ()))
    options = tuple(replace(option_from(row), pack=head["code"]) for row in raw.get("option", ()))
    return Pack(head["code"], head["name"], rules, options)


def known_rules() -> frozenset[str]:
    """Ids that every book has (the nation's pack): what procedures may name."""
    return frozenset(rule.id for rule in library().packs[NATION].rules)


def known_options() -> frozenset[str]:
    """Option ids that every book has (the nation's pack)."""
    return frozenset(option.id for option in library().packs[NATION].options)
