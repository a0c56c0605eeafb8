"""The votes that are open for somebody: what her home page leads to first."""

from __future__ import annotations

from openrenda.ballots.models import Ballot
from openrenda.docket.actor import Actor

MOST_SHOWN = 5


def open_votes(actor: Actor) -> list[Ballot]:
    """Votes on whose roll she is; one query."""
    rows = Ballot.objects.filter(closed_at=None, roll__voter__in=sorted(actor.holders))
    return list(rows.order_by("-opened_at")[:MOST_SHOWN])
