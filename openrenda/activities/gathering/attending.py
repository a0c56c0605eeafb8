"""Deputies of which level came (A01 (4)): those of this congress and guests by the register, others by kind and name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from openrenda.figures.language import Group, Period, Split
from openrenda.people.guests import of_level
from openrenda.people.models import Congress, Mandate
from openrenda.rulebook import Book
from openrenda.tenancy import current_congress_id

from ..kinds import LEVEL_LABELS, offered
from ..record import PRESENT, Participant
from ..sharing import DEPUTY
from .records import Company


def levels(book: Book) -> list[tuple[str, Any]]:
    """The levels a list can be narrowed to."""
    return offered(LEVEL_LABELS.items())


def attended_by(level: str, today: date) -> Q:
    """Deputies of that level were there."""
    told = Company.objects.filter(matter=OuterRef("pk"), kind=f"deputy_{level}")
    came = Participant.objects.filter(matter=OuterRef("pk"), kind=DEPUTY, attendance=PRESENT)
    return Q(Exists(told)) | Q(Exists(came.filter(holder__in=of_level(level).values("pk"))))


def _level_of(_period: Period) -> Any:
    """The level that the register gives whoever came; empty for deputies of this congress."""
    mine = Mandate.everyone.filter(congress_id=current_congress_id(), pk=OuterRef("holder"))
    return Subquery(mine.order_by().values("level")[:1])


def _levels(_period: Period, found: Collection[Any]) -> list[Group]:
    """From the nation down; deputies of this congress among those of its level."""
    own = Congress.objects.values_list("level", flat=True).get(pk=current_congress_id())
    groups = []
    for level, label in LEVEL_LABELS.items():
        values = tuple(value for value in ((level, "") if level == own else (level,)) if value in found)
        groups += [Group(level, _(label), values)] if values else []
    return groups


BY_LEVEL = Split("level", "代表层级", _level_of, _levels)
