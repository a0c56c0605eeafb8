"""The street that is inspected, and what of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.activities.special_inspection import of_the_area
from openrenda.docket.situation import Situation
from openrenda.web.portal.tests.stage import replied
from tests.cast import Cast

from . import Answers
from .chairpersons_meeting import attendance


def street(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The street itself, no area."""
    return {"area": None, "streets": [cast.organs["street"].pk]}


def some(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Up to three that were answered there; where there is none yet, one is answered first."""
    found = list(of_the_area(situation).values_list("pk", flat=True)[:3])
    return {"suggestions": found or [replied(cast).pk]}


def found(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """With a day to come, or without one."""
    return {"due_on": pick.choice([None, (situation.today + timedelta(days=20)).isoformat()])}


EXAMPLES: dict[str, Answers] = {"plan": street, "change": street, "pick": some, "begin": attendance, "mark": found}
