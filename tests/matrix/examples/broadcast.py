"""A studio of the cast's street, today, with one of its deputies."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers

OF_A_STREET = ("station_clerk", "street_reviewer")


def arranged(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Today, so that it can be held; who sits in a street or station chooses among her own streets."""
    typed = {"held_on": situation.today.isoformat(), "deputies": [cast.mandates["chen"].pk]}
    return typed if situation.actor.seat in OF_A_STREET else {**typed, "street": cast.organs["street"].pk}


EXAMPLES: dict[str, Answers] = {"arrange": arranged, "change": arranged}
