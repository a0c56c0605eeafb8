"""A table to be filled in, how a file is brought in, and one congress's rows through the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.documents.cells import Cell
from openrenda.documents.tables import Column as BookColumn
from openrenda.documents.tables import write_template
from openrenda.people.imports import Outcome
from openrenda.people.models import Congress

from .columns import Column
from .runner import Progress, Run
from .units import Unit

NOTES = (
    declared("橙色列必填。日期可以写成 2026-03-05、2026年3月5日、2026.3.5 或 20260305。"),
    declared("先预览再导入；有一行不对，整个文件都不导入，改好后重新导入即可。"),
)


@dataclass(frozen=True)
class Manner:
    """How a file is brought in. ``further``: columns nobody knows are kept as they are, not refused. ``share``: the part of the
    file that this process takes, as (number, of how many)."""

    keep: bool
    resume: bool = False
    further: bool = False
    share: tuple[int, int] = (0, 1)


@dataclass(frozen=True)
class Template:
    """A table that may be brought in."""

    title: str
    columns: tuple[Column, ...]
    examples: tuple[tuple[Cell, ...], ...] = ()

    @property
    def words(self) -> str:
        """The title in the language now spoken."""
        return _(self.title)

    def workbook(self) -> bytes:
        """A workbook to be filled in."""
        columns = [
            BookColumn(c.name, kind=c.kind, note=_(c.note) if c.note else "", required=c.required, choices=c.choices)
            for c in self.columns
        ]
        return write_template(self.title, columns, [list(row) for row in self.examples], [_(note) for note in NOTES])


def bring(
    congress: Congress, kind: str, units: Sequence[Unit], manner: Manner, progress: Progress | None = None, **told: Any
) -> Outcome:
    """Bring one congress's units in, or the share of them that falls to this process."""
    number, of = manner.share
    run = Run(congress, manner.keep, manner.resume, progress, **told)
    return run.bring(units[number::of], kind)


def unknown_columns(names: Sequence[str], manner: Manner) -> tuple[str, ...]:
    """What is said of columns that nobody knows, unless they are kept as they are."""
    if not names or manner.further:
        return ()
    listed = _("、").join(f"“{name}”" for name in names)
    return (
        _(
            "表里有不认识的列：%(names)s。请按模板改正列名或者删去这些列；要原样保存，请选“保留其他列”（--keep-other-columns）。没有导入任何内容。"
        )
        % {"names": listed},
    )
