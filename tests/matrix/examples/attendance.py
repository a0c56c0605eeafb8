"""Signing in with the code of the day."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities.hall import Sitting
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def sign_in(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The right code."""
    return {"code": Sitting.objects.get(matter=situation.matter.parent_id).code}


EXAMPLES: dict[str, Answers] = {"sign_in": sign_in}
