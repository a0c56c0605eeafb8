"""A finding belongs to an organ in which somebody sits."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .suggestion import HANDLERS


def owner(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One of the two departments."""
    return {"organ": cast.organs[pick.choice(HANDLERS)].pk}


EXAMPLES: dict[str, Answers] = {"find": owner}
