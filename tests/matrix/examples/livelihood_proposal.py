"""A round that takes proposals, and others to be merged with."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from openrenda import docket
from openrenda.docket.actor import the_public
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.livelihood import collecting
from tests.cast import Cast

from . import Answers

TEXT = "小区门口增设电动自行车集中充电棚。"


def a_round(situation: Situation, cast: Cast) -> Matter:
    """One that collects."""
    known = collecting(situation.today).first()
    if known is not None:
        return known  # type: ignore[no-any-return]
    closes = (situation.today + timedelta(days=35)).isoformat()
    data = {"year": situation.today.year, "tier": "project", "body": str(cast.congress.pk), "text": "征集", "places": 2,
            "opens_on": situation.today.isoformat(), "closes_on": closes}  # fmt: skip
    return docket.open_matter("livelihood-round", "call", by=cast["government"], data=data).matter


def given(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Words, a place, and a number to call."""
    return {"round": a_round(situation, cast).pk, "text": TEXT, "place": "青石小区", "latitude": None, "longitude": None,
            "name": "王", "phone": "13800138000", "said_on": situation.today.isoformat()}  # fmt: skip


def merged(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Another one of the round, made where there is none while it collects."""
    round_ = situation.record.round
    rows = Matter.objects.filter(procedure="livelihood-proposal", state="received", livelihood_proposal__round=round_)
    other = rows.exclude(pk=situation.matter.pk).first()
    if other is None and collecting(situation.today).filter(pk=round_.pk).exists():
        data = {"round": round_.pk, "text": TEXT, "place": "青石小区"}
        other = docket.open_matter("livelihood-proposal", "suggest", by=cast["chen"], data=data).matter
    return {"into": other.pk} if other else None


def adopted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A candidate of its own."""
    return {"project": None, "title": "充电棚", "reports": []}


def people(cast: Cast) -> None:
    """Somebody without an account."""
    cast.actors.setdefault("resident", the_public(cast.congress.pk, uuid4()))


EXAMPLES: dict[str, Answers] = {
    "propose": given, "propose_slowly": given, "enter": given, "suggest": given, "merge": merged, "adopt": adopted,
}  # fmt: skip
