"""An evaluation in three dimensions, by the subdistrict; any mark is explained."""

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
    """An answered one, evaluated by somebody who did not handle it."""
    found = list(answered().values_list("pk", flat=True))
    return {"subject": pick.choice(found), "evaluator": cast.organs["street"].pk} if found else None


def marks(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Passing or not."""
    return {
        **{name: pick.randint(40, 100) for name in ("compliance", "document", "effect")},
        "comment": "路口仍然拥堵。",
    }


EXAMPLES: dict[str, Answers] = {"open": subject, "score_first": marks, "score_second": marks}
