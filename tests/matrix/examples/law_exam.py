"""A bank of questions, and examinations sat by hand: a candidate is known by her own link alone, which nobody of the cast has."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.actor import the_public
from openrenda.docket.models import Matter
from openrenda.people.models import ExamQuestion, Post
from tests.cast import Cast

from . import Answers

QUESTIONS = 30


def people(cast: Cast) -> None:
    """One is handed in and sat again, one is never handed in."""
    for number in range(QUESTIONS):
        ExamQuestion.objects.create(
            code=f"E{number}", kind="single", text=f"第{number}题？", choices=["对", "不对"], key="A"
        )
    today = timezone.localdate()
    data = {
        "title": "任命副院长的议案",
        "source": "organ",
        "organ": cast.organs["court"].pk,
        "meeting_on": today.isoformat(),
    }
    made = docket.open_matter("appointment", "draft", by=cast["court_office"], data=data).matter
    exams = [called(cast, made, name) for name in ("应试甲", "应试乙", "应试丙")]
    begin(exams[0])
    sat(exams[0], "hand_in", {})
    docket.act(Matter.objects.get(pk=exams[0].pk), "resit", by=cast["office"], data={})
    begin(exams[1])
    docket.run_clocks(cast.congress.pk, today + timedelta(days=9))


def called(cast: Cast, made: Matter, name: str) -> Matter:
    """Somebody who is called to the examination."""
    post = Post.objects.get(code="vice")
    act = {"kind": "appoint", "post": post.pk, "name": name, "birth_year": 1980, "reason": "工作需要。"}
    docket.act(Matter.objects.get(pk=made.pk), "add", by=cast["court_office"], data=act)
    listed = Matter.objects.get(parent=made, appointment_act__person_name=name)
    docket.act(listed, "examine", by=cast["office"], data={})
    return Matter.objects.get(procedure="law-exam", law_exam__person_name=name)


def sat(exam: Matter, step: str, data: dict[str, str]) -> None:
    """The candidate herself."""
    holder = exam.parties.get(role="resident").holder
    docket.act(Matter.objects.get(pk=exam.pk), step, by=the_public(exam.congress_id, holder), data=data)


def begin(exam: Matter) -> None:
    """With her number."""
    sat(exam, "begin", {"number": tickets.number_of(exam.pk), "alone": "on"})


EXAMPLES: dict[str, Answers] = {}
