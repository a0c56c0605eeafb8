"""The leading members of the standing committee: those who sit in a leader's seat. What one leads is kept by his seat."""

from __future__ import annotations

import datetime

from openrenda.people.models import Seat
from openrenda.people.models.seat import SeatQuerySet
from openrenda.people.offices import LEADER


def leading_members(day: datetime.date) -> SeatQuerySet:
    """The seats of those who may act as leaders on the day, longest in office first."""
    return Seat.objects.able_on(day).filter(key=LEADER).select_related("account").order_by("since", "id")


def named(seat: Seat) -> str:
    """A leading member's name, with the title where the seat has one."""
    return f"{seat.account.name}（{seat.title}）" if seat.title else str(seat.account.name)
