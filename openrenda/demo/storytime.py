"""The invented past is recorded on its own days: while the story is told, now is the moment it tells of."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

OPENS, CLOSES = time(8, 35), time(17, 35)
# What must come before or after the same day's reply to the main suggestion keeps to one side of this hour.
PARTING = time(15, 30)


class StoryTime:
    """A clock that is set by hand and never runs ahead of the real one."""

    def __init__(self) -> None:
        self.latest = timezone.now()
        self.moment = self.latest

    def set(self, moment: datetime) -> datetime:
        """It is this moment now."""
        self.moment = min(moment, self.latest)
        return self.moment

    @contextmanager
    def running(self) -> Iterator[None]:
        """Within the block everything that asks for the time is told the story's."""
        real = timezone.now
        timezone.now = lambda: self.moment
        try:
            yield
        finally:
            timezone.now = real


def at(day: date, hour: time) -> datetime:
    """A moment of a legal day."""
    return timezone.make_aware(datetime.combine(day, hour))


def office_hours(
    chance: random.Random, day: date, count: int, latest: datetime, first: time = OPENS, last: time = CLOSES
) -> Sequence[datetime]:
    """Moments within office hours in order, none of them after ``latest``."""
    begins, ends = at(day, first), min(at(day, last), latest)
    if ends <= begins:
        begins = min(at(day, time(0, 5)), ends)
    seconds = max(1, int((ends - begins).total_seconds()))
    return sorted(begins + timedelta(seconds=chance.randrange(seconds)) for _ in range(count))
