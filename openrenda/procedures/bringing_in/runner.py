"""Bringing a file in: every row is tried through the one door; all rows are kept, or none, and each bad one has its reason."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openrenda import search
from openrenda.docket.history import History
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refusal
from openrenda.docket.writing import Writing
from openrenda.people.imports import Outcome, RowOutcome
from openrenda.people.models import Congress
from openrenda.people.remembering import remembering
from openrenda.tenancy import congress_scope

from .units import BadRow, Unit, reasons_of

BATCH = 100
ADDED, SAME, BAD = "added", "same", "bad"
IMPORTER = "历史数据导入"
Progress = Callable[[int, int], None]


class _Undo(Exception):
    """Leaves the transaction without a trace."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage once a batch, and not among what was there before: otherwise a fifth of an import is spent looking."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


@dataclass
class Run:
    """One import of one congress's units. ``resume`` keeps each good batch by itself and leaves out what is bad or there already."""

    congress: Congress
    keep: bool
    resume: bool = False
    progress: Progress | None = None
    procedure: str = "suggestion"
    outcomes: list[RowOutcome] = field(default_factory=list)
    acts: int = 0
    bad: bool = False

    def bring(self, units: Sequence[Unit], kind: str) -> Outcome:
        """Try every unit and keep what may be kept."""
        kept = False
        try:
            # One transaction for all, or one a batch.
            one = nullcontext() if self.resume else transaction.atomic()
            with congress_scope(self.congress), remembering(), collecting_seldom(), one:
                self._all(units)
                if not self.resume and (not self.keep or self.bad):
                    raise _Undo
            kept = self.keep
        except _Undo:
            pass
        counts = {action: sum(row.action == action for row in self.outcomes) for action in (ADDED, SAME, BAD)}
        problems = () if units else (_("表里只有表头，没有一行数据，没有导入任何内容。"),)
        return Outcome(kind, tuple(sorted(self.outcomes, key=lambda row: row.number)), problems, kept, counts)

    def _all(self, units: Sequence[Unit]) -> None:
        history = History(self.congress.pk, IMPORTER, silent=True)
        waiting = iter(units)
        done = 0
        while batch := list(islice(waiting, BATCH)):
            self._batch(history, batch)
            gc.collect()
            done += len(batch)
            if self.progress:
                self.progress(done, len(units))

    def _batch(self, history: History, batch: list[Unit]) -> None:
        present, taken = _present(batch), _taken(self.procedure, batch)
        good = [unit for unit in batch if self._planned(history, unit, present, taken)]
        tried_only = not self.keep if self.resume else self.bad
        if tried_only or self._written(history):
            history.writing = Writing()
        else:
            good = [unit for unit in good if self._alone(history, unit)]
        self.outcomes += [RowOutcome(unit.rows[0], ADDED, unit.label) for unit in good]

    def _written(self, history: History) -> bool:
        """Whether the batch went in; otherwise something else took its place meanwhile."""
        try:
            with transaction.atomic(), search.together():
                self.acts += history.write()
        except IntegrityError:
            history.writing = Writing()
            return False
        return True

    def _alone(self, history: History, unit: Unit) -> bool:
        """Try one unit of a batch that did not go in as a whole."""
        if not _tried(history, unit) and self._written(history):
            return True
        self._refuse(unit, [(unit.rows[0], _("与系统中已有的或者刚刚写入的记录冲突，没有导入，请重新导入。"))])
        return False

    def _planned(self, history: History, unit: Unit, present: set[str], taken: dict[tuple[str, str], str]) -> bool:
        if unit.key in present and self.resume:
            self.outcomes.append(RowOutcome(unit.rows[0], SAME, unit.label))
            return False
        problems = [*unit.problems, *_there_already(unit, present, taken)] or _tried(history, unit)
        if problems:
            self._refuse(unit, problems)
        return not problems

    def _refuse(self, unit: Unit, problems: list[tuple[int, str]]) -> None:
        self.bad = True
        for number in dict.fromkeys(number for number, _reason in problems):
            reasons = tuple(reason for row, reason in problems if row == number)
            self.outcomes.append(RowOutcome(number, BAD, unit.label, reasons))


def mark_repeated(units: Iterable[Unit]) -> None:
    """Say of each unit that comes twice in a file, or whose number does, which row came first."""
    numbers: dict[tuple[str, str], int] = {}
    keys: dict[str, int] = {}
    for unit in units:
        row = unit.rows[0]
        same = numbers.setdefault((unit.series, unit.number), row) if unit.number else row
        again = keys.setdefault(unit.key, row)
        if same != row:
            names = {"number": unit.number, "row": same}
            reason = _("编号“%(number)s”与第 %(row)s 行重复：同一会次、年度或者来源内编号不能重复，请核对。") % names
            unit.problems.append((row, reason))
        elif again != row:
            unit.problems.append((row, _("与第 %(row)s 行重复，请删去其中一行。") % {"row": again}))


def _there_already(unit: Unit, present: set[str], taken: dict[tuple[str, str], str]) -> list[tuple[int, str]]:
    row, title = unit.rows[0], taken.get((unit.series, unit.number))
    if unit.key in present:
        return [(row, _("这一件以前已经导入，没有重复导入；只导入其余各件请选“接着导入”（--resume）。"))]
    if title is not None:
        names = {"number": unit.number, "title": title}
        return [(row, _("编号“%(number)s”在系统中已有：%(title)s。请核对。") % names)]
    return []


def _tried(history: History, unit: Unit) -> list[tuple[int, str]]:
    try:
        with history.whole():
            unit.put(history)
    except BadRow as bad:
        history.forms.clear()
        return [(bad.number, bad.args[0])]
    except Incomplete as incomplete:
        return [(unit.rows[0], reason) for reason in reasons_of(incomplete)]
    except Refusal as refusal:
        return [(unit.rows[0], str(refusal))]
    return []


def _present(batch: Iterable[Unit]) -> set[str]:
    return set(Act.objects.filter(key__in=[unit.key for unit in batch]).values_list("key", flat=True))


def _taken(procedure: str, batch: Iterable[Unit]) -> dict[tuple[str, str], str]:
    """Numbers already in the system, with the title of the matter that has each."""
    numbered: list[Any] = [unit for unit in batch if unit.number]
    if not numbered:
        return {}
    found = Matter.objects.filter(
        procedure=procedure,
        series__in={unit.series for unit in numbered},
        number__in={unit.number for unit in numbered},
    )
    return {(series, number): title for series, number, title in found.values_list("series", "number", "title")}
