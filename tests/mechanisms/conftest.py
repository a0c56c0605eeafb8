"""The invented congress, with somebody in every seat, an enterprise too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from openrenda import rulebook
from openrenda.tenancy import congress_scope
from tests.cast import Cast
from tests.matrix.census import everybody_seated


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, with their congress in context."""
    rulebook.forget()
    people = everybody_seated("990701", "试验区")
    with congress_scope(people.congress):
        yield people
    rulebook.forget()


class Wall:
    """The clock on the wall."""

    def __init__(self, clock: time_machine.Coordinates) -> None:
        self.clock = clock

    def pass_days(self, days: int) -> None:
        """Time goes by; it is nine in the morning."""
        day = timezone.localdate() + timedelta(days=days)
        self.clock.move_to(timezone.make_aware(datetime.combine(day, time(9, 0))))


@pytest.fixture
def wall() -> Iterator[Wall]:
    """A Monday at nine, after which time goes by only when a story says so."""
    with time_machine.travel(timezone.make_aware(datetime(2026, 3, 2, 9, 0)), tick=False) as clock:  # noqa: DTZ001
        yield Wall(clock)
