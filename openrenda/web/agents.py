"""Entering for a deputy who cannot: staff choose the deputy and upload the proof; both names stand in every act.

What is being entered for whom is kept in the session until it is ended, the seat changes or two hours have passed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import UUID

from openrenda.docket.actor import Actor
from openrenda.docket.models import File
from openrenda.people.models import Mandate

if TYPE_CHECKING:
    from .access import Request

AGENT_SEATS = ("deputy_office", "station_clerk")
PROOF_ROLE = "agent_proof"
PRINCIPAL_SEAT = "deputy"
LASTS_SECONDS = 2 * 60 * 60
_KEY = "web.agent"


def may_enter_for_others(seat: str) -> bool:
    """Whether the seat is one of those that may enter for deputies."""
    return seat in AGENT_SEATS


def begin(request: Request, mandate: Mandate, proof: File) -> None:
    """From now on, steps that allow it are entered for this deputy."""
    request.session[_KEY] = {
        "holder": str(mandate.pk), "principal": mandate.person.name, "proof": str(proof.pk), "proof_name": proof.name,
        "seat": str(request.seat.pk), "since": int(time.time()),
    }  # fmt: skip


def end(request: Request) -> None:
    """Back to acting for oneself."""
    request.session.pop(_KEY, None)


def going_on(request: Request) -> dict[str, str] | None:
    """What is being entered for whom, without a query; None in the ordinary case."""
    kept: dict[str, str] | None = request.session.get(_KEY)
    if kept is None or kept["seat"] != str(request.seat.pk) or not may_enter_for_others(request.actor.seat):
        return None
    return kept if time.time() - int(kept["since"]) < LASTS_SECONDS else None


def principal_of(request: Request) -> Actor | None:
    """The actor who enters for the deputy; None when nobody does, or the deputy may no longer act."""
    kept = going_on(request)
    if kept is None or not Mandate.objects.able_on().filter(pk=kept["holder"]).exists():
        return None
    return request.actor.as_agent(
        seat=PRINCIPAL_SEAT, holder=UUID(kept["holder"]), principal=kept["principal"], proof=UUID(kept["proof"])
    )
