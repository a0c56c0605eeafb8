"""What the network of stations lacks on a day: every count is a list counted, and 100 % is said only when a list is empty.

A06 (2)–(4), (6), A07 (1), (4), A17 (1), A19 (1), A05 (3).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from openrenda.people.models import (
    Community,
    Grid,
    GridMember,
    HubLink,
    Mandate,
    Organ,
    Speciality,
    Station,
    StationMember,
)
from openrenda.people.models.dated import holds_on
from openrenda.people.models.station import KIND_LABELS, POINT, SITE_LABELS
from openrenda.people.rosters import deputies, streets_without_group
from openrenda.tenancy import current_congress_id

STREET_KINDS = ("street", "town")
HUNDRED = 100


@dataclass(frozen=True)
class Covered:
    """How many of a whole have what they ought to have, and the list of those who have not."""

    whole: int
    lacking: Sequence[Any]

    @property
    def part(self) -> int:
        """Those who have it."""
        return self.whole - len(self.lacking)

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 is said only when nobody is missing; None of nothing."""
        return self.part * HUNDRED // self.whole if self.whole else None


def streets(day: datetime.date | None = None) -> QuerySet[Any]:
    """The streets and towns of the day."""
    return Organ.objects.on(day).filter(kind__in=STREET_KINDS)


def deputies_in_stations(day: datetime.date | None = None) -> Covered:
    """Deputies in office, and those who sit in no open station (A17 (1))."""
    seated = StationMember.objects.on(day).filter(
        holds_on(day or timezone.localdate(), "station__"), congress_id=current_congress_id(), mandate=OuterRef("pk")
    )
    return _covered(deputies(day), ~Exists(seated))


def streets_covered(day: datetime.date | None = None) -> Covered:
    """Streets and towns, and those without an open site (A06 (2))."""
    return _covered(streets(day), ~Exists(_sites(day, street=OuterRef("pk"))))


def communities_covered(day: datetime.date | None = None) -> Covered:
    """Communities and villages, and those without an open site (A06 (2))."""
    rows = Community.objects.on(day).select_related("street")
    return _covered(rows, ~Exists(_sites(day, community=OuterRef("pk"))))


def streets_grouped(day: datetime.date | None = None) -> Covered:
    """Streets that have stations, and those of them without a street group of deputies (A05 (3))."""
    having = set(Station.objects.on(day).order_by().values_list("street_id", flat=True))
    return Covered(len(having), list(streets_without_group(having, day)))


def specialities(day: datetime.date | None = None) -> Covered:
    """Streets that have stations, and those of them without a speciality of their own 一街一品 (A06 (4))."""
    having = streets(day).filter(Exists(_sites(day, street=OuterRef("pk"))))
    named = Speciality.objects.on(day).filter(congress_id=current_congress_id(), street=OuterRef("pk"))
    return _covered(having, ~Exists(named))


def highlights(day: datetime.date | None = None) -> Covered:
    """Open sites, and those without a highlight 一站一亮点 (A06 (4))."""
    rows = Station.objects.on(day).select_related("street")
    return Covered(rows.count(), list(rows.filter(highlight="")))


def stations_staffed(day: datetime.date | None = None) -> Covered:
    """Open sites, and those in which no deputy sits."""
    able = Mandate.everyone.able_on(day).order_by().values("pk")
    seated = StationMember.objects.on(day).filter(
        congress_id=current_congress_id(), station=OuterRef("pk"), mandate__in=able
    )
    return _covered(Station.objects.on(day).select_related("street"), ~Exists(seated))


def hubs_linked(day: datetime.date | None = None) -> Covered:
    """Hub stations, and those that link no community (A06 (3))."""
    links = HubLink.objects.on(day).filter(congress_id=current_congress_id(), hub=OuterRef("pk"))
    return _covered(Station.objects.on(day).filter(hub=True).select_related("street"), ~Exists(links))


def grids_governed(day: datetime.date | None = None) -> Covered:
    """Grids and blocks, and those without a governor (A19 (1))."""
    rows = Grid.objects.on(day).select_related("street")
    return Covered(rows.count(), list(rows.filter(governor="")))


def grids_with_deputy(day: datetime.date | None = None) -> Covered:
    """Grids and blocks, and those in which no deputy who may act serves (A19 (1))."""
    able = Mandate.everyone.able_on(day).order_by().values("pk")
    serving = GridMember.objects.on(day).filter(
        congress_id=current_congress_id(), grid=OuterRef("pk"), mandate__in=able
    )
    return _covered(Grid.objects.on(day).select_related("street"), ~Exists(serving))


def by_kind(day: datetime.date | None = None) -> dict[str, int]:
    """How many open sites of each kind, in the order of the kinds; hours elsewhere are no site (A06 (1), A12 (1))."""
    return _counted(Station.objects.on(day), "kind", KIND_LABELS)


def points_by_site(day: datetime.date | None = None) -> dict[str, int]:
    """How many open points of each type; they add up to the points (A07 (1))."""
    return _counted(Station.objects.on(day).filter(kind=POINT), "site", SITE_LABELS)


def opened_in(year: int, *kinds: str) -> QuerySet[Any]:
    """The sites that opened in the year, by their opening days and whatever became of them since (A06 (6), A07 (4))."""
    rows = Station.objects.filter(since__year=year).select_related("street")
    return rows.filter(kind__in=kinds) if kinds else rows


def _covered(rows: QuerySet[Any], lacks: Any) -> Covered:
    return Covered(rows.count(), list(rows.filter(lacks)))


def _sites(day: datetime.date | None, **where: Any) -> QuerySet[Any]:
    return Station.objects.on(day).filter(congress_id=current_congress_id(), **where)


def _counted(rows: QuerySet[Any], name: str, labels: dict[str, Any]) -> dict[str, int]:
    found = dict(rows.order_by().values_list(name).annotate(number=Count("pk")))
    return {key: found[key] for key in (*labels, *sorted(set(found) - set(labels))) if key in found}
