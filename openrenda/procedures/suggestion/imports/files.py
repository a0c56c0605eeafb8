"""Files as they come in, for one congress or for several at once, and the templates that go out."""

from __future__ import annotations

from types import MappingProxyType

from django.db.models import Q
from django.utils.translation import gettext as _

from openrenda.docket.situation import book_of
from openrenda.documents.cells import Cell, cell_text
from openrenda.documents.tables import Row, Table, TableRefused, read_table
from openrenda.people.imports import Outcome, RowOutcome
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from ...bringing_in.columns import expected, others
from ...bringing_in.registers import Registers
from ...bringing_in.runner import Progress, mark_repeated
from ...bringing_in.sheets import Manner, Template, bring, unknown_columns
from ...bringing_in.units import Unit
from . import published, told
from .columns import PUBLISHED, STEPS, is_of_steps
from .typist import Typist

SUGGESTIONS, SUGGESTION_STEPS = "suggestions", "suggestion-steps"
CONGRESS = next(column for column in PUBLISHED if column.key == "congress")
EXAMPLES: dict[str, tuple[tuple[Cell, ...], ...]] = {
    SUGGESTIONS: (("关于改善学府路早高峰通行的建议", "第五届第三次会议", 2024, "31", None, "陈一鸣", 3, None, "区交通运输局",
                   "区公安分局、青石街道", "A类", "公开", "某交函〔2024〕8号", None, None, "2024-06-20", "陈一鸣代表：……",
                   "满意", "2024-07-01", None, None),),
    SUGGESTION_STEPS: (("甲1", "import_received", "2024-01-12", None, "31", "第五届第三次会议"),
                       ("甲1", "assign", "2024-01-20", "李芳", None, None), ("甲1", "sign_for", "2024-01-22", "王强", None, None)),
}  # fmt: skip


TEMPLATES = MappingProxyType(
    {
        SUGGESTIONS: Template("历年建议（公开的记录）", PUBLISHED, EXAMPLES[SUGGESTIONS]),
        SUGGESTION_STEPS: Template("历年建议（逐个步骤）", STEPS, EXAMPLES[SUGGESTION_STEPS]),
    }
)


def template(kind: str) -> bytes:
    """A workbook to be filled in."""
    return TEMPLATES[kind].workbook()


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
    return bring(congress, SUGGESTIONS, units, manner, progress)


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
    return unknown_columns(others(PUBLISHED, table.headers), manner)
