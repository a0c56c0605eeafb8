"""B08 重点督办建议."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from . import supervising
from .stage import chain, take
from .supervising import in_session, item, key_list, meeting, plan

CLOSING = {"closing": "停靠区建成。", "problem_answer": "十二所学校同步设置。", "field_answer": "形成护学交通规范。"}


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    supervising.people(cast)


def key(cast: Cast) -> Matter:
    """A key suggestion under its plan."""
    _meeting, [made] = key_list(cast, in_session(cast).matter)
    take(cast, made, "office", "plan", plan(cast))
    return made


@pytest.mark.parametrize("missing", ["leading", "committee", "unit", "plan", "due_on"])
def test_1_a_key_suggestion_has_leader_committee_unit_plan_and_date(cast: Cast, missing: str) -> None:
    """Must (1): none of them may be left out, and there is a time to make the plan."""
    _meeting, [made] = key_list(cast, in_session(cast).matter)
    assert made.due_on is not None
    with pytest.raises(Incomplete) as refused:
        take(cast, made, "office", "plan", {**plan(cast), missing: ""})
    assert missing in refused.value.form.errors
    take(cast, made, "office", "plan", plan(cast))
    record = made.supervision.get()
    assert (record.leading_name, record.committee.name, record.unit_name) == (
        cast["leader"].name, "城建环保工作委员会", "区交通运输局",
    )  # fmt: skip
    assert (record.plan, record.due_on) == ("一月一调度。", timezone.localdate() + timedelta(days=150))
    assert Matter.objects.get(pk=made.pk).due_on == record.due_on


def test_2_it_states_the_class_of_problem_and_the_closing_note_answers_both(cast: Cast) -> None:
    """Must (2)."""
    made = key(cast)
    page = text(seat(cast, "chen").get(address(made)))
    assert "学校周边拥堵" in page
    assert "城市交通治理" in page
    for left_out in ("problem_answer", "field_answer"):
        with pytest.raises(Incomplete):
            take(cast, made, "leader", "close", {**CLOSING, left_out: ""})
    take(cast, made, "leader", "close", CLOSING)
    page = text(seat(cast, "chen").get(address(made)))
    assert "十二所学校同步设置。" in page
    assert "形成护学交通规范。" in page


def test_3_similar_suggestions_are_attached_and_closed_by_their_own_decision(cast: Cast) -> None:
    """Must (3): the key one cannot close before, and closing it moves none of them."""
    made = key(cast)
    similar = in_session(cast, title="关于实验小学门前停车的建议").matter
    take(cast, made, "office", "attach", {"suggestions": [similar.pk]})
    with pytest.raises(Refused, match="不能随重点督办自动了结"):
        take(cast, made, "leader", "close", CLOSING)
    take(
        cast, made, "office", "decide_attached", {"attached": str(similar.pk), "decision": "该校已另行设置，同意了结。"}
    )
    take(cast, made, "leader", "close", CLOSING)
    after = Matter.objects.get(pk=similar.pk)
    assert (after.state, after.closed_on) == ("handling", None)
    assert made.attached.get().decision == "该校已另行设置，同意了结。"
    assert ("并入的重点督办", address(made)) in chain(cast, similar, "chen")
    with pytest.raises(Refused):
        take(cast, made, "office", "attach", {"suggestions": [similar.pk]})


def test_3_only_key_suggestions_have_others_attached(cast: Cast) -> None:
    """Must (3)."""
    ordinary = supervising.led(cast, in_session(cast))
    other = in_session(cast, title="关于修补青石路的建议").matter
    with pytest.raises(Refused, match="只并入重点督办"):
        take(cast, ordinary, "office", "attach", {"suggestions": [other.pk]})


def test_4_the_year_s_list_is_fixed_by_a_dated_decision_of_a_meeting(cast: Cast) -> None:
    """Must (4): nobody opens a key suggestion by hand; the decision and each key suggestion lead to each other."""
    first, second = in_session(cast), in_session(cast, title="关于修补青石路的建议")
    with pytest.raises(Refused):
        docket.open_matter("supervision", "fix_key", by=cast["office"], data=_told(first.matter))
    held, made = key_list(cast, first.matter, second.matter)
    decided = item(held)
    assert (decided.number, decided.decided_on, decided.outcome) == (1, timezone.localdate(), "decided")
    assert [row.supervision.get().subject_id for row in made] == [first.pk, second.pk]
    assert ("由会议决定", address(held)) in chain(cast, made[0], "office")
    assert ("列入重点督办", address(made[0])) in chain(cast, held, "office")
    year = timezone.localdate().year
    assert read(figure("key_suggestions"), in_year(year, date(year, 12, 31))).part == 2
    again = meeting(cast, ("key_list", "补充名单"))
    with pytest.raises(Refused, match="已经列入本年度重点督办"):
        take(cast, again, "office", "decide", _decision(cast, again, [first.pk]))
    in_session(cast, title="关于增设社区食堂的建议")
    with pytest.raises(Incomplete):
        take(cast, again, "office", "decide", _decision(cast, again, []))
    assert "关于修补青石路的建议" in text(seat(cast, "leader").get("/lists/supervision/?form=key"))


def _told(subject: Matter) -> dict[str, Any]:
    return {"title": subject.title, "subject": subject.pk, "level": "district"}


def _decision(cast: Cast, held: Matter, subjects: list[Any]) -> dict[str, Any]:
    return {"item": str(item(held).pk), "text": "同意。", "organ": cast.organs["committee"].pk, "due_on": supervising.after(90),
            "suggestions": subjects}  # fmt: skip
