"""What the steps of an examination write: the paper, the mark, and the result that holds for the term."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid5

from django.utils.translation import gettext

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import ExamQuestion, Person, Qualification
from openrenda.people.models.question import EXAM
from openrenda.people.posts import term_on

from ..residents import note_tickets
from . import records

RESIDENT = "resident"


def arrange(situation: Situation, act: Act) -> None:
    """The person gets a link and a number of her own; she needs no account."""
    person = Person.objects.get(pk=situation.data["person"])
    situation.add_party(RESIDENT, uuid5(situation.matter.pk, "candidate"), person.name)
    note_tickets(situation)
    situation.matter.title = f"{person.name}任前法律知识考试"
    situation.note(person=person, person_name=person.name, sit_by=situation.data.get("sit_by"))


def begin(situation: Situation, act: Act) -> None:
    """Draw her paper; the minutes run from now."""
    minutes = int(situation.book.option("option.exam_minutes"))
    situation.note(
        paper=records.drawn(situation.book), began_at=situation.at, ends_at=situation.at + timedelta(minutes=minutes)
    )


def hand_in(situation: Situation, act: Act) -> None:
    """Mark the answers; they themselves are sealed with the act."""
    _mark(situation, act, json.loads(situation.data["answers"]))


def expire(situation: Situation, act: Act) -> None:
    """Nothing was handed in in time."""
    _mark(situation, act, {})


def _mark(situation: Situation, act: Act, given: dict[str, str]) -> None:
    book = situation.book
    right, score = records.marked(situation.record.questions(), given)
    passed = score >= int(book.option("option.exam_pass_mark"))
    situation.note(right=right, score=score, passed=passed, marked_on=situation.today)
    act.data |= {"score": score, "passed": passed}
    term = term_on(situation.today)
    if term is not None:
        situation.add(Qualification(
            person_id=situation.record.person_id, term=term, day=situation.today, score=score, passed=passed,
        ))  # fmt: skip


def resit(situation: Situation, act: Act) -> None:
    """Once more, with another paper."""
    situation.note(
        attempt=situation.record.attempt + 1, paper=[], began_at=None, ends_at=None, right=None, score=None, passed=None,
        marked_on=None, sit_by=situation.data.get("sit_by"),
    )  # fmt: skip


def bank_too_small(situation: Situation) -> str | None:
    """A paper is drawn from more questions than it has, or chance would choose nothing."""
    wanted = int(situation.book.option("option.exam_questions"))
    found = ExamQuestion.objects.in_use(EXAM).count()
    if found > wanted:
        return None
    words = {"found": found, "wanted": wanted}
    return (
        gettext("题库里可用于考试的题目有%(found)d道，一份试卷%(wanted)d道，须多于一份试卷才能随机抽题。请先导入题库。")
        % words
    )


def time_is_up(situation: Situation) -> str | None:
    """Answers that come too late are not marked."""
    record = situation.record
    return gettext("考试时间已到，不能再交卷。") if record.is_over(situation.at) else None


def no_resit(situation: Situation) -> str | None:
    """Who passed need not, and who failed again may not be proposed in this term (APP-03)."""
    record, book = situation.record, situation.book
    if record.passed:
        return gettext("已经及格，成绩在本届内有效。")
    if record.attempt > int(book.option("option.exam_resits")):
        return gettext("补考仍不及格的，不得提请常委会审议（%(article)s）。") % {"article": book.citation("APP-03")}
    return None
