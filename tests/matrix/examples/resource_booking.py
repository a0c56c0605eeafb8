"""A street books what the other one offers, on a day of its own."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda import docket
from openrenda.activities.record import SharedResource
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .shared_resource import people as streets


def asked(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whatever another street offers."""
    streets(cast)
    mine = sorted(situation.actor.holders)
    found = SharedResource.objects.filter(matter__state="offered").exclude(street__in=mine).last()
    if found is None:
        other = next(
            row for row in cast.actors.values() if row.seat == "street_reviewer" and not row.holders & set(mine)
        )
        data = {"title": "多功能厅", "kind": "venue", "text": "可容纳八十人。"}
        matter = docket.open_matter("shared-resource", "offer", by=other, data=data).matter
        found = SharedResource.objects.get(matter=matter)
    day = situation.today + timedelta(days=pick.randint(1, 900))
    return {"resource": found.pk, "held_on": day.isoformat(), "part": "morning", "purpose": "代表小组学习"}


EXAMPLES: dict[str, Answers] = {"ask": asked}
