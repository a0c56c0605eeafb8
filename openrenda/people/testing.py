"""For tests of every room: a client that sits in a seat."""

from __future__ import annotations

from typing import Any

from openrenda.people import sessions
from openrenda.people.models import Seat


def sit_down(client: Any, seat: Seat, *, second_factor: bool = True) -> Any:
    """Signs the test client in as the seat's account, sitting in that seat, with a fresh proof of identity."""
    client.force_login(seat.account, backend=sessions.BACKEND)
    session = client.session
    if second_factor:
        sessions.note_second_factor(session)
    sessions.confirm(session)
    sessions.remember_choices(session, seat.account)
    sessions.enter(session, seat.account, f"{seat.congress_id}.{seat.pk}")
    session.save()
    return client
