"""Deputies of which level came (A01 (4)): those of this congress stand in its register, those of others are told by kind and name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from openrenda.people.models import Congress
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
    own = Congress.objects.filter(pk=current_congress_id(), level=level)
    return Q(Exists(told)) | (Q(Exists(own)) & Q(Exists(came)))
