"""A studio of the cast's street, today, with one of its deputies."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def arranged(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Today, so that it can be held."""
    return {
        "street": cast.organs["street"].pk, "held_on": situation.today.isoformat(), "deputies": [cast.mandates["chen"].pk],
    }  # fmt: skip


EXAMPLES: dict[str, Answers] = {"arrange": arranged, "change": arranged}
