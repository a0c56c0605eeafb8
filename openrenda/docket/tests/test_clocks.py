"""Clocks: when they start, what moves their due day, and who is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from openrenda.docket import clocks
from openrenda.docket.language import Clock, Step
from openrenda.docket.models import Matter, RunningClock
from openrenda.docket.refusals import Refused
from openrenda.docket.situation import Situation
from openrenda.rulebook import Book, Rule, book_for, set_local_value
from openrenda.tenancy import uuid7
from tests.properties import few_examples

from .stage import CLERK, HELD, LETTER, OPENED, Stage, noon, registered

MARCH = date(2026, 3, 2)  # a Monday
BEGIN, END, AGAIN = (Step(key, key, OPENED, None, CLERK, "REP-05") for key in ("begin", "end", "again"))


def rule(limit: str, value: int | None, unit: str) -> Rule:
    """A rule of an invented book."""
    return Rule(id="T-01", title="试", title_en="", kind="practice", limit=limit, value=value, unit=unit)


def situation_under(stage: Stage, one: Rule, clock: Clock, **data: str) -> Situation:
    """A held letter of a procedure with one clock, under a book with one more rule."""
    book = book_for(stage.congress)
    steps = (*LETTER.steps, BEGIN, END, AGAIN)
    table = replace(LETTER, key="timed", steps=steps, clocks=(clock,))
    matter = Matter(congress_id=stage.congress.pk, procedure="timed", state=OPENED.key, opened_on=MARCH)
    situation = Situation(matter, stage.clerk, at=noon(MARCH), new=True)
    situation.book = Book(book.packs, [*book.rules(), one], book.options())
    situation.data = data
    with registered(table):
        clocks.turn(situation, BEGIN)
    return situation


CLOCK = Clock("one", "期限", "T-01", ("begin",), ("end",), CLERK)


@pytest.mark.parametrize(
    ("limit", "value", "unit", "due"),
    [
        ("at_most", 3, "month", date(2026, 6, 2)),
        ("at_most", 10, "working_day", date(2026, 3, 16)),
        ("at_most", 5, "day", date(2026, 3, 9)),  # the 7th is a Saturday: 民法典第二百零三条
        ("at_least", 30, "day", date(2026, 4, 1)),
    ],
)
def test_a_limit_counts_from_the_day_after_the_step(stage: Stage, limit: str, value: int, unit: str, due: date) -> None:
    situation = situation_under(stage, rule(limit, value, unit), CLOCK)
    (row,) = situation.clocks
    assert (row.started_on, row.due_on, row.limit) == (MARCH, due, limit)


def test_a_limit_before_a_meeting_counts_back_from_the_day_in_the_form(stage: Stage) -> None:
    """CAL-05: the meeting's first day is not counted."""
    situation = situation_under(
        stage, rule("before_meeting", 20, "day"), replace(CLOCK, anchor="meeting"), meeting="2026-04-30"
    )
    assert situation.clocks[0].due_on == date(2026, 4, 10)


def test_no_clock_runs_where_the_rule_names_no_number(stage: Stage) -> None:
    """及时: without a number nobody can be late."""
    assert situation_under(stage, rule("none", None, "none"), CLOCK).clocks == []


def test_a_day_typed_in_the_form_is_the_due_day_but_never_before_the_start(stage: Stage) -> None:
    until = replace(CLOCK, until="day")
    one = rule("none", None, "none")
    assert situation_under(stage, one, until, day="2026-03-20").clocks[0].due_on == date(2026, 3, 20)
    assert situation_under(stage, one, until, day="2026-01-01").clocks[0].due_on == MARCH


def test_a_clock_starts_only_where_its_fact_and_its_option_hold(stage: Stage) -> None:
    one = rule("at_most", 3, "month")
    assert situation_under(stage, one, replace(CLOCK, applies=lambda s: False)).clocks == []
    assert len(situation_under(stage, one, replace(CLOCK, applies=lambda s: True)).clocks) == 1
    assert situation_under(stage, one, replace(CLOCK, only_if=("option.street_review", False))).clocks == []
    assert len(situation_under(stage, one, replace(CLOCK, only_if=("option.street_review", True))).clocks) == 1


