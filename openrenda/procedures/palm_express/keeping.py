"""How long a conversation is kept: a time after it is over, and then its words go (个人信息保护法第十九条、第四十七条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from openrenda.docket.models import Matter

from ..forgetting import forget_due


def forget_conversations(congress: UUID, closed_before: date) -> int:
    """Remove the words of conversations closed before a day, each by an act that says so; how many. Safe twice."""
    due = Matter.objects.filter(procedure="palm-express", closed_on__lt=closed_before, conversation__erased=False)
    return forget_due(due, "erase", congress)
