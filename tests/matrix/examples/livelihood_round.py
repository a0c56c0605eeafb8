"""Rounds: days that follow one another, and enough candidates for a list."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers

ENOUGH = 3


def called(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Two places, open for five weeks; a street calls for what is not voted on."""
    tier = "project" if situation.actor.seat == "government_office" and pick.random() < 0.7 else "small"
    return {"year": situation.today.year, "tier": tier, "body": str(cast.congress.pk), **dated(situation, pick, cast)}


def dated(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """From today."""
    closes = situation.today + timedelta(days=35)
    return {"opens_on": situation.today.isoformat(), "closes_on": closes.isoformat(), "places": 2, "short_reason": ""}


def submitted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The whole candidates, where there are enough."""
    rows = [row.pk for row in _candidates(situation)]
    return {"projects": rows} if len(rows) >= ENOUGH else None


def settled(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Whatever is whole."""
    rows = [row.pk for row in _candidates(situation)]
    return {"projects": rows} if rows else None


def _candidates(situation: Situation) -> list[Matter]:
    rows = Matter.objects.filter(
        procedure="livelihood-project", state="candidate", livelihood_project__round=situation.matter.pk,
        livelihood_project__filled=True,
    )  # fmt: skip
    return list(rows.order_by("opened_on", "id"))


EXAMPLES: dict[str, Answers] = {
    "call": called, "change": dated, "submit_list": submitted, "settle": settled
}  # fmt: skip