def test_the_reply_clock_starts_on_the_day_of_assignment_not_of_receipt(stage: Stage) -> None:
    """代表法第五十一条第二款: 自交办之日起三个月内 (trap 1)."""
    matter = stage.open(noon(MARCH))
    assert not RunningClock.objects.filter(key="reply").exists()
    stage.take(matter, "clerk", "hand", noon(MARCH + timedelta(days=20)), organ=stage.holder("organ"))
    clock = RunningClock.objects.get(key="reply")
    assert (clock.started_on, clock.due_on) == (date(2026, 3, 22), date(2026, 6, 22))


@pytest.mark.parametrize("days", [0, 30, 91, 150])
def test_an_extension_reaches_six_months_from_assignment_whenever_it_is_granted(stage: Stage, days: int) -> None:
    """代表法第五十一条第二款: 自交办之日起六个月内; a late extension gives not a day more."""
    matter = stage.held(noon(MARCH))
    stage.take(matter, "clerk", "extend", noon(MARCH + timedelta(days=days)))
    clock = RunningClock.objects.get(key="reply")
    assert (clock.due_on, clock.extended) == (date(2026, 9, 2), True)
    stage.take(matter, "clerk", "extend", noon(MARCH + timedelta(days=days)))
    assert RunningClock.objects.get(key="reply").due_on == date(2026, 9, 2)
    assert Matter.objects.get(pk=matter.pk).due_on == date(2026, 9, 2)


