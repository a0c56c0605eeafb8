"""What is typed into a pooled counter: a key of its own, and kinds that differ from those in force."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

from openrenda.docket.situation import Situation
from openrenda.figures.models import CounterVersion
from tests.cast import Cast

from . import Answers

KINDS = ("figure:suggestion.received", "figure:suggestion.answered", "step:bill:submit")


def define(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Under a new key."""
    return {"key": f"pool-{uuid4().hex[:12]}"}


def amend(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One kind more or one kind fewer than in force."""
    if situation.new:
        return {}
    last = max(situation.rows(CounterVersion), key=lambda row: row.version)
    return {"kinds": [*{KINDS[0], KINDS[1]} ^ {last.kinds[0]}] or [KINDS[0]], "role": "" if last.role else "sponsor"}


EXAMPLES: dict[str, Answers] = {"define": define, "amend": amend}
