"""Columns of a table of past years: how a cell of each is read, and which headers nobody knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell, cell_text, parse_date
from openrenda.documents.tables import Row

Reader = Callable[[Cell], Any]
IGNORED = ("序号", "备注")
BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True)
class Column:
    """One column: its Chinese name, its key in JSON Lines, and what becomes of a cell."""

    name: str
    key: str
    read: Reader
    kind: str = "text"
    note: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The name in the language now spoken; files are headed by the name itself."""
        return _(self.name)


def text(longest: int) -> Reader:
    """The words as they were published, of at most so many characters."""

    def read(cell: Cell) -> str:
        words = cell_text(cell)
        if len(words) > longest:
            raise ValueError(
                _("有 %(length)s 个字，最多 %(longest)s 个字。") % {"length": len(words), "longest": longest}
            )
        return words

    return read


def day(cell: Cell) -> str:
    """A day in ISO form."""
    return parse_date(cell).isoformat()


def names(cell: Cell) -> list[str]:
    """Several names, parted by 、 or a line end."""
    return [name for part in BETWEEN_NAMES.split(cell_text(cell)) if (name := part.strip())]


def expected(columns: Iterable[Column]) -> list[str]:
    """The column names that a header is recognised by."""
    return [column.name for column in columns]


def read_row(columns: Iterable[Column], row: Row) -> tuple[dict[str, Any], list[str]]:
    """The row's values by key, and what is wrong with it. An empty cell gives no value."""
    values: dict[str, Any] = {}
    problems = []
    for column in columns:
        cell = _cell(column, row)
        if not cell_text(cell):
            if column.required:
                problems.append(_("“%(name)s”没有填。") % {"name": column.words})
            continue
        try:
            values[column.key] = column.read(cell)
        except ValueError as error:
            problems.append(_("“%(name)s”：%(reason)s") % {"name": column.words, "reason": error})
    return values, problems


def _cell(column: Column, row: Row) -> Cell:
    name = column.name if column.name in row.cells or column.name in row.nested else column.key
    listed = row.nested.get(name)
    if isinstance(listed, list):
        return "、".join(map(str, listed))
    return row.cells.get(name)


def further(row: Row, others: Iterable[str]) -> dict[str, Any]:
    """What the file says beyond the documented columns, as it is."""
    said = {name: row.nested.get(name, row.cells.get(name)) for name in others}
    return {name: str(value) if isinstance(value, date) else value for name, value in said.items() if value is not None}


def others(columns: Iterable[Column], headers: Iterable[str]) -> list[str]:
    """The headers that no column answers to."""
    known = {*(column.name for column in columns), *(column.key for column in columns), *IGNORED}
    return [header for header in headers if header not in known]
