"""B01 议案建议全链条机制. The stage 督 is shown where supervision hangs on the suggestion (B06 to B09)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.language import HISTORY, THE_CLOCK, THE_KIN
from openrenda.docket.models import Matter, RunningClock
from openrenda.docket.situation import Situation
from openrenda.people.models import Session, Term
from openrenda.procedures.suggestion import PROCEDURE
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import Cast

from .conftest import Wall
from .stage import chain, page, replied, take

STAGES = [key for key, _label in PROCEDURE.stages if any(state.stage == key for state in PROCEDURE.states)]
LAST = STAGES[-1]


def test_1_stages_come_in_order_each_act_with_actor_time_and_article(cast: Cast, wall: Wall) -> None:
    """Must (1)."""
    way = Way(cast).judged()
    reached = [stage["date"] for stage in page(cast, way.matter, "office")["stages"]]
    assert reached == sorted(reached)
    for entry in page(cast, way.matter, "office")["acts"]:
        assert entry["actor"]
        assert entry["when"]
        assert entry["article"]


def test_1_no_stage_is_skipped_without_a_recorded_reason(cast: Cast) -> None:
    """Must (1): whoever ends a suggestion before it was judged, or jumps a stage, writes why."""
    for step in PROCEDURE.steps:
        if set(step.offices) <= {THE_CLOCK, THE_KIN, HISTORY} or step.target is None:
            continue
        for source in step.sources:
            ahead = STAGES.index(step.target.stage) - STAGES.index(source.stage)
            ended_early = step.target.final and source.stage != LAST
            if ahead > 1 or ended_early:
                required = [name for name, field in step.records.base_fields.items() if field.required]
                assert {"reason", "outcome"} & set(required), step.key


def number_series(matter: Matter, actor: Actor) -> str:
    """The series that the matter's number is taken from."""
    numbering = next(step.numbers for step in matter.table.steps if step.numbers and step.source)
    return numbering.series(Situation(matter, actor))


@pytest.mark.parametrize(("setting", "missing"), [(5, set()), (4, {"交"})])
def test_2_the_number_of_stages_is_a_setting(cast: Cast, setting: int, missing: set[str]) -> None:
    """Must (2): with four, handing over is part of handling; the same table and the same acts."""
    resolution.set_local_value(cast.congress, "option.stages", setting, basis="主任会议决定", set_by="office")
    resolution.forget()
    way = Way(cast).received()
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    shown = page(cast, way.matter, "office")["stages"]
    assert {"提", "交", "办", "评"} - {stage["label"] for stage in shown} == missing
    assert [stage["status"] for stage in shown].count("current") == 1


def test_3_days_spent_in_each_stage_and_the_deadline_are_shown(cast: Cast, wall: Wall) -> None:
    """Must (3)."""
    way = Way(cast)
    wall.pass_days(2)
    way.received()
    wall.pass_days(3)
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    way.take("roads_clerk", "sign_for")
    wall.pass_days(20)
    shown = page(cast, way.matter, "chen")
    assert [stage["note"] for stage in shown["stages"]] == ["用时 2 天", "用时 3 天", "用时 20 天", ""]
    assert {clock["label"] for clock in shown["clocks"]} >= {"答复期限", "联系期限"}
    assert all(clock["due"] for clock in shown["clocks"])


def test_4_a_bill_turned_into_a_suggestion_keeps_its_number_history(cast: Cast) -> None:
    """Must (4): two types; the bill keeps its number, the suggestion gets its own and names the bill's."""
    today = timezone.localdate()
    Session.objects.create(term=Term.objects.get(), number=2, since=today, until=today + timedelta(days=4))
    bill = docket.open_matter(
        "bill", "draft", by=cast["chen"], data={"title": "关于制定决定的议案", "grounds": "案据", "plan": "方案"}
    ).matter
    Matter.objects.filter(pk=bill.pk).update(state="submitted", number="议案第1号", series="bill:test")
    assert number_series(bill, cast["chen"]) != number_series(Way(cast).matter, cast["chen"])
    take(cast, bill, "office", "convert", {"decision": "不作为议案处理"})
    made = Matter.objects.get(procedure="suggestion", state="received")
    assert (Matter.objects.get(pk=bill.pk).number, made.number) == ("议案第1号", "第1号")
    assert ("转自", address(bill)) in chain(cast, made, "chen")
    assert ("转为", address(made)) in chain(cast, bill, "chen")
    take(cast, made, "office", "assign", {"organ": cast.organs["roads"].pk})
    shown = text(seat(cast, "roads_clerk").get(address(made)))
    assert "原议案编号" in shown
    assert "议案第1号" in shown


def test_5_a_judgement_below_the_line_returns_it_to_handling_with_a_new_deadline(cast: Cast, wall: Wall) -> None:
    """Must (5)."""
    way = replied(Way(cast).handling(), timezone.localdate().isoformat())
    wall.pass_days(4)
    way.take("chen", "reject", {"attitude": "satisfied", "reasons": "仍然拥堵"})
    assert (way.matter.state, way.matter.state_now.stage) == ("rehandling", "handle")
    clock = RunningClock.objects.get(matter=way.matter, key="redo", stopped_on=None)
    assert clock.started_on == timezone.localdate() < clock.due_on == way.matter.due_on
