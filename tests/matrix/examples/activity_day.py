"""Activity days: the first one, entry points, another day of the month."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.activities.activity_day.forms import day_of_month
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def begin(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The next fixed day."""
    day, fixed = situation.today, day_of_month(situation.book)
    while day.day != fixed:
        day += timedelta(days=1)
    return {"held_on": day.isoformat()}


def points(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One or two."""
    return {"entry_points": "\n".join(["老旧小区改造", "供水"][: pick.randint(1, 2)])}


def move(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The last day of its month, while that lies ahead."""
    month = situation.record.month
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return {"held_on": last.isoformat()} if last >= situation.today else None


EXAMPLES: dict[str, Answers] = {"begin": begin, "choose_points": points, "move": move}
