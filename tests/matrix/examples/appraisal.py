"""A meeting appraises what was not yet appraised in it."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.procedures.appraisal.records import AppraisalItem
from openrenda.procedures.subjects import answered
from tests.cast import Cast

from . import Answers
from .satisfaction_poll import some_answered

people = some_answered


def item(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """A result, with a problem now and then."""
    done = AppraisalItem.objects.filter(matter=situation.matter).values("subject")
    found = list(answered().exclude(pk__in=done).values_list("pk", flat=True))
    return {"subject": pick.choice(found), "problem": "没有停靠区。"} if found else None


EXAMPLES: dict[str, Answers] = {"appraise": item}
