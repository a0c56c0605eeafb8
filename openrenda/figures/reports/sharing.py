"""Figures sent upward: what the congress above, and those beside, read of this one. Chosen numbers only, never their lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openrenda.docket.models import Matter
from openrenda.people.models import Congress

from ..models import FrozenFigure, SharedFigure

COPIED = ("label", "definition", "formula", "unit", "printed", "part", "whole", "rounding")


def share(matter: Matter, positions: Iterable[int], today: date) -> None:
    """Copy these numbers of an issued report; the same figure for the same time stands once."""
    for row in FrozenFigure.objects.filter(matter=matter.pk, position__in=list(positions)):
        values: dict[str, Any] = {name: getattr(row, name) for name in COPIED} | {"sent_on": today}
        same: dict[str, Any] = {
            "congress_id": matter.congress_id,
            "key": row.key,
            "since": row.since,
            "until": row.until,
            "as_of": row.as_of,
        }
        SharedFigure.objects.update_or_create(**same, defaults=values)


def readable_by(congress: UUID) -> QuerySet[SharedFigure]:
    """What the congresses under this one, and those beside it, have sent, and its own; by figure, time and division code."""
    above = Congress.objects.filter(pk=congress).values("parent")
    near = Q(congress__parent=congress) | Q(congress__parent__in=above) | Q(congress=congress)
    return (
        SharedFigure.objects.filter(near)
        .select_related("congress")
        .order_by("key", "-since", "until", "congress__division_code")
    )
