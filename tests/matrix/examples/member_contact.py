"""A member of the committee and a deputy who is none."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .contact_table import committee


def recorded(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Chen visited Zhou; she enters it herself or the office does."""
    committee(cast)
    if situation.actor.seat == "deputy" and cast.mandates["chen"].pk not in situation.actor.holders:
        return None
    return {
        "member": cast.mandates["chen"].pk, "deputies": [cast.mandates["zhou"].pk], "held_on": situation.today.isoformat(),
        "heard": "乡村路灯不亮。", "done": "转有关部门。",
    }  # fmt: skip


EXAMPLES: dict[str, Answers] = {"record": recorded}
