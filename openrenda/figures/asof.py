"""What facts of any population are made of: what acts and parties say as of the end of a period, never today's state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from openrenda.docket.models import Act, Party

from .language import Period

Rows = QuerySet[Any]


def moment(day: date, *, before: bool = False) -> datetime:
    """The first moment after a day, in the congress's time zone; with ``before`` the first moment of it."""
    return timezone.make_aware(datetime.combine(day if before else day + timedelta(days=1), time.min))


def among(rows: Rows, of: str = "matter", path: str = "matter") -> Q:
    """The matter is named by one of the rows: asked once for all matters, where an EXISTS may be asked for each."""
    return Q(**{f"{of}__in": rows.values(path)})


def acts_by(period: Period, procedure: str, *steps: str) -> Rows:
    """Acts of those steps of a procedure taken by the end of the period."""
    return Act.objects.filter(procedure=procedure, step__in=steps, took_effect__lt=moment(period.end))


def parties_at(period: Period, role: str) -> Rows:
    """The parties in a role as of the end of the period, of the matter of the row outside, the latest first."""
    parties = Party.objects.filter(matter=OuterRef("matter"), role=role)
    then = parties.filter(Q(until=None) | Q(until__gte=moment(period.end)), since__lt=moment(period.end))
    return then.order_by("-since")
