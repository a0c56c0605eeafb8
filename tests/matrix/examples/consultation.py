"""Days that follow one another, and ways that there are."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def announced(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """From today, for a few days."""
    return {"opens_on": situation.today.isoformat(), **changed(situation, pick, cast)}


def changed(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Some days more."""
    closes = situation.today + timedelta(days=pick.randint(1, 5))
    return {"closes_on": closes.isoformat(), "channels": ["portal", "phone"]}


EXAMPLES: dict[str, Answers] = {"announce": announced, "call": announced, "change": changed}
