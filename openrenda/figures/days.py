"""Legal days as moments: the days of a period, in the congress's time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def moment(day: date, *, before: bool = False) -> datetime:
    """The first moment after a day; with ``before`` the first moment of it."""
    return timezone.make_aware(datetime.combine(day if before else day + timedelta(days=1), time.min))
