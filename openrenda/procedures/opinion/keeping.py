"""How long a resident's name and telephone are kept: a time after her opinion is over, and then they go (个人信息保护法第十九条、第四十七条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from openrenda import docket
from openrenda.docket.actor import the_clock
from openrenda.docket.models import Matter

AT_ONCE = 500


def forget_contacts(congress: UUID, closed_before: date) -> int:
    """Forget the contacts of opinions closed before a day, each by an act that says so; how many were forgotten. Safe twice."""
    due = Matter.objects.filter(procedure="opinion", closed_on__lt=closed_before, opinion__has_contact=True)
    found = list(due.order_by("closed_on", "id")[:AT_ONCE])
    for matter in found:
        docket.act(matter, "forget_contact", by=the_clock(congress))
    return len(found)
