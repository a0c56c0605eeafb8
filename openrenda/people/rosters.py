"""Rosters and counts as of a day: groups of deputies, vacancies of districts, whether the congress is in session."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from openrenda.people.models import District, Group, GroupMembership, Mandate, Organ, Session, Term
from openrenda.people.models.dated import holds_on
from openrenda.tenancy import current_congress_id

ROLE_ORDER = ("head", "deputy_head", "secretary", "member")


@dataclass(frozen=True)
class DistrictSeats:
    """How a district's quota is filled on a day. ``vacant`` and ``over`` are never both above zero."""

    district: District
    quota: int
    held: int

    @property
    def vacant(self) -> int:
        """Seats that wait for a by-election."""
        return max(0, self.quota - self.held)

    @property
    def over(self) -> int:
        """Mandates beyond the quota: a mistake in the data."""
        return max(0, self.held - self.quota)


def session_on(day: datetime.date | None = None) -> Session | None:
    """The session that is held on the day, or None between sessions. One query."""
    return Session.objects.on(day).select_related("term").first()


def term_on(day: datetime.date | None = None) -> Term | None:
    """The term that runs on the day."""
    return Term.objects.on(day).order_by("-number").first()


def roster(group: Group, day: datetime.date | None = None) -> list[GroupMembership]:
    """Who sat in the group on the day, heads first, then by strokes of the name. One query."""
    rows = GroupMembership.objects.on(day).filter(group=group).select_related("mandate__person")
    rank = {role: place for place, role in enumerate(ROLE_ORDER)}
    return sorted(rows, key=lambda row: (rank.get(row.role, len(rank)), row.mandate.person.stroke_key))


def groups_by_kind(day: datetime.date | None = None) -> dict[str, int]:
    """How many groups of each kind there were on the day."""
    counts = Group.objects.on(day).order_by().values("kind").annotate(number=Count("pk"))
    return {row["kind"]: row["number"] for row in counts}


def streets_without_group(station_streets: Iterable[UUID], day: datetime.date | None = None) -> QuerySet[Any]:
    """Streets, given by the stations they have, in which no street group of deputies existed on the day: a warning."""
    grouped = Group.objects.on(day).filter(kind="street", street__isnull=False).values_list("street_id", flat=True)
    lacking = set(station_streets) - set(grouped)
    return Organ.objects.filter(pk__in=lacking)


def district_seats(term: Term, day: datetime.date | None = None) -> list[DistrictSeats]:
    """Every district of the term with its quota and the mandates held on the day. One query."""
    day = day or timezone.localdate()
    held = Mandate.objects.filter(holds_on(day), congress_id=current_congress_id(), district=OuterRef("pk"))
    counted = held.order_by().values("district").annotate(number=Count("pk")).values("number")
    districts = District.objects.filter(term=term).annotate(held=Coalesce(Subquery(counted), 0))
    return [DistrictSeats(district, district.quota, district.held) for district in districts]


def vacancies(term: Term, day: datetime.date | None = None) -> list[DistrictSeats]:
    """Districts with a vacant seat on the day: filled from the day a deputy left, until a by-election."""
    return [seats for seats in district_seats(term, day) if seats.vacant]


def deputies(day: datetime.date | None = None, *, able: bool = False) -> QuerySet[Any]:
    """Mandates held on the day, in order of strokes; with ``able`` without the suspended (代表法第六十一条)."""
    rows = Mandate.objects.able_on(day) if able else Mandate.objects.on(day)
    return rows.select_related("person", "delegation").order_by("person__stroke_key", "person__name", "pk")


def delegation_heads(day: datetime.date | None = None) -> QuerySet[Any]:
    """Heads and deputy heads of delegations on the day."""
    leading = Q(role__in=("head", "deputy_head"), group__kind="delegation")
    return GroupMembership.objects.on(day).filter(leading).select_related("group", "mandate__person")
