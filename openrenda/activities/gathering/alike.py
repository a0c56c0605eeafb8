"""The same gathering entered twice (A18): the same day, the same station or place, and a deputy who was at both."""

from __future__ import annotations

from django.db.models import Q

from openrenda.docket.situation import Situation

from ..record import PRESENT, Activity, Participant
from ..sharing import DEPUTY

KEPT = ("held", "closed")


def alike(situation: Situation) -> list[Activity]:
    """Other records that look like this gathering, oldest first. Two queries with their items."""
    if situation.new:
        return []
    record = situation.record
    here = [row.holder for row in situation.rows(Participant) if (row.kind, row.attendance) == (DEPUTY, PRESENT)]
    there = Participant.objects.filter(kind=DEPUTY, attendance=PRESENT, holder__in=here, held_on=record.held_on)
    place = Q(place=record.place)
    if record.station_id:
        place |= Q(station=record.station_id)
    found = Activity.objects.filter(
        place, held_on=record.held_on, kind=record.kind, matter__procedure="gathering", matter__state__in=KEPT
    )
    found = found.filter(matter__in=there.values("matter")).exclude(matter=situation.matter.pk)
    return list(found.select_related("matter").prefetch_related("matter__items").order_by("id"))
