"""Time as an actor: what runs out is taken, what is near is said, and twice a day is as good as once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openrenda import docket
from openrenda.docket.models import Act, Matter, OutboxEntry, RunningClock
from openrenda.docket.time import REMINDER
from openrenda.rulebook import set_local_value

from .stage import Stage, noon

MARCH = date(2026, 3, 2)


def reminders(key: str) -> list[tuple[int, list[str]]]:
    """The distances at which reminders of a clock were written, and to whom."""
    rows = OutboxEntry.objects.filter(kind=REMINDER).order_by("created_at", "id")
    return [(row.detail["distance"], row.offices) for row in rows if row.detail["clock"] == key]


def test_a_clock_takes_its_step_the_day_after_the_due_day(stage: Stage) -> None:
    matter = stage.answered(noon(MARCH))
    due = RunningClock.objects.get(key="judge").due_on
    docket.run_clocks(stage.congress.pk, due)
    assert Matter.objects.get(pk=matter.pk).state == "answered"
    assert docket.run_clocks(stage.congress.pk, due + timedelta(days=1)) >= 1
    act = Act.objects.get(step="lapse")
    assert (act.seat, act.office, act.account) == ("the_clock", "the_clock", None)
    assert Matter.objects.get(pk=matter.pk).state == "closed"
    assert OutboxEntry.objects.get(act=act).offices == ["author"]


@pytest.mark.parametrize("days", range(0, 120, 8))
def test_a_second_run_on_the_same_day_changes_nothing(stage: Stage, days: int) -> None:
    stage.open(noon(MARCH))
    stage.held(noon(MARCH))
    stage.answered(noon(MARCH))
    day = MARCH + timedelta(days=days)
    docket.run_clocks(stage.congress.pk, day)
    counts = Act.objects.count(), OutboxEntry.objects.count()
    assert docket.run_clocks(stage.congress.pk, day) == 0
    assert (Act.objects.count(), OutboxEntry.objects.count()) == counts


def test_reminders_go_out_once_at_each_distance_and_once_when_late(stage: Stage) -> None:
    """At ten and three working days, as the option says, and when the day has passed."""
    stage.held(noon(MARCH))
    due = RunningClock.objects.get(key="reply").due_on
    for back in range(40, -20, -1):
        docket.run_clocks(stage.congress.pk, due - timedelta(days=back))
    assert reminders("reply") == [(10, ["organ"]), (3, ["organ"]), (-1, ["organ"])]


def test_a_worker_that_slept_reminds_at_the_nearest_distance_only(stage: Stage) -> None:
    stage.held(noon(MARCH))
    due = RunningClock.objects.get(key="reply").due_on
    docket.run_clocks(stage.congress.pk, due)
    assert reminders("reply") == [(3, ["organ"])]


def test_the_distances_are_the_congress_s_own(stage: Stage) -> None:
    stage.held(noon(MARCH))
    set_local_value(stage.congress, "option.reminder_days", [1], basis="主任会议纪要", set_by="某人")
    due = RunningClock.objects.get(key="reply").due_on
    for back in range(30, -1, -1):
        docket.run_clocks(stage.congress.pk, due - timedelta(days=back))
    assert [distance for distance, _ in reminders("reply")] == [1]


def test_an_extended_clock_reminds_again_before_its_new_day(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    due = RunningClock.objects.get(key="reply").due_on
    docket.run_clocks(stage.congress.pk, due)
    stage.take(matter, "clerk", "extend", noon(due))
    docket.run_clocks(stage.congress.pk, due)
    assert len(reminders("reply")) == 1
    docket.run_clocks(stage.congress.pk, RunningClock.objects.get(key="reply").due_on)
    assert len(reminders("reply")) == 2


def test_floors_rights_paused_and_stopped_clocks_remind_nobody(stage: Stage) -> None:
    matter = stage.held(noon(MARCH))
    stage.take(matter, "organ", "suspend", noon(MARCH))
    announced = stage.open(noon(MARCH))
    stage.take(announced, "clerk", "announce", noon(MARCH))
    for ahead in (0, 10, 90, 120):
        docket.run_clocks(stage.congress.pk, MARCH + timedelta(days=ahead))
    assert {row.detail["clock"] for row in OutboxEntry.objects.filter(kind=REMINDER)} == {"hand"}


def test_a_paused_clock_takes_no_step(stage: Stage) -> None:
    matter = stage.answered(noon(MARCH))
    RunningClock.objects.filter(key="judge").update(paused_on=MARCH)
    docket.run_clocks(stage.congress.pk, MARCH + timedelta(days=200))
    assert Matter.objects.get(pk=matter.pk).state == "answered"
