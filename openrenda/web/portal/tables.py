"""A procedure's declaration as everyone reads it: the printed description, by stage, under one congress's rules.

Steps that this congress has switched off, and those by which past years are brought in, are left out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from openrenda.docket.describing import CHINESE, ENGLISH, ClockRow, Description, StepRow, describe
from openrenda.docket.diagram import diagram_svg
from openrenda.docket.language import HISTORY, Procedure, Step
from openrenda.docket.reading import switched_on
from openrenda.languages import english
from openrenda.rulebook import Book

_described: dict[tuple[str, str, str], Description] = {}
MOST_KEPT = 500


def description(table: Procedure, book: Book) -> Description:
    """The table in words, worked out once for each language and version of the rules."""
    language = spoken()
    key = (table.key, language, book.version)
    if key not in _described:
        if len(_described) >= MOST_KEPT:
            _described.clear()
        _described[key] = describe(table, language, book)
    return _described[key]


def stages(table: Procedure, book: Book) -> list[dict[str, Any]]:
    """The steps under the stage they start in; those that open a matter come with the stage they lead to."""
    words = {row.key: row for row in description(table, book).steps}
    found: dict[str, list[StepRow]] = {}
    for step in table.steps:
        if shown(step, book) and step.key in words:
            found.setdefault(_stage(table, step), []).append(words[step.key])
    named = [*table.stages, ("", _("步骤"))]
    return [{"label": _(label), "steps": found[key]} for key, label in named if key in found]


def shown(step: Step, book: Book) -> bool:
    """Whether the step exists here and is taken by people, by time or by a related matter."""
    return HISTORY not in step.offices and switched_on(step, book)


def _stage(table: Procedure, step: Step) -> str:
    state = step.sources[0] if step.sources else step.target
    key = state.stage if state else ""
    return key if key in dict(table.stages) else ""


def clocks(table: Procedure, book: Book) -> list[ClockRow]:
    """The time limits that run here: how long, whose, from which step to which, and what happens at the end."""
    present = {step.key for step in table.steps if shown(step, book)}
    running = {
        clock.key for clock in table.clocks
        if present.intersection(clock.starts)
        and (clock.only_if is None or book.option(clock.only_if[0]) == clock.only_if[1])
    }  # fmt: skip
    return [row for row in description(table, book).clocks if row.key in running]


def spoken() -> str:
    """The reader's language as descriptions know it."""
    return ENGLISH if english() else CHINESE


@lru_cache(maxsize=64)
def diagram(table: Procedure, language: str) -> str:
    """The state diagram, drawn once for each language."""
    return diagram_svg(table, language)
