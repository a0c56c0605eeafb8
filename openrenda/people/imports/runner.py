"""Trying a whole file in one transaction: kept when every row is good, undone when one is bad or only tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell, cell_text
from openrenda.people.imports.sheet import CLEAR, Column, Register, Sheet, Values
from openrenda.people.models import Account
from openrenda.people.refusals import Refused

IGNORED_HEADERS = ("序号", "备注")
ADDED, CHANGED, SAME, BAD = "added", "changed", "same", "bad"


class SourceRow(Protocol):
    """A row as the documents room reads it."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> dict[str, Cell]: ...


@dataclass(frozen=True)
class RowOutcome:
    """What became, or would become, of one row; ``reasons`` are sentences for the clerk."""

    number: int
    action: str
    label: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of the file. ``kept`` is true only when the rows are now in the register."""

    sheet: str
    rows: tuple[RowOutcome, ...] = ()
    problems: tuple[str, ...] = ()
    kept: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether the file can be kept as it is."""
        return not self.problems and not self.counts.get(BAD)

    @property
    def bad_rows(self) -> list[RowOutcome]:
        """The rows that stand in the way."""
        return [row for row in self.rows if row.action == BAD]


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def run(
    sheet: Sheet, headers: Sequence[str], rows: Iterable[SourceRow], *,
    keep: bool, by: Account | None = None, direct: bool = False,
) -> Outcome:  # fmt: skip
    """Reads and writes the rows; everything is undone unless ``keep`` is set and every row is good.

    The dry run is the same run, undone at the end, so that what the preview shows is what happens.
    ``direct`` lets the sheet of seats open them at once, for the installation of a congress.
    """
    problems = _header_problems(sheet, headers)
    if problems:
        return Outcome(sheet.key, problems=tuple(problems))
    outcomes: list[RowOutcome] = []
    kept = False
    try:
        with transaction.atomic():
            outcomes = _write_rows(sheet, rows, Register(by=by, direct=direct))
            if not keep or not outcomes or any(row.action == BAD for row in outcomes):
                raise _Undo
        kept = True
    except _Undo:
        pass
    return _outcome(sheet, outcomes, kept)


def _outcome(sheet: Sheet, rows: list[RowOutcome], kept: bool) -> Outcome:
    counts = {action: sum(row.action == action for row in rows) for action in (ADDED, CHANGED, SAME, BAD)}
    problems = () if rows else (_("表里只有表头，没有一行数据，没有导入任何内容。"),)
    return Outcome(sheet.key, tuple(rows), problems, kept, counts)


def _header_problems(sheet: Sheet, headers: Sequence[str]) -> list[str]:
    known = {*sheet.headers, *IGNORED_HEADERS}
    unknown = [header for header in headers if header not in known]
    missing = [column.name for column in sheet.columns if column.required and column.name not in headers]
    problems = []
    if unknown:
        names = _("、").join(f"“{header}”" for header in unknown)
        problems.append(
            _("表里有不认识的列：%(names)s。请按模板改正列名，或者删去这些列；没有导入任何内容。") % {"names": names}
        )
    if missing:
        names = _("、").join(f"“{name}”" for name in missing)
        problems.append(_("表里缺少必填的列：%(names)s。请按模板补上；没有导入任何内容。") % {"names": names})
    return problems


def _write_rows(sheet: Sheet, rows: Iterable[SourceRow], register: Register) -> list[RowOutcome]:
    seen: dict[tuple[Any, ...], int] = {}
    return [_write_row(sheet, row, register, seen) for row in rows]


def _write_row(sheet: Sheet, row: SourceRow, register: Register, seen: dict[tuple[Any, ...], int]) -> RowOutcome:
    values, reasons = _read_row(sheet, row.cells)
    label = " ".join(filter(None, (cell_text(row.cells.get(header)) for header in sheet.headers[:3])))
    if not reasons:
        identity = tuple(values.get(key) for key in sheet.identity)
        first = seen.setdefault(identity, row.number)
        if first != row.number:
            reasons.append(_("与第 %(number)s 行重复，请删去其中一行。") % {"number": first})
    if reasons:
        return RowOutcome(row.number, BAD, label, tuple(reasons))
    try:
        with transaction.atomic():
            return RowOutcome(row.number, sheet.write(values, register), label)
    except Refused as refused:
        reason = str(refused)
    except IntegrityError:
        reason = _("与系统中已有的记录冲突（编号、证号或者日期重复，或者截止日期早于起始日期），请核对。")
    return RowOutcome(row.number, BAD, label, (reason,))


def _read_row(sheet: Sheet, cells: dict[str, Cell]) -> tuple[Values, list[str]]:
    values: Values = {}
    reasons = []
    for column in sheet.columns:
        cell = cells.get(column.name)
        written = cell_text(cell)
        if not written:
            if column.required:
                reasons.append(_("“%(name)s”没有填。") % {"name": column.words})
        elif written in (CLEAR, "(空)"):
            _clear(column, values, reasons)
        else:
            try:
                values[column.key] = column.read(cell)
            except ValueError as error:
                reasons.append(_("“%(name)s”：%(reason)s") % {"name": column.words, "reason": error})
    return values, reasons


def _clear(column: Column, values: Values, reasons: list[str]) -> None:
    if column.required:
        reasons.append(_("“%(name)s”是必填项，不能清空。") % {"name": column.words})
    else:
        values[column.key] = "" if column.kind == "text" else column.cleared
