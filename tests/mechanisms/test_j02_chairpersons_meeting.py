"""J02 主任会议: what its items, decisions and attendance need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.activities.chairpersons_meeting import KINDS
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.figures import evidence, in_year, read
from openrenda.figures.counters import kinds
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from . import supervising
from .stage import chain, take
from .supervising import after, item, meeting, today
from .test_d12 import define, named


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    supervising.people(cast)


def decide(cast: Cast, held: Matter, title: str) -> None:
    """The department of roads is to see to it."""
    take(cast, held, "office", "decide", {"item": str(item(held, title=title).pk), "text": f"同意{title}。",
                                          "organ": cast.organs["roads"].pk, "due_on": after(30)})  # fmt: skip


def test_1_items_are_of_kinds_and_each_decision_leads_to_its_next_step(cast: Cast) -> None:
    """Must (1): the key list puts suggestions under supervision (B08); every other decision is a task of its owner."""
    assert {"agenda", "hearing", "key_list", "inquiry", "plan"} <= {key for key, _label in KINDS}
    held = meeting(cast, ("agenda", "第二次会议议程草案"), ("inquiry", "道路养护询问提纲"))
    for title in ("第二次会议议程草案", "道路养护询问提纲"):
        decide(cast, held, title)
    tasks = list(Matter.objects.filter(procedure="task", parent=held).order_by("id"))
    assert [task.title for task in tasks] == ["第二次会议议程草案", "道路养护询问提纲"]
    assert all(docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists() for task in tasks)
    assert ("产生", address(tasks[0])) in chain(cast, held, "office")
    take(cast, tasks[0], "roads_clerk", "report", {"result": "已报送草案。"})
    take(cast, tasks[0], "office", "accept")
    assert "已报送草案。" in text(seat(cast, "leader").get(address(held)))


def test_2_decisions_are_numbered_with_owner_and_date(cast: Cast) -> None:
    """Must (2): the meeting has its number in the year, each decision its own in the meeting."""
    first, second = (
        meeting(cast, ("plan", "代表工作计划"), ("hearing", "听取办理情况")),
        meeting(cast, ("other", "其他")),
    )
    year = timezone.localdate().year
    assert [first.number, second.number] == [f"〔{year}〕第{number}次主任会议" for number in (1, 2)]
    for title in ("听取办理情况", "代表工作计划"):
        decide(cast, first, title)
    rows = [item(first, number=number) for number in (1, 2)]
    assert [row.title for row in rows] == ["听取办理情况", "代表工作计划"]
    assert {(row.owner_name, row.decided_on, row.due_on.isoformat()) for row in rows} == {
        ("区交通运输局", timezone.localdate(), after(30))
    }
    page = text(seat(cast, "leader").get(address(first)))
    assert "决定第1号" in page
    assert "决定第2号" in page
    take(cast, second, "office", "put_off", {"item": str(item(second).pk), "reason": "材料不齐"})
    take(cast, second, "office", "close")
    assert "材料不齐" in text(seat(cast, "leader").get(address(second)))


def test_3_attendance_and_leave_are_kept(cast: Cast) -> None:
    """Must (3): nobody is both, and leave has its reason; nothing is recorded ahead of the day."""
    data = {"held_on": after(5), "place": "常委会会议室"}
    held = docket.open_matter("chairpersons-meeting", "call", by=cast["office"], data=data).matter
    take(cast, held, "office", "add_item", {"kind": "plan", "title": "计划"})
    with pytest.raises(Refused, match="当天或者以后再登记"):
        take(cast, held, "office", "attend", {"members": [cast.seats["leader"].pk]})
    take(cast, held, "office", "change", {**data, "held_on": today()})
    both = {"members": [cast.seats["leader"].pk], "on_leave": [cast.seats["leader"].pk], "leave_reason": "出差"}
    for wrong in (both, {"on_leave": [cast.seats["vice"].pk]}):
        with pytest.raises(Incomplete):
            take(cast, held, "office", "attend", wrong)
    take(cast, held, "office", "attend", {**both, "on_leave": [cast.seats["vice"].pk]})
    rows = {row.name: (row.attendance, row.note) for row in held.participants.all()}
    assert rows == {cast["leader"].name: ("present", ""), "副主任顾言": ("leave", "出差")}
    assert "出差" in text(seat(cast, "office").get(address(held)))


def test_4_meetings_are_counted_by_their_own_day(cast: Cast) -> None:
    """Must (4), the counter: those that were held; one that is only called or was cancelled is none."""
    meeting(cast, ("hearing", "听取办理情况"))
    decide(cast, Matter.objects.latest("id"), "听取办理情况")
    called = docket.open_matter(
        "chairpersons-meeting", "call", by=cast["office"], data={"held_on": today(), "place": "会议室"}
    ).matter
    take(cast, called, "office", "cancel", {"reason": "并入下次"})
    year = timezone.localdate().year
    period = in_year(year, date(year, 12, 31))
    assert [read(figure(f"{key}"), period).part for key in ("chairpersons_meetings", "meeting_hearings")] == [1, 1]


def test_4_reports_heard_enter_a_pooled_counter_when_its_definition_says_so(cast: Cast) -> None:
    """Must (4), D12: two reports of one meeting are two records, each with a page of its own; other items are none."""
    held = meeting(cast, ("hearing", "听取办理情况"), ("hearing", "听取养护情况"), ("plan", "工作计划"))
    for title in ("听取办理情况", "听取养护情况", "工作计划"):
        decide(cast, held, title)
    heard = "figure:chairpersons-meeting.meeting_hearings"
    assert heard in dict(kinds())
    counted = define(cast, "heard", "step:chairpersons-meeting:attend", heard)
    year = in_year(timezone.localdate().year, timezone.localdate())
    assert read(named("heard"), year).part == 3
    docket.act(counted, "amend", by=cast["office"], data={"kinds": [heard], "since": today()})
    assert read(named("heard"), year).part == 2
    listed = set(evidence(named("heard"), year, "part").values_list("matter__title", flat=True))
    assert listed == {"听取办理情况", "听取养护情况"}
    docket.act(
        counted, "amend", by=cast["office"], data={"kinds": ["step:chairpersons-meeting:attend"], "since": today()}
    )
    assert read(named("heard"), year).part == 1


def test_a_meeting_without_items_is_not_held(cast: Cast) -> None:
    held = docket.open_matter(
        "chairpersons-meeting", "call", by=cast["office"], data={"held_on": today(), "place": "会议室"}
    ).matter
    with pytest.raises(Refused, match="还没有议题"):
        take(cast, held, "office", "attend", {"members": [cast.seats["leader"].pk]})


def decisions(cast: Cast, held: Matter) -> tuple[Any, str]:
    """The offer to record a decision, and its form as a page."""
    offers = docket.offers(Situation(Matter.objects.get(pk=held.pk), cast["office"]))
    return next(row for row in offers if row.step.key == "decide"), text(
        seat(cast, "office").get(address(held, "decide"))
    )


def test_a_key_list_for_which_there_is_nothing_says_why_and_what_to_do(cast: Cast) -> None:
    """Nothing was received yet: the step says so in the place of a list without rows; put off, the meeting is concluded."""
    held = meeting(cast, ("key_list", "年度重点督办建议名单"))
    offer, page = decisions(cast, held)
    assert not offer.live
    for words in ("还没有接收过代表建议", "阅看并接收建议", "暂不决定"):
        assert words in offer.reasons[0]
        assert words in page
    take(cast, held, "office", "put_off", {"item": str(item(held).pk), "reason": "还没有收到建议"})
    take(cast, held, "office", "close")


def test_a_suggestion_on_this_years_key_list_is_not_offered_again(cast: Cast) -> None:
    """With it all are listed; another one is offered as soon as it is received."""
    way = supervising.in_session(cast)
    supervising.key_list(cast, way.matter)
    held = meeting(cast, ("key_list", "增列名单"))
    offer, _page = decisions(cast, held)
    assert "都已经列入本年度重点督办" in offer.reasons[0]
    other = supervising.in_session(cast, title="关于增设社区食堂的建议")
    offer, page = decisions(cast, held)
    assert offer.live
    assert str(other.matter.pk) in page
    assert str(way.matter.pk) not in page


def test_beside_an_empty_key_list_other_items_are_decided(cast: Cast) -> None:
    """The list is left out with the reason; an item of another kind is not asked for suggestions."""
    held = meeting(cast, ("key_list", "年度重点督办建议名单"), ("plan", "工作计划"))
    offer, page = decisions(cast, held)
    assert offer.live
    assert "还没有接收过代表建议" in page
    assert f'value="{item(held, kind="plan").pk}"' in page
    assert str(item(held, kind="key_list").pk) not in page
    decide(cast, held, "工作计划")
    assert item(held, kind="plan").outcome == "decided"