def test_what_an_extension_would_give_is_shown_before_it_is_granted(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    situation = Situation(matter, stage.clerk, at=noon(MARCH))
    assert clocks.would_be_due(situation, matter.table.step("extend")) == date(2026, 9, 2)
    assert clocks.would_be_due(situation, matter.table.step("suspend")) is None


def test_a_running_clock_keeps_the_rules_it_started_under(stage: Stage) -> None:
    """A changed value moves new clocks, not running ones."""
    early = stage.open(noon(MARCH))
    set_local_value(stage.congress, "SUG-07.assign", 5, basis="主任会议纪要", set_by="某人")
    late = stage.open(noon(MARCH))
    due = {clock.matter_id: clock for clock in RunningClock.objects.filter(key="hand")}
    assert due[early.pk].due_on == date(2026, 3, 16)
    assert due[late.pk].due_on == date(2026, 3, 9)
    assert due[early.pk].rulebook != due[late.pk].rulebook


def test_an_extension_counts_by_the_rulebook_the_clock_started_under(stage: Stage) -> None:
    table = replace(
        LETTER, key="stretched",
        clocks=(replace(CLOCK, rule="SUG-07.assign", starts=("open",), stops=("hand",), extends=(("note", "SUG-07.contact"),)),),
    )  # fmt: skip
    with registered(table):
        from openrenda import docket

        matter = docket.open_matter("stretched", "open", by=stage.writer, data={"title": "甲"}, at=noon(MARCH)).matter
        set_local_value(stage.congress, "SUG-07.contact", 40, basis="主任会议纪要", set_by="某人")
        stage.take(matter, "clerk", "note", noon(MARCH), text="延")
    assert RunningClock.objects.get(key="one").due_on == date(2026, 3, 30)  # twenty working days, not forty


def test_a_pause_keeps_what_was_left(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    stage.take(matter, "organ", "suspend", noon(MARCH + timedelta(days=10)))
    clock = RunningClock.objects.get(key="reply")
    assert not clock.running
    assert clock.days_late(date(2027, 1, 1)) == 0
    assert Matter.objects.get(pk=matter.pk).due_on is None
    stage.take(matter, "organ", "resume", noon(MARCH + timedelta(days=17)))
    assert RunningClock.objects.get(key="reply").due_on == date(2026, 6, 9)
    assert Matter.objects.get(pk=matter.pk).due_on == date(2026, 6, 9)


@few_examples()
@given(before=st.integers(0, 10), pause=st.integers(0, 60))
def test_a_pause_in_working_days_leaves_as_many_working_days(stage: Stage, before: int, pause: int) -> None:
    """Three working days left on Friday are three working days left a month later, whatever holidays lie between."""
    clock = replace(CLOCK, pauses=("end",), resumes=("again",), stops=())
    situation = situation_under(stage, rule("at_most", 10, "working_day"), clock)
    calendar, (row,) = situation.book.calendar, situation.clocks
    paused_on = calendar.add_working_days(MARCH, before)
    for step, day in ((END, paused_on), (AGAIN, paused_on + timedelta(days=pause))):
        situation.at = noon(day)
        clocks._turn_running(row, clock, step, situation)
    assert row.running
    assert calendar.working_days_between(situation.today, row.due_on) == 10 - before


def test_whoever_was_late_when_the_clock_was_paused_stays_as_late(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    stage.take(matter, "organ", "suspend", noon(date(2026, 6, 12)))
    clock = RunningClock.objects.get(key="reply")
    assert clock.days_late(date(2026, 12, 31)) == 10
    stage.take(matter, "organ", "resume", noon(date(2026, 7, 1)))
    assert RunningClock.objects.get(key="reply").days_late(date(2026, 7, 1)) == 10


def test_stopping_a_paused_clock_does_not_count_the_pause(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    stage.take(matter, "organ", "suspend", noon(date(2026, 5, 1)))
    stage.take(matter, "organ", "answer", noon(date(2026, 8, 1)), text="好")
    assert RunningClock.objects.get(key="reply").days_late(date(2026, 12, 31)) == 0


def test_a_floor_bars_the_step_until_it_has_run_and_makes_nobody_late(stage: Stage) -> None:
    """不得少于: the last day is still barred, the due day is free."""
    matter = stage.open(noon(MARCH))
    stage.take(matter, "clerk", "announce", noon(MARCH))
    floor = RunningClock.objects.get(key="comment")
    assert floor.due_on == date(2026, 3, 4)
    assert Matter.objects.get(pk=matter.pk).due_on == RunningClock.objects.get(key="hand").due_on
    organs = str(stage.holder("organ"))
    with pytest.raises(Refused, match="公告期未满：2026年3月4日后"):
        stage.take(matter, "clerk", "divide", noon(date(2026, 3, 3)), organs=organs)
    assert floor.days_late(date(2027, 1, 1)) == 0
    stage.take(matter, "clerk", "divide", noon(date(2026, 3, 4)), organs=organs)


def test_a_clock_stopped_and_started_by_the_same_step_begins_anew(stage: Stage) -> None:
    matter = stage.open(noon(MARCH))
    for day in (2, 9):
        stage.take(matter, "clerk", "announce", noon(date(2026, 3, day)))
    rows = RunningClock.objects.filter(key="comment").order_by("started_on")
    assert [(row.started_on.day, row.stopped_on and row.stopped_on.day) for row in rows] == [(2, 9), (9, None)]


def test_a_right_that_lapses_makes_nobody_late_and_presses_nobody(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    right = RunningClock.objects.get(key="decline")
    assert right.due_on == date(2026, 3, 16)
    assert right.days_late(date(2027, 1, 1)) == 0
    assert Matter.objects.get(pk=matter.pk).due_on == RunningClock.objects.get(key="reply").due_on


def test_due_on_is_the_nearest_running_clock_or_nothing(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    assert Matter.objects.get(pk=matter.pk).due_on == date(2026, 6, 2)
    stage.take(matter, "organ", "answer", noon(date(2026, 4, 1)), text="好")
    judge = RunningClock.objects.get(key="judge")
    assert Matter.objects.get(pk=matter.pk).due_on == judge.due_on
    stage.take(matter, "writer", "accept", noon(date(2026, 4, 2)))
    assert Matter.objects.get(pk=matter.pk).due_on is None


@pytest.mark.parametrize(("day", "late", "left"), [(1, 0, 1), (2, 0, 0), (3, 1, -1), (12, 10, -10)])
def test_lateness_is_computed_from_the_day_after_the_due_day(day: int, late: int, left: int) -> None:
    clock = RunningClock(congress_id=uuid7(), limit="at_most", started_on=MARCH, due_on=date(2026, 6, 2))
    assert clock.days_late(date(2026, 6, day)) == late
    assert clock.days_left(date(2026, 6, day)) == left


def test_a_step_late_in_the_evening_belongs_to_the_congress_s_own_day(stage: Stage) -> None:
    """17:00 UTC is 01:00 of the next day in Asia/Shanghai."""
    with time_machine.travel("2026-03-02T17:00:00Z", tick=False):
        stage.open()
    assert RunningClock.objects.get().started_on == date(2026, 3, 3)


def test_held_is_timed_and_waiting_says_why_not() -> None:
    from openrenda.docket.checks import states_where_running

    reply = next(clock for clock in LETTER.clocks if clock.key == "reply")
    assert states_where_running(LETTER, reply) == {HELD.key}
