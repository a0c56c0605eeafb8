"""Appraisals after appointment are off unless the congress decides so; and one is graded by hand, since no vote is held in a walk."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Tenure
from openrenda.procedures.duty_appraisal.records import DutyAppraisal, DutyFinding
from openrenda.rulebook import resolution
from tests.cast import Cast

from . import Answers

KEYS = ("law", "work", "resolutions", "conduct")


def people(cast: Cast) -> None:
    """The congress holds appraisals; one judge was graded."""
    resolution.set_local_value(cast.congress, "option.duty_appraisal", True, basis="主任会议决定", set_by="office")
    resolution.forget()
    tenure = free()[0]
    made = docket.open_matter("duty-appraisal", "choose", by=cast["office"], data={"tenure": tenure.pk}).matter
    today = timezone.localdate().isoformat()
    heard = [
        {"criterion": key, "kind": "weak", "text": "有不足", "evidence": "座谈", "heard_on": today, "due_on": today}
        for key in KEYS
    ]
    steps: list[tuple[str, dict[str, Any]]] = [("report", {"report": "履职报告"})]
    steps += [("hear", data) for data in heard]
    steps += [("conclude", {"summary": "总体较好"}), ("put_to_vote", {})]
    for step, data in steps:
        docket.act(Matter.objects.get(pk=made.pk), step, by=cast["office"], data=data)
    verdict = {"grades": {"satisfied": 4}, "verdict": "satisfied", "base": 4, "present": 4, "sentence": "应到4，实到4"}
    docket.act(Matter.objects.get(pk=made.pk), "voted", by=the_kin(cast.congress.pk), data=verdict)


def free() -> list[Tenure]:
    """Judges in office who were not chosen in this term."""
    chosen = DutyAppraisal.objects.exclude(matter__state="cancelled").values("tenure__person")
    rows = Tenure.objects.filter(until=None, begun_as="appointed", post__code="judge").exclude(person__in=chosen)
    return list(rows.order_by("id"))


def chosen(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Somebody who was not chosen yet."""
    rows = free()
    return {"tenure": pick.choice(rows).pk} if rows else None


def heard(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Under a criterion that is still without."""
    found = {row.criterion for row in situation.rows(DutyFinding)}
    key = next((key for key in KEYS if key not in found), "law")
    today = situation.today.isoformat()
    return {"criterion": key, "kind": "weak", "heard_on": today, "due_on": today}


EXAMPLES: dict[str, Answers] = {"choose": chosen, "hear": heard}
