"""Ratings of reports: graded by hand, since no vote is held in a walk; one that was not satisfied, rectified, and may be reported again."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import the_kin
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers

GRADES = ("satisfied", "dissatisfied", "no_result")


def people(cast: Cast) -> None:
    """One of each result; of those not satisfied one is rectified, and one was rated for the last time."""
    for grade in GRADES:
        _rated(cast, grade)
    made = _rated(cast, "dissatisfied")
    _put_right(cast, made)
    last = _rated(cast, "dissatisfied")
    _put_right(cast, last)
    for who, step, data in (
        ("roads_office", "report_again", {"report": "整改"}),
        ("office", "schedule", {"meeting_on": _today()}),
    ):
        docket.act(Matter.objects.get(pk=last.pk), step, by=cast[who], data=data)
    _vote(cast, last, "dissatisfied")


def _today() -> str:
    return timezone.localdate().isoformat()


def _rated(cast: Cast, grade: str) -> Matter:
    data = {"title": "养护工作报告", "organ": cast.organs["roads"].pk, "meeting_on": _today(), "report": "报告要点"}
    made = docket.open_matter("report-rating", "list", by=cast["office"], data=data).matter
    _vote(cast, made, grade)
    return made


def _vote(cast: Cast, made: Matter, grade: str) -> None:
    verdict = {"grades": {grade: 4}, "verdict": grade, "base": 4, "present": 4, "sentence": "应到4，实到4"}
    docket.act(Matter.objects.get(pk=made.pk), "voted", by=the_kin(cast.congress.pk), data=verdict)


def _put_right(cast: Cast, made: Matter) -> None:
    matter = Matter.objects.get(parent=made, procedure="rectification")
    docket.act(matter, "report", by=cast["roads_office"], data={"done": "已整改", "proof": "核对"})
    docket.act(Matter.objects.get(pk=matter.pk), "accept", by=cast["office"], data={"checked": "属实"})


def entered(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A report of the department."""
    return {"organ": cast.organs["roads"].pk, "meeting_on": situation.today.isoformat(), "report": "报告要点"}


def day(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Today."""
    return {"meeting_on": situation.today.isoformat()}


def again(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Today as well."""
    return {"again_on": situation.today.isoformat()}


EXAMPLES: dict[str, Answers] = {"list": entered, "replan": day, "relist": day, "schedule": day, "another_day": again}
