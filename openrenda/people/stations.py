"""Stations as of a day: who sits in one, who keeps it, which communities a hub reaches, and how one closes (A06, A07, A17)."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from openrenda.docket.actor import Actor
from openrenda.people.hand_over import hand_over_matters, open_matters
from openrenda.people.models import Community, Grid, HubLink, Mandate, ReceptionHours, Seat, Station, StationMember
from openrenda.people.models.station import HEAD
from openrenda.people.refusals import Refused

CLERK = "station_clerk"


def clerk_holders(station: Station) -> tuple[UUID, UUID]:
    """For whom a station clerk's seat may stand to keep this station: the station itself, or its street."""
    return station.pk, station.street_id


def kept_by(actor: Actor, day: datetime.date | None = None) -> QuerySet[Any]:
    """The stations open on the day that a station clerk keeps: her own, or all of her street."""
    if actor.seat != CLERK:
        return Station.objects.none()
    return Station.objects.on(day).filter(Q(pk__in=actor.holders) | Q(street__in=actor.holders))


def members(station: Station, day: datetime.date | None = None) -> list[StationMember]:
    """The deputies in the station on the day who may act, heads first, then by strokes of the name. One query."""
    able = Mandate.everyone.able_on(day).order_by().values("pk")
    rows = StationMember.objects.on(day).filter(station=station, mandate__in=able).select_related("mandate__person")
    return sorted(rows, key=lambda row: (row.role != HEAD, row.mandate.person.stroke_key, row.mandate.person.name))


def stations_of(mandate: Mandate, day: datetime.date | None = None) -> QuerySet[Any]:
    """The stations in which the deputy sits on the day, by number."""
    seated = StationMember.objects.on(day).filter(mandate=mandate).values("station")
    return Station.objects.filter(pk__in=seated).select_related("street")


def last_station(mandate: Mandate) -> Station | None:
    """The station where residents find her, or, when she left, those who now sit where she last sat."""
    row = (
        StationMember.objects.filter(mandate=mandate)
        .select_related("station")
        .order_by("-since", "station__number")
        .first()
    )
    return successor_of(row.station) if row else None


def successor_of(station: Station) -> Station:
    """The station that stands today for this one: itself while it is open, else the end of the chain of successors."""
    seen = {station.pk}
    while station.successor_id and station.successor_id not in seen and not station.holds():
        station = station.successor
        seen.add(station.pk)
    return station


def reach(hub: Station, day: datetime.date | None = None) -> QuerySet[Any]:
    """The communities that a hub links on the day; their number is this list counted (A06)."""
    return Community.objects.filter(pk__in=HubLink.objects.on(day).filter(hub=hub).values("community"))


@transaction.atomic
def seat_deputy(station: Station, mandate: Mandate, *, since: datetime.date, role: str = "member") -> StationMember:
    """The deputy enters the station.

    :raises Refused: when she is no deputy on the day, the station is not open, or she sits there already.
    """
    if not mandate.holds(since):
        raise Refused(_("“%(name)s”在 %(day)s 不是代表，没有编入站点。") % {"name": mandate.person.name, "day": since})
    if not station.holds(since):
        raise Refused(_("“%(name)s”在 %(day)s 没有开放，没有编入代表。") % {"name": station.name, "day": since})
    if StationMember.objects.on(since).filter(station=station, mandate=mandate).exists():
        raise Refused(_("“%(name)s”已经在这个站点，没有重复编入。") % {"name": mandate.person.name})
    return StationMember.objects.create(station=station, mandate=mandate, role=role, since=since)


@transaction.atomic
def close_station(
    station: Station, last_day: datetime.date, *, reason: str, by: Actor, successor: Station | None = None
) -> int:
    """The station closes after its last day. Its history stays; its open matters and its grids go to the named station.

    Deputies, links and hours end with it; deputies without another station are listed as such until somebody seats them.

    :returns: how many open matters were handed over.
    :raises Refused: without a reason or, with matters or grids open, without a station that takes them.
    """
    _check_closing(station, last_day, reason, successor)
    count = 0
    if successor is not None:
        count = hand_over_matters(station.pk, successor.pk, name=successor.name, basis=reason, by=by)
        Grid.objects.filter(station=station, until__isnull=True).update(station=successor)
        Station.objects.filter(pk=successor.pk, parent=station).update(parent=None)
    Station.objects.filter(parent=station).update(parent=successor)
    _end_what_hangs_on_it(station, last_day)
    station.until, station.close_reason, station.successor = last_day, reason.strip(), successor
    station.save(update_fields=["until", "close_reason", "successor"])
    return count


def _check_closing(station: Station, last_day: datetime.date, reason: str, successor: Station | None) -> None:
    if station.until is not None:
        raise Refused(_("“%(name)s”已于 %(day)s 关闭，没有改动。") % {"name": station.name, "day": station.until})
    if not reason.strip():
        raise Refused(_("关闭站点须写明原因，没有改动。"))
    if last_day < station.since:
        raise Refused(_("关闭日期不能早于启用日期 %(day)s，没有改动。") % {"day": station.since})
    if successor is not None and (
        successor.pk == station.pk or not successor.holds(last_day + datetime.timedelta(days=1))
    ):
        raise Refused(_("承接的站点须是另一个仍在开放的站点，没有改动。"))
    if successor is None and (open_matters(station.pk) or Grid.objects.on(last_day).filter(station=station).exists()):
        raise Refused(_("这个站点还有未办结的事项或者所属的网格，请先选择承接的站点，没有改动。"))


def _end_what_hangs_on_it(station: Station, last_day: datetime.date) -> None:
    later = Q(until__isnull=True) | Q(until__gt=last_day)
    Seat.objects.filter(later, holder=station.pk, since__lte=last_day).update(until=last_day)
    hanging: tuple[tuple[Any, str], ...] = ((StationMember, "station"), (HubLink, "hub"), (ReceptionHours, "station"))
    for model, place in hanging:
        rows = model.objects.filter(**{place: station})
        rows.filter(later, since__lte=last_day).update(until=last_day)
        rows.filter(since__gt=last_day).delete()
