"""Who receives residents when: the coming reception days of a station, who is on duty now, and what a rota lacks (A07, A17)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.people.models import Mandate, ReceptionDeputy, ReceptionHours, Station
from openrenda.people.models.reception_hours import WEEKDAY_LABELS
from openrenda.people.refusals import Refused

COMING_DAYS = 31
FIRST_NIGHT_HOUR = datetime.time(18, 0)


@dataclass(frozen=True)
class Sitting:
    """One reception on one day: the hours and the deputies who sit in them and may act."""

    day: datetime.date
    hours: ReceptionHours
    deputies: tuple[Mandate, ...]

    @property
    def after_work(self) -> bool:
        """Whether it begins after working hours 夜访夜谈 (A12 (2))."""
        return self.hours.begins >= FIRST_NIGHT_HOUR

    def now(self, moment: datetime.datetime | None = None) -> bool:
        """Whether it is held at this very moment."""
        at = timezone.localtime(moment)
        return self.day == at.date() and self.hours.begins <= at.time() < self.hours.ends

    def meets(self, other: Sitting) -> bool:
        """Whether nobody could sit in both."""
        return self.day == other.day and self.hours.begins < other.hours.ends and other.hours.begins < self.hours.ends


def falls_on(hours: ReceptionHours, day: datetime.date) -> bool:
    """Whether these hours are held on the day. A day of the month that a month lacks is left out."""
    if not hours.holds(day):
        return False
    if hours.day is not None:
        return bool(hours.day == day)
    return bool(hours.weekday == day.isoweekday() if hours.weekday is not None else hours.month_day == day.day)


def rhythm(hours: ReceptionHours) -> str:
    """The day, the weekday or the day of the month in words."""
    if hours.day is not None:
        return _("%(year)s年%(month)s月%(day)s日") % {
            "year": hours.day.year, "month": hours.day.month, "day": hours.day.day,
        }  # fmt: skip
    if hours.weekday is not None:
        return _("每%(weekday)s") % {"weekday": WEEKDAY_LABELS[hours.weekday]}
    return _("每月%(day)s日") % {"day": hours.month_day}


def sittings(first: datetime.date, last: datetime.date, stations: Iterable[Station] | None = None) -> list[Sitting]:
    """Every reception from the first to the last day, in order of time; of all stations when none are given. Three queries."""
    rows = ReceptionHours.objects.filter(since__lte=last).select_related("station")
    rows = rows.exclude(until__lt=first).exclude(day__lt=first).exclude(day__gt=last)
    if stations is not None:
        rows = rows.filter(station__in=[station.pk for station in stations])
    hours = list(rows)
    able = _deputies(hours)
    days = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
    found = [
        Sitting(day, row, tuple(mandate for mandate in able[row.pk] if mandate.holds(day)))
        for day in days
        for row in hours
        if row.station.holds(day) and falls_on(row, day)
    ]
    return sorted(found, key=lambda sitting: (sitting.day, sitting.hours.begins, sitting.hours.station.number))


def _deputies(hours: list[ReceptionHours]) -> dict[UUID, list[Mandate]]:
    """Who sits in which hours, in order of strokes; nobody who may not act today."""
    able = Mandate.everyone.able_on().order_by().values("pk")
    rows = ReceptionDeputy.objects.filter(hours__in=[row.pk for row in hours], mandate__in=able)
    found: dict[UUID, list[Mandate]] = defaultdict(list)
    for row in rows.select_related("mandate__person").order_by("mandate__person__stroke_key", "mandate__person__name"):
        found[row.hours_id].append(row.mandate)
    return found


def coming(station: Station, today: datetime.date | None = None, days: int = COMING_DAYS) -> list[Sitting]:
    """The next receptions of a station."""
    first = today or timezone.localdate()
    return sittings(first, first + datetime.timedelta(days=days), [station])


def on_duty(station: Station, moment: datetime.datetime | None = None) -> list[Sitting]:
    """Who receives at this very moment (A07 (3))."""
    now = timezone.localtime(moment)
    held = sittings(now.date(), now.date(), [station])
    return [sitting for sitting in held if sitting.now(now)]


def sitting_now(moment: datetime.datetime | None = None, *kinds: str) -> list[Sitting]:
    """Who receives anywhere at this very moment, at stations of these kinds, and has a deputy who may act (A07 (3)). Three queries."""
    now = timezone.localtime(moment)
    held = sittings(now.date(), now.date())
    return [
        sitting
        for sitting in held
        if sitting.deputies and sitting.now(now) and (not kinds or sitting.hours.station.kind in kinds)
    ]


def gaps(first: datetime.date, last: datetime.date, stations: Iterable[Station] | None = None) -> list[Sitting]:
    """Published receptions in which no deputy sits who may act (A07 (2))."""
    return [sitting for sitting in sittings(first, last, stations) if not sitting.deputies]


def double_bookings(first: datetime.date, last: datetime.date) -> list[tuple[Mandate, Sitting, Sitting]]:
    """Deputies who would have to sit in two places at once (A07 (2))."""
    mine: dict[UUID, list[tuple[Mandate, Sitting]]] = defaultdict(list)
    clashes = []
    for sitting in sittings(first, last):
        for mandate in sitting.deputies:
            clashes += [(mandate, other, sitting) for _same, other in mine[mandate.pk] if other.meets(sitting)]
            mine[mandate.pk].append((mandate, sitting))
    return clashes


@transaction.atomic
def put_on_duty(hours: ReceptionHours, mandate: Mandate) -> ReceptionDeputy:
    """The deputy sits in these hours.

    :raises Refused: when she sits elsewhere at that time within the coming weeks, or is no deputy.
    """
    first = max(timezone.localdate(), hours.since, hours.day or hours.since)
    if not mandate.holds(first):
        raise Refused(_("“%(name)s”在 %(day)s 不是代表，不能排入接待。") % {"name": mandate.person.name, "day": first})
    row, _made = ReceptionDeputy.objects.get_or_create(hours=hours, mandate=mandate)
    _refuse_two_places(hours, mandate, first)
    return row


def _refuse_two_places(hours: ReceptionHours, mandate: Mandate, first: datetime.date) -> None:
    last = first + datetime.timedelta(days=2 * COMING_DAYS)
    for who, one, other in double_bookings(first, last):
        if who.pk == mandate.pk and hours.pk in (one.hours.pk, other.hours.pk):
            elsewhere = other if one.hours.pk == hours.pk else one
            raise Refused(
                _("“%(name)s”在 %(day)s 已排在%(station)s接待，时间重叠，没有排入。")
                % {"name": mandate.person.name, "day": elsewhere.day, "station": elsewhere.hours.station.name}
            )


def exchange(mine: ReceptionDeputy, hers: ReceptionDeputy, *, agreed: Iterable[Any]) -> None:
    """Two deputies take one another's hours; ``agreed`` names the mandates of those who said yes, and both must have.

    :raises Refused: when one of the two has not agreed, or would then sit in two places.
    """
    if {mine.mandate_id, hers.mandate_id} - {getattr(one, "pk", one) for one in agreed}:
        raise Refused(_("调换接待须两位代表都同意，没有调换。"))
    with transaction.atomic():
        first, second = mine.mandate, hers.mandate
        ReceptionDeputy.objects.filter(pk__in=[mine.pk, hers.pk]).delete()
        put_on_duty(mine.hours, second)
        put_on_duty(hers.hours, first)
