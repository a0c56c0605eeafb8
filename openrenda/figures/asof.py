"""What facts of any population are made of: what acts and parties say as of the end of a period, never today's state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from openrenda.docket.models import Act, Party
from openrenda.tenancy import current_congress_id

from .language import Period

Rows = QuerySet[Any]
Said = ParamSpec("Said")
Made = TypeVar("Made", Q, Rows)


def once(make: Callable[Concatenate[Period, Said], Made]) -> Callable[Concatenate[Period, Said], Made]:
    """Of a condition that many facts are made of: it is made once a period and congress. The database is not asked for it."""

    @wraps(make)
    def kept(period: Period, /, *said: Said.args, **named: Said.kwargs) -> Made:
        key = (make, current_congress_id(), said, *named.items())
        if key not in period.kept:
            period.kept[key] = make(period, *said, **named)
        made: Made = period.kept[key]
        return made

    return kept


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
