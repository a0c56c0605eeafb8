"""Criteria that add up to a hundred, and versions that begin on different days."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.procedures.assessment_criteria import MOST_CRITERIA
from openrenda.procedures.assessment_criteria.records import AssessmentCriteria
from tests.cast import Cast

from . import Answers


def criteria(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Two of them."""
    parts = ("", "_way", "_weight", "_points")
    blank = {f"criterion_{row}{part}": None for row in range(3, MOST_CRITERIA + 1) for part in parts}
    return {
        **blank, "criterion_1": "in_time_rate", "criterion_1_way": "share", "criterion_1_weight": 70,
        "criterion_2": "open_promises", "criterion_2_way": "each", "criterion_2_weight": 30, "criterion_2_points": 5,
    }  # fmt: skip


def begins(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A day on which no other version begins."""
    taken = AssessmentCriteria.objects.filter(holds_from__isnull=False).count()
    return {"holds_from": (situation.today + timedelta(days=1000 - taken)).isoformat()}


EXAMPLES: dict[str, Answers] = {"draft": criteria, "revise": criteria, "adopt": begins}
