"""Rounds that lead to a vote: enough candidates for the list, and what a vote hands over before the list is published."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .livelihood_project import adopt, filled

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
    """Three candidates, drawn up where they are missing."""
    rows = [row.pk for row in _candidates(situation)]
    while len(rows) < ENOUGH and situation.matter.state == "collecting":
        rows.append(
            filled(cast, _organiser(cast, situation), adopt(cast, _organiser(cast, situation), situation.matter)).pk
        )
    return {"projects": rows} if len(rows) >= ENOUGH else None


def settled(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Whatever is whole."""
    rows = [row.pk for row in _candidates(situation)]
    return {"projects": rows} if rows else None


def published(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The vote has been announced: the first two were chosen."""
    rows = Matter.objects.filter(
        procedure="livelihood-project", livelihood_project__round=situation.matter.pk, state="on_ballot"
    )
    for place, row in enumerate(rows.order_by("opened_on", "id")):
        docket.act(row, "voted", by=the_kin(cast.congress.pk), data={"chosen": place < ENOUGH - 1, "votes": 20 - place})
    return {}


def _candidates(situation: Situation) -> list[Matter]:
    rows = Matter.objects.filter(
        procedure="livelihood-project", state="candidate", livelihood_project__round=situation.matter.pk,
        livelihood_project__filled=True,
    )  # fmt: skip
    return list(rows.order_by("opened_on", "id"))


def _organiser(cast: Cast, situation: Situation) -> str:
    held = {party.holder for party in situation.holders("organiser")}
    return "government" if held & cast["government"].holders else "street"


EXAMPLES: dict[str, Answers] = {
    "call": called, "change": dated, "submit_list": submitted, "settle": settled, "publish": published,
}  # fmt: skip
