"""A procedure's declaration as rows that everyone can read: each step beside its article, each limit with its days.

Steps that this congress has switched off, and those by which past years are brought in, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from openrenda.docket.language import HISTORY, THE_CLOCK, THE_KIN, Clock, Office, Procedure, Step
from openrenda.docket.models.clock import FLOOR
from openrenda.docket.reading import switched_on
from openrenda.rulebook import Book
from openrenda.web.labels import label_of

AND = "、"


def stages(table: Procedure, book: Book) -> list[dict[str, Any]]:
    """The steps under the stage they start in; those that open a matter come with the stage they lead to."""
    rows = [(_stage(table, step), step) for step in table.steps if shown(step, book)]
    named = [*table.stages, *([("", _("步骤"))] if any(stage == "" for stage, _step in rows) else [])]
    found = []
    for key, label in named:
        steps = [_step_row(step, book) for stage, step in rows if stage == key]
        if steps:
            found.append({"label": label, "steps": steps})
    return found


def shown(step: Step, book: Book) -> bool:
    """Whether the step exists here and is taken by people, by time or by a related matter."""
    return HISTORY not in step.offices and switched_on(step, book)


def _stage(table: Procedure, step: Step) -> str:
    state = step.sources[0] if step.sources else step.target
    key = state.stage if state else ""
    return key if key in dict(table.stages) else ""


def _step_row(step: Step, book: Book) -> dict[str, Any]:
    return {
        "label": label_of(step),
        "source": AND.join(label_of(state) for state in step.sources),
        "target": label_of(step.target) if step.target else "",
        "who": _names(step.offices),
        "tells": _names(step.tells),
        "article": book.citation(step.basis) if step.basis else "",
        "optional": step.optional,
        "automatic": any(office in (THE_CLOCK, THE_KIN) for office in step.offices),
    }


def _names(offices: Iterable[Office]) -> str:
    return AND.join(dict.fromkeys(label_of(office) for office in offices))


def clocks(table: Procedure, book: Book) -> list[dict[str, Any]]:
    """The time limits: how long, whose, from which step to which, and what happens at the end."""
    present = [step for step in table.steps if shown(step, book)]
    labels = {step.key: label_of(step) for step in present}
    running = [clock for clock in table.clocks if _runs(clock, book) and any(key in labels for key in clock.starts)]
    return [_clock_row(clock, book, labels) for clock in running]


def _runs(clock: Clock, book: Book) -> bool:
    return clock.only_if is None or book.option(clock.only_if[0]) == clock.only_if[1]


def _clock_row(clock: Clock, book: Book, labels: dict[str, str]) -> dict[str, Any]:
    rule = book[clock.rule]
    words = _("不少于%(amount)s") if rule.limit == FLOOR else "%(amount)s"
    extensions = [book[longer].amount for _step, longer in clock.extends if _step in labels]
    return {
        "label": label_of(clock),
        "amount": words % {"amount": rule.amount} if rule.amount else _("没有规定天数"),
        "extended": AND.join(dict.fromkeys(extensions)),
        "whose": label_of(clock.whose),
        "starts": _steps(clock.starts, labels),
        "stops": _steps(clock.stops, labels),
        "then": labels.get(clock.then, ""),
        "right": clock.right,
        "article": book.citation(clock.rule),
    }


def _steps(keys: Iterable[str], labels: dict[str, str]) -> str:
    return AND.join(dict.fromkeys(labels[key] for key in keys if key in labels))
