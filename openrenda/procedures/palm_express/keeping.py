"""How long a conversation is kept: a time after it is over, and then its words go (个人信息保护法第十九条、第四十七条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from openrenda import docket
from openrenda.docket.actor import the_clock
from openrenda.docket.models import Matter

AT_ONCE = 500


def forget_conversations(congress: UUID, closed_before: date) -> int:
    """Remove the words of conversations closed before a day, each by an act that says so; how many. Safe twice."""
    due = Matter.objects.filter(procedure="palm-express", closed_on__lt=closed_before, conversation__erased=False)
    found = list(due.order_by("closed_on", "id")[:AT_ONCE])
    for matter in found:
        docket.act(matter, "erase", by=the_clock(congress))
    return len(found)
