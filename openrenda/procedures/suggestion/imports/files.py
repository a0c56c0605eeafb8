"""Files as they come in, for one congress or for several at once, and the templates that go out."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.situation import book_of
from openrenda.documents.cells import Cell, cell_text
from openrenda.documents.tables import Column as BookColumn
from openrenda.documents.tables import Row, Table, TableRefused, read_table, write_template
from openrenda.people.imports import Outcome, RowOutcome
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from . import published, told
from .columns import PUBLISHED, STEPS, expected, is_of_steps, others
from .registers import Registers
from .runner import Progress, Run, mark_repeated
from .typist import Typist
from .units import Unit

SUGGESTIONS, SUGGESTION_STEPS = "suggestions", "suggestion-steps"
CONGRESS = next(column for column in PUBLISHED if column.key == "congress")
NOTES = (
    declared("橙色列必填。日期可以写成 2026-03-05、2026年3月5日、2026.3.5 或 20260305。"),
    declared("先预览再导入；有一行不对，整个文件都不导入，改好后重新导入即可。"),
)
EXAMPLES: dict[str, list[list[Cell]]] = {
    SUGGESTIONS: [["关于改善学府路早高峰通行的建议", "第五届第三次会议", 2024, "31", None, "陈一鸣", 3, None, "区交通运输局",
                   "区公安分局、青石街道", "A类", "公开", "某交函〔2024〕8号", None, None, "2024-06-20", "陈一鸣代表：……",
                   "满意", "2024-07-01", None, None]],
    SUGGESTION_STEPS: [["甲1", "import_received", "2024-01-12", None, "31", "第五届第三次会议"],
                       ["甲1", "assign", "2024-01-20", "李芳", None, None], ["甲1", "sign_for", "2024-01-22", "王强", None, None]],
}  # fmt: skip


@dataclass(frozen=True)
class Template:
    """A table that may be brought in."""

    title: str
    columns: tuple[Any, ...]

    @property
    def words(self) -> str:
        """The title in the language now spoken."""
        return _(self.title)


TEMPLATES = MappingProxyType(
    {
        SUGGESTIONS: Template("历年建议（公开的记录）", PUBLISHED),
        SUGGESTION_STEPS: Template("历年建议（逐个步骤）", STEPS),
    }
)


@dataclass(frozen=True)
class Manner:
    """How a file is brought in. ``further``: columns nobody knows are kept as they are, not refused. ``share``: the part of the
    file that this process takes, as (number, of how many)."""

    keep: bool
    resume: bool = False
    further: bool = False
    share: tuple[int, int] = (0, 1)


def template(kind: str) -> bytes:
    """A workbook to be filled in."""
    sheet = TEMPLATES[kind]
    columns = [
        BookColumn(c.name, kind=c.kind, note=_(c.note) if c.note else "", required=c.required, choices=c.choices)
        for c in sheet.columns
    ]
    return write_template(sheet.title, columns, EXAMPLES[kind], [_(note) for note in NOTES])


def read(content: bytes, name: str) -> Table:
    """The table of a file.

    :raises TableRefused: when it cannot be read at all.
    """
    return read_table(content, name, expected=[*expected(PUBLISHED), *expected(STEPS)])


def run_file(
    congress: Congress, content: bytes, name: str, manner: Manner, progress: Progress | None = None
) -> Outcome:
    """Bring a file into one congress; what cannot be read at all is one problem in the outcome."""
    try:
        table = read(content, name)
    except TableRefused as refused:
        return Outcome(SUGGESTIONS, problems=(str(refused),))
    return run_table(congress, table, manner, progress)


def run_table(congress: Congress, table: Table, manner: Manner, progress: Progress | None = None) -> Outcome:
    """Bring a table into one congress."""
    problems = header_problems(table, manner)
    if problems:
        return Outcome(SUGGESTIONS, problems=problems)
    with congress_scope(congress):
        units = units_of(congress, table)
        mark_repeated(units)
    number, of = manner.share
    return Run(congress, manner.keep, manner.resume, progress).bring(units[number::of])


def run_shared_file(content: bytes, name: str, manner: Manner, progress: Progress | None = None) -> dict[str, Outcome]:
    """Bring a file with records of several congresses in, each into the one that its row names."""
    try:
        table = read(content, name)
    except TableRefused as refused:
        return {"": Outcome(SUGGESTIONS, problems=(str(refused),))}
    outcomes = {}
    for words, rows in _by_congress(table).items():
        found = Congress.objects.filter(Q(name=words) | Q(short_name=words) | Q(name=f"{words}人民代表大会"))
        congress = found.first() if words and len(found) == 1 else None
        if congress is None:
            outcomes[words] = _homeless(words, rows)
        else:
            outcomes[words] = run_table(congress, Table(table.headers, rows), manner, progress)
    return outcomes


def _by_congress(table: Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        words = cell_text(row.cells.get(CONGRESS.name) or row.cells.get(CONGRESS.key))
        found.setdefault(words, []).append(row)
    return found


def _homeless(words: str, rows: list[Row]) -> Outcome:
    reason = _("系统里没有名称为“%(name)s”的人大。") % {"name": words} if words else _("“人大名称”没有填。")
    bad = tuple(RowOutcome(row.number, "bad", words, (reason,)) for row in rows)
    return Outcome(SUGGESTIONS, bad, counts={"added": 0, "same": 0, "bad": len(bad)})


def units_of(congress: Congress, table: Table) -> list[Unit]:
    """The matters that a table tells of. The congress must be in context."""
    registers = Registers()
    if is_of_steps(table.headers):
        return list(told.units(table.rows, others(STEPS, table.headers), registers, Typist(registers)))
    further = others(PUBLISHED, table.headers)
    return list(published.units(table.rows, further, congress, registers, book_of(congress.pk)))


def header_problems(table: Table, manner: Manner) -> tuple[str, ...]:
    """What is wrong with the columns."""
    if is_of_steps(table.headers):
        return ()
    if not {"标题", "title"} & set(table.headers):
        return (_("表里缺少必填的列：“标题”。请按模板补上；没有导入任何内容。"),)
    unknown = others(PUBLISHED, table.headers)
    if unknown and not manner.further:
        names = _("、").join(f"“{name}”" for name in unknown)
        return (
            _(
                "表里有不认识的列：%(names)s。请按模板改正列名或者删去这些列；要原样保存，请选“保留其他列”（--keep-other-columns）。没有导入任何内容。"
            )
            % {"names": names},
        )
    return ()
