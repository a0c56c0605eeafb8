"""A campaign's plan ends after it begins."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def draft(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A year."""
    today = situation.today
    return {"since": today.isoformat(), "until": today.replace(year=today.year + 1, day=1).isoformat()}


EXAMPLES: dict[str, Answers] = {"draft": draft, "change": draft}
