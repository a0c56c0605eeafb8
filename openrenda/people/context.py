"""What every page knows about who is looking at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from openrenda.people import sessions
from openrenda.people.actors import office_name


def seats(request: HttpRequest) -> dict[str, Any]:
    """The congress, the present seat and those to switch to; without a query."""
    seat = getattr(request, "seat", None)
    if seat is None:
        return {}
    choices = sessions.choices(request.session)
    return {
        "congress": request.congress,  # type: ignore[attr-defined]
        "seat": {"key": seat.key, "label": office_name(seat), "name": seat.account.name},
        "seats": [
            {"key": one.key, "label": f"{one.congress} · {one.label}", "current": one.current} for one in choices
        ],
    }
