"""Resolutions need an item of a sitting; one was replaced by another."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities.record import Item
from openrenda.activities.resolution import Propose
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from tests import sittings
from tests.cast import Cast

from . import Answers


def propose(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Under an item of a sitting that is open."""
    form = Propose(situation=situation)
    if not form.fields["item"].choices:  # type: ignore[attr-defined]
        sittings.item(cast, sittings.planned(cast), "审议决定草案")
    known = Item.objects.filter(matter__procedure="sitting", matter__state__in=("planned", "called", "open", "closed"))
    opened = known.filter(matter__state__in=("open", "closed")).last()
    return {"kind": "decision", "item": str((opened or known.last()).pk)}


def tally(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """All for it, or nobody."""
    return {"approve": pick.choice((0, 2)), "against": 0, "abstain": 0}


def publish(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Followed by the department, in the place of an earlier one if there is one."""
    earlier = Matter.objects.filter(procedure="resolution", state="published").exclude(pk=situation.matter.pk).first()
    return {
        "follow_up": "yes",
        "owner": cast.organs["roads"].pk,
        "due_on": sittings.today(90),
        "replaces": str(earlier.pk) if earlier else "",
    }


EXAMPLES: dict[str, Answers] = {"propose": propose, "amend": propose, "tally": tally, "publish": publish}
