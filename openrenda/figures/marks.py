"""A period with marks for days, of which the statement behind a figure is made once for all periods of its kind."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from .asof import moment
from .language import Period

PAST, FUTURE = 1907, 2907
TELLING = (f"{PAST}-", f"{FUTURE}-")
"""What is in every mark, and in no day on which a congress sat."""


def kind(period: Period) -> Hashable:
    """What of a period besides its days decides how a question is put: two of one kind are asked in the same words."""
    return period.session, period.unfinished, _over(period)


def marked(period: Period) -> Period:
    """A period of the same kind whose days stand nowhere else."""
    year = PAST if _over(period) else FUTURE
    as_of = date(year, 6, 12) if period.unfinished else date(year, 11, 23)
    return replace(period, since=date(year, 3, 11), until=date(year, 9, 17), as_of=as_of)


def days(period: Period) -> dict[str, Any]:
    """The values that a question takes from a period: its days, and the moments at which they begin and end."""
    found: dict[str, Any] = {"since": period.since, "until": period.until, "as_of": period.as_of}
    begun = {f"{name}_begins": moment(day, before=True) for name, day in found.items()}
    return found | begun | {f"{name}_ends": moment(day) for name, day in found.items()}


def _over(period: Period) -> bool:
    """Whether something may have happened after the end of the period."""
    return period.end < timezone.localdate()
