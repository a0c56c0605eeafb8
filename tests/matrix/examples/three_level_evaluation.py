"""An evaluation needs an answered suggestion."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.procedures.subjects import answered
from tests.cast import Cast

from . import Answers
from .satisfaction_poll import some_answered

people = some_answered


def subject(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Any answered one."""
    found = list(answered().values_list("pk", flat=True))
    return {"subject": pick.choice(found)} if found else None


EXAMPLES: dict[str, Answers] = {"open": subject}
