"""Turning clocks: what a step starts, stops, pauses, resumes and extends. Pure bookkeeping on rows already loaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openrenda.rulebook import Book, book_at

from .language import Clock, Step
from .models import RunningClock
from .models.clock import RIGHT, UNPRESSING
from .situation import Situation


def turn(situation: Situation, step: Step) -> tuple[list[RunningClock], list[RunningClock]]:
    """Turn every clock of the procedure for a step.

    :return: the clocks that are new, and the clocks that changed.
    """
    new: list[RunningClock] = []
    changed: list[RunningClock] = []
    going = {row.key: row for row in situation.clocks if row.stopped_on is None}
    for clock in situation.table.clocks:
        running = going.get(clock.key)
        if running and _turn_running(running, clock, step, situation):
            changed.append(running)
        stopped = running is None or running.stopped_on is not None
        if step.key in clock.goes_on and stopped and (before := _last(clock, situation)):
            before.stopped_on = None
            changed.append(before)
            continue
        if step.key in clock.starts and stopped and _applies(clock, situation):
            started = _started(clock, situation)
            situation.clocks.append(started)
            new.append(started)
    situation.matter.due_on = nearest(situation.clocks)
    return new, changed


def running_clock(situation: Situation, key: str) -> RunningClock | None:
    """The clock with that key that has not stopped."""
    return next((row for row in situation.clocks if row.key == key and row.stopped_on is None), None)


def _last(clock: Clock, situation: Situation) -> RunningClock | None:
    """The clock of that key that was started last."""
    rows = [row for row in situation.clocks if row.key == clock.key]
    return max(rows, key=lambda row: (row.started_on, row.pk), default=None)


def nearest(clocks: list[RunningClock]) -> date | None:
    """The earliest due day among clocks that press somebody."""
    return min((row.due_on for row in clocks if row.running and row.limit not in UNPRESSING), default=None)


def stop_all(situation: Situation) -> list[RunningClock]:
    """Stop what still runs, when the matter has reached a final state."""
    stopped = [row for row in situation.clocks if row.stopped_on is None and row.key not in _outliving(situation)]
    for row in stopped:
        row.stopped_on = max(situation.today, row.started_on)
    situation.matter.due_on = nearest(situation.clocks)
    return stopped


def would_be_due(situation: Situation, step: Step) -> date | None:
    """The due day if the step were taken now: shown before an extension is granted."""
    for clock in situation.table.clocks:
        rule = dict(clock.extends).get(step.key)
        running = running_clock(situation, clock.key)
        if rule and running:
            return _extended_due(running, clock, rule, situation)
    return None


def floors(situation: Situation, step: Step) -> list[str]:
    """Why an at-least limit still forbids the step."""
    reasons = []
    for clock in situation.table.clocks:
        running = running_clock(situation, clock.key) if step.key in clock.bars else None
        if running and situation.today < running.due_on:
            words = {
                "clock": clock.words, "day": date_format(running.due_on), "step": step.words,
                "article": situation.book.citation(clock.rule),
            }  # fmt: skip
            reasons.append(_("%(clock)s未满：%(day)s后方可%(step)s（%(article)s）") % words)
    return reasons


def _outliving(situation: Situation) -> set[str]:
    """Clocks whose own step may be taken from the final state; they go on running there."""
    table = situation.table
    keys = {step.key for step in table.steps_from(situation.matter.state)}
    return {clock.key for clock in table.clocks if clock.then in keys or keys.intersection(clock.stops)}


def _turn_running(row: RunningClock, clock: Clock, step: Step, situation: Situation) -> bool:
    today = situation.today
    rule = dict(clock.extends).get(step.key)
    if step.key in clock.stops:
        row.stopped_on = max(today, row.started_on)
    elif step.key in clock.pauses and row.paused_on is None:
        row.paused_on = today
    elif step.key in clock.resumes and row.paused_on is not None:
        row.due_on, row.paused_on = _resumed_due(row, row.paused_on, situation), None
    elif rule:
        row.due_on = _extended_due(row, clock, rule, situation)
        row.extended = True
    else:
        return False
    return True


def _resumed_due(row: RunningClock, paused_on: date, situation: Situation) -> date:
    """What was left when the clock was paused is left when it runs again, in the unit of its rule."""
    calendar, today = situation.book.calendar, situation.today
    if row.due_on >= paused_on and _book(row, situation)[row.rule].unit == "working_day":
        return calendar.add_working_days(today, calendar.working_days_between(paused_on, row.due_on))
    return row.due_on + (today - paused_on)


def _book(row: RunningClock, situation: Situation) -> Book:
    """The rules as they were when the clock started: a change of the law does not move a running clock."""
    return situation.book if row.rulebook == situation.book.version else book_at(row.rulebook)


def _extended_due(row: RunningClock, clock: Clock, rule: str, situation: Situation) -> date:
    """Extensions count from the day the clock started, so the hard stop stays where the statute puts it."""
    hard_stop = _book(row, situation).due(rule, row.started_on)
    asked = situation.data.get(clock.until) if clock.until else None
    return max(row.due_on, min(hard_stop, date.fromisoformat(asked))) if asked else max(row.due_on, hard_stop)


def _applies(clock: Clock, situation: Situation) -> bool:
    if clock.only_if and situation.book.option(clock.only_if[0]) != clock.only_if[1]:
        return False
    if not _names_a_day(clock, situation):
        return False
    return clock.applies is None or clock.applies(situation)


def _names_a_day(clock: Clock, situation: Situation) -> bool:
    """Where the rule names no number (及时) no clock runs, unless the step itself sets the day."""
    return situation.book[clock.rule].value is not None or bool(clock.until and situation.data.get(clock.until))


def _started(clock: Clock, situation: Situation) -> RunningClock:
    book: Book = situation.book
    start = situation.today
    return RunningClock(
        congress_id=situation.matter.congress_id,
        matter=situation.matter,
        procedure=situation.table.key,
        key=clock.key,
        rule=clock.rule,
        rulebook=book.version,
        limit=RIGHT if clock.right else book[clock.rule].limit,
        whose=clock.whose.key,
        started_on=start,
        due_on=_due(clock, book, start, situation.data),
        takes=clock.then,
    )


def _due(clock: Clock, book: Book, start: date, data: dict[str, Any]) -> date:
    if clock.until and data.get(clock.until):
        return max(start, date.fromisoformat(str(data[clock.until])))
    anchor = date.fromisoformat(str(data[clock.anchor])) if clock.anchor and data.get(clock.anchor) else None
    return book.due(clock.rule, start, anchor=anchor)
