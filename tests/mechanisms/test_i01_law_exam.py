"""APP-03 任前法律知识考试: a paper for each person, sealed answers, a mark by the machine that holds for the term."""

from __future__ import annotations

from typing import Any

import pytest

from openrenda import docket, tickets
from openrenda.docket.actor import Actor, the_public
from openrenda.docket.builtin import open_sealed
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.people.models import ExamQuestion, Post, Qualification
from openrenda.procedures.law_exam.records import LawExam, marked
from tests.cast import Cast

from . import appointing
from .appointing import add, bank, committee, draft
from .conftest import Wall
from .evaluating import set_option
from .stage import take


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    committee(cast)
    appointing.people(cast)
    Post.objects.filter(code="judge").update(examined=True)


def called(cast: Cast, name: str = "林知") -> Matter:
    """A nominee who is called to the examination."""
    act = add(cast, draft(cast), "appoint", "judge", name)
    take(cast, act, "office", "examine", {})
    return Matter.objects.get(procedure="law-exam", law_exam__person_name=name, closed_on=None)


def candidate(exam: Matter) -> Actor:
    """The candidate as her link makes her known."""
    return the_public(exam.congress_id, exam.parties.get(role="resident").holder)


def begin(exam: Matter) -> LawExam:
    """With the number that was handed to her."""
    data = {"number": tickets.number_of(exam.pk), "alone": "on"}
    docket.act(Matter.objects.get(pk=exam.pk), "begin", by=candidate(exam), data=data)
    return LawExam.objects.get(matter=exam)


def hand_in(exam: Matter, right: int) -> LawExam:
    """So many right answers, the others wrong."""
    paper = LawExam.objects.get(matter=exam).paper
    data = {f"q_{key}": "A" if place < right else "B" for place, key in enumerate(paper)}
    docket.act(Matter.objects.get(pk=exam.pk), "hand_in", by=candidate(exam), data=data)
    return LawExam.objects.get(matter=exam)


def test_each_person_gets_a_paper_of_her_own_by_chance(cast: Cast) -> None:
    bank(60)
    papers = [begin(called(cast, name)).paper for name in ("林知", "周行")]
    assert [len(set(paper)) for paper in papers] == [25, 25]
    assert papers[0] != papers[1]


def test_questions_for_practice_are_never_in_an_examination(cast: Cast) -> None:
    """Nothing leaks: the bank of the examination is not what one practises with (漏题)."""
    bank(30)
    bank(60, use="practice")
    drawn = ExamQuestion.objects.filter(pk__in=begin(called(cast)).paper)
    assert {row.use for row in drawn} == {"exam"}


def test_a_paper_needs_a_bank_to_choose_from(cast: Cast) -> None:
    bank(25)
    with pytest.raises(Refused, match="须多于一份试卷"):
        begin(called(cast))


def test_who_has_the_link_but_not_the_number_cannot_begin(cast: Cast) -> None:
    bank()
    exam = called(cast)
    with pytest.raises(Incomplete, match="考试号不对"):
        docket.act(exam, "begin", by=candidate(exam), data={"number": "222222222222", "alone": "on"})
    with pytest.raises((Refused, NotVisible)):
        docket.act(exam, "begin", by=cast["office"], data={"number": tickets.number_of(exam.pk), "alone": "on"})


@pytest.mark.parametrize(
    ("right", "score", "passed"), [(15, 60, True), (14, 56, False), (25, 100, True), (0, 0, False)]
)
def test_the_machine_marks_and_the_pass_mark_is_a_rule(cast: Cast, right: int, score: int, passed: bool) -> None:
    bank()
    exam = called(cast)
    begin(exam)
    row = hand_in(exam, right)
    assert (row.right, row.score, row.passed) == (right, score, passed)
    found = Qualification.objects.get(person=row.person)
    assert (found.score, found.passed, found.matter_id) == (score, passed, exam.pk)


def test_half_an_answer_of_several_is_none() -> None:
    question = ExamQuestion(kind="several", key="AC", choices=["甲", "乙", "丙"])
    assert [marked([question], {str(question.pk): given})[0] for given in ("AC", "CA", "A", "ABC", "")] == [
        1,
        1,
        0,
        0,
        0,
    ]


def test_answers_are_sealed_from_everybody_but_the_auditor(cast: Cast) -> None:
    """Neither the act nor the record says what was ticked; the office cannot open it."""
    bank()
    exam = called(cast)
    paper = begin(exam).paper
    hand_in(exam, 20)
    made = Act.objects.get(matter=exam, step="hand_in")
    assert list(made.data["answers"]) == ["sealed"]
    assert paper[0] not in str(made.data)
    with pytest.raises(Refused):
        open_sealed(Matter.objects.get(pk=exam.pk), "answers", by=cast["office"], reason="想看")
    opened = open_sealed(Matter.objects.get(pk=exam.pk), "answers", by=cast["auditor"], reason="复核")
    assert opened is not None
    assert paper[0] in opened


def test_answers_after_the_time_are_not_marked_and_an_empty_paper_is_none(cast: Cast, wall: Wall) -> None:
    bank()
    exam = called(cast)
    begin(exam)
    wall.clock.shift(60 * 60 * 3)
    with pytest.raises(Refused, match="考试时间已到"):
        hand_in(exam, 25)
    wall.pass_days(4)
    docket.run_clocks(cast.congress.pk)
    row = LawExam.objects.get(matter=exam)
    assert (Matter.objects.get(pk=exam.pk).state, row.score, row.passed) == ("marked", 0, False)


def test_one_resit_with_another_paper_and_then_no_more(cast: Cast) -> None:
    """Who fails the resit too may not be put forward (APP-03); how many resits is the congress's rule."""
    bank(60)
    exam = called(cast)
    first = begin(exam).paper
    hand_in(exam, 3)
    take(cast, exam, "office", "resit", {})
    assert begin(exam).paper != first
    hand_in(exam, 3)
    with pytest.raises(Refused, match="补考仍不及格"):
        take(cast, exam, "office", "resit", {})
    set_option(cast, "option.exam_resits", 2)
    take(cast, exam, "office", "resit", {})
    begin(exam)
    assert hand_in(exam, 20).passed
    with pytest.raises(Refused, match="已经及格"):
        take(cast, exam, "office", "resit", {})


def test_a_result_holds_for_the_term(cast: Cast) -> None:
    """Who passed is not called again in the term; in another term she is."""
    bank()
    exam = called(cast)
    begin(exam)
    hand_in(exam, 20)
    act = add(cast, draft(cast), "appoint", "judge", "林知")
    with pytest.raises(Refused, match="成绩有效"):
        take(cast, act, "office", "examine", {})
    Qualification.objects.update(term=_earlier_term(cast))
    take(cast, act, "office", "examine", {})


def _earlier_term(cast: Cast) -> Any:
    from datetime import date

    from openrenda.people.models import Term

    return Term.objects.create(number=4, since=date(2017, 1, 1), until=date(2021, 12, 31))
