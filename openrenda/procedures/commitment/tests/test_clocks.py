"""The promised day: nothing but consent moves it, and what stopped its clock without holding does not reset the lamp."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openrenda import docket
from openrenda.docket.models import RunningClock
from openrenda.docket.refusals import Refusal
from tests.cast import Cast
from tests.mechanisms.conftest import Wall
from tests.promises import DENIED, REPORT, SATISFIED, Promised, in_days
from tests.properties import few_examples

MOVES: dict[str, tuple[str, Any]] = {
    "progress": ("roads_clerk", lambda told: {"progress": "在办。"}),
    "ask_postponement": ("roads_office", lambda told: {"due_on": later(told), "reason": "雨季。"}),
    "say_on_postponement": ("chen", lambda told: {"agrees": "no"}),
    "grant": ("office", lambda told: {"due_on": later(told)}),
    "refuse": ("office", lambda told: {"reason": "没有理由。"}),
    "report": ("roads_clerk", lambda told: {**REPORT, "kept_on": in_days(0)}),
    "confirm": ("chen", lambda told: SATISFIED),
    "deny": ("chen", lambda told: DENIED),
    "reopen": ("chen", lambda told: {"reason": "没有做完。"}),
    "pass_word": ("office", lambda told: None),
}


def later(told: Promised) -> str:
    """A week after the day that holds, or after today."""
    return (max(told.record.due_on, timezone.localdate()) + timedelta(days=7)).isoformat()


@few_examples()
@given(moves=st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 40)), min_size=4, max_size=14))
def test_only_consent_moves_the_day_and_only_later(cast: Cast, wall: Wall, moves: list[tuple[str, int]]) -> None:
    told = Promised(cast, ("装好护栏", 30))
    first, granted = told.record.due_on, 0
    for step, days in moves:
        wall.pass_days(days)
        docket.run_clocks(cast.congress.pk)
        before = told.record.due_on
        who, typed = MOVES[step]
        try:
            told.take(who, step, typed(told))
        except Refusal:
            assert told.record.due_on == before
            continue
        granted += step == "grant"
        after = told.record.due_on
        assert (after > before) if step == "grant" else (after == before), step
        the_lamp_is_right(told, first)
    assert told.record.postponed == granted
    assert told.record.first_due_on == first


def the_lamp_is_right(told: Promised, first: date) -> None:
    """While the organ owes it, the clock counts to the day that holds; every day that ever held has a clock of its own."""
    clocks = list(RunningClock.objects.filter(matter=told.pk, key="due"))
    running = [row for row in clocks if row.stopped_on is None]
    owed = told.state in ("open", "later", "not_kept")
    assert [row.due_on for row in running] == ([told.record.due_on] if owed else [])
    assert len(clocks) == told.record.postponed + 1
    assert min(row.due_on for row in clocks) == first
    if owed:
        assert told.matter.due_on is not None
        assert told.matter.due_on <= told.record.due_on


def test_overdue_four_hundred_days_stays_overdue_whatever_is_written(cast: Cast, wall: Wall) -> None:
    told = Promised(cast, ("装好护栏", 5))
    due = told.record.due_on
    wall.pass_days(405)
    told.take("roads_clerk", "progress", {"progress": "正在抓紧。"})
    told.take("roads_office", "ask_postponement", {"due_on": in_days(10), "reason": "还要十天。"})
    told.take("office", "refuse", {"reason": "已经逾期四百天。"})
    told.reported().take("chen", "deny", DENIED)
    assert told.matter.due_on == due
    assert (timezone.localdate() - told.matter.due_on).days == 400


def test_the_yearly_round_is_for_this_and_last_year(chongqing: Cast, wall: Wall) -> None:
    """重庆24(2): opened in the fourth quarter for each promise of the year and of the year before, and not after."""
    told = Promised(chongqing, ("装好护栏", 700))
    for year, expected in ((2026, True), (2027, True), (2028, False)):
        wall.pass_days((date(year, 10, 2) - timezone.localdate()).days)
        docket.run_clocks(chongqing.congress.pk)
        open_now = RunningClock.objects.filter(matter=told.pk, key="yearly", stopped_on=None).first()
        assert bool(open_now) is expected, year
        if open_now:
            assert open_now.due_on == date(year, 12, 31)
            assert docket.inbox(chongqing["roads_clerk"]).filter(pk=told.pk).exists()
            told.take("roads_clerk", "tell_deputies", {"progress": "仍在施工。"})


def test_a_promise_made_in_the_fourth_quarter_is_told_of_this_year(chongqing: Cast, wall: Wall) -> None:
    wall.pass_days((date(2026, 11, 3) - timezone.localdate()).days)
    told = Promised(chongqing, ("装好护栏", 400))
    assert RunningClock.objects.get(matter=told.pk, key="yearly").due_on == date(2026, 12, 31)
    told.take("roads_clerk", "tell_deputies", {"progress": "刚开始。"})
    docket.run_clocks(chongqing.congress.pk)
    assert not RunningClock.objects.filter(matter=told.pk, key="yearly", stopped_on=None).exists()
    wall.pass_days((date(2027, 10, 2) - timezone.localdate()).days)
    docket.run_clocks(chongqing.congress.pk)
    assert RunningClock.objects.get(matter=told.pk, key="yearly", stopped_on=None).due_on == date(2027, 12, 31)
