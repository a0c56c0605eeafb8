"""What happens when: planned steps within office hours, and clocks as the worker would run them.

A reminder goes out in the night of its day; a limit that has run out takes its step in the night after its last day.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from openrenda.docket import registry
from openrenda.docket.models import RunningClock
from openrenda.docket.models.clock import UNPRESSING
from openrenda.rulebook import Book

from .diary import ENGINE, PlannedStep
from .storytime import PARTING, at, office_hours

REMINDING, RUNNING_OUT = time(0, 20), time(0, 30)
ONE_DAY = timedelta(days=1)
OVERDUE = -1


@dataclass(frozen=True)
class RunningOut:
    """A clock comes to one of its days: ``distance`` working days before its end, or with ``takes`` the night after it."""

    clock: UUID
    matter: UUID
    key: str
    due_on: date
    whose: str
    distance: int = OVERDUE
    takes: str = ""


class Agenda:
    """Steps and clocks in the order of time, up to the latest moment. More may be put on it while it is read."""

    def __init__(self, latest: datetime, book: Book) -> None:
        self.latest, self.calendar = latest, book.calendar
        self.distances = sorted(int(days) for days in book.option("option.reminder_days"))
        self._heap: list[tuple[datetime, int, Any]] = []
        self._serial = count()
        self._running: dict[UUID, date] = {}
        self._reached: datetime | None = None
        self._expected: set[RunningOut] = set()

    def __len__(self) -> int:
        return len(self._heap)

    def __iter__(self) -> Iterator[tuple[datetime, Any]]:
        while self._heap:
            moment, _serial, what = heapq.heappop(self._heap)
            self._reached = moment
            yield moment, what

    def expect(self, moment: datetime, what: Any) -> None:
        """Put something on the agenda, unless it lies ahead of the latest moment."""
        if moment <= self.latest:
            heapq.heappush(self._heap, (moment, next(self._serial), what))

    def watch(self, clocks: Iterable[RunningClock]) -> None:
        """Take note of clocks as they are after a step."""
        for row in clocks:
            if not row.running:
                self._running.pop(row.pk, None)
            elif self._running.get(row.pk) != row.due_on:
                self._running[row.pk] = row.due_on
                self._expect_end_of(row)

    def still_runs(self, event: RunningOut) -> bool:
        """Whether the clock still runs to that day."""
        return self._running.get(event.clock) == event.due_on

    def _expect_end_of(self, row: RunningClock) -> None:
        told = (row.pk, row.matter_id, row.key, row.due_on, row.whose)
        if row.takes:
            self.expect(at(row.due_on + ONE_DAY, RUNNING_OUT), RunningOut(*told, takes=row.takes))
        if row.limit in UNPRESSING or row.key not in {clock.key for clock in registry.procedure(row.procedure).clocks}:
            return
        for day, distance in self._days_of_reminders(row).items():
            # A clock may run on after it had stopped: what it expected before is not expected twice, nor told of days gone by.
            event, over = RunningOut(*told, distance=distance), self._reached and at(day, REMINDING) < self._reached
            if not over and event not in self._expected:
                self._expected.add(event)
                self.expect(at(day, REMINDING), event)

    def _days_of_reminders(self, row: RunningClock) -> dict[date, int]:
        """The night in which each distance is first seen; of several on one night the smallest is told."""
        days = {row.due_on + ONE_DAY: OVERDUE}
        for distance in reversed(self.distances):
            day = max(self.calendar.add_working_days(row.due_on, -distance), row.started_on + ONE_DAY)
            if day <= row.due_on:
                days[day] = distance
        return days


def moments(
    steps: Iterable[PlannedStep], chance: random.Random, latest: datetime, *, is_main: bool
) -> Iterator[tuple[datetime, PlannedStep]]:
    """Each step that somebody takes with its moment. What others wait for comes early in the day, what waits for it late."""
    days: dict[tuple[date, bool], list[PlannedStep]] = {}
    answered_with_main: date | None = None
    for step in steps:
        if step.seat != ENGINE:
            days.setdefault((step.on, answered_with_main == step.on), []).append(step)
        elif step.step == "reply_with_main":
            answered_with_main = step.on
    for (day, waiting), together in days.items():
        hours = {"last": PARTING} if is_main else {"first": PARTING} if waiting else {}
        yield from zip(office_hours(chance, day, len(together), latest, **hours), together, strict=True)
