"""Handing the open matters of an organ or deputy over to a successor, each by one act of its own."""

from __future__ import annotations

from uuid import UUID

from openrenda import docket
from openrenda.docket.actor import Actor

STEP = "hand_over"


def open_matters(holder: UUID) -> list[UUID]:
    """The open matters in which the holder stands in some relation today, oldest first."""
    from openrenda.docket.models import Party

    parties = Party.objects.filter(holder=holder, until__isnull=True, matter__closed_on__isnull=True)
    return list(parties.order_by("matter_id").values_list("matter_id", flat=True).distinct())


def hand_over_matters(leaver: UUID, successor: UUID, *, name: str, basis: str, by: Actor) -> int:
    """The successor, named ``name``, stands from now on where the leaver stood.

    :returns: how many matters were handed over.
    :raises openrenda.docket.refusals.Refusal: when ``by`` may not do this, or a matter refuses; nothing is kept then
        if the caller's transaction is undone.
    """
    from openrenda.docket.models import Matter

    matters = open_matters(leaver)
    data = {"leaver": str(leaver), "successor": str(successor), "name": name, "reason": basis}
    for matter_id in matters:
        docket.act(Matter.objects.get(pk=matter_id), STEP, by=by, data=data)
    return len(matters)
