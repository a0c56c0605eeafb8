"""B07 主任接待日现场督办."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import Cast

from . import supervising
from .conftest import Wall
from .stage import chain, take
from .supervising import after, in_session, reception

pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    supervising.people(cast)


def several(cast: Cast, count: int) -> list[Matter]:
    """Suggestions with a number; how they got it is told elsewhere."""
    first = in_session(cast).matter
    rows = [Way(cast, title=f"关于改善第{number}条道路的建议").received().matter for number in range(1, count)]
    return [first, *rows]


def choose(cast: Cast, day: Matter, chosen: list[Matter], reason: str = "") -> None:
    """Choose suggestions for the site."""
    data: dict[str, Any] = {"suggestions": [matter.pk for matter in chosen], "number_reason": reason}
    take(cast, day, "office", "pick", data)


def settled(cast: Cast, day: Matter, outcome: str, **more: Any) -> None:
    """The first suggestion without an outcome leaves so."""
    row = Item.objects.filter(matter=day, outcome="", kind="on_site").order_by("position").first()
    take(cast, day, "office", "settle", {"item": str(row.pk), "outcome": outcome, "text": "现场说明", **more})


def test_1_one_leader_a_month_and_a_month_without_one_is_flagged(cast: Cast) -> None:
    """Must (1)."""
    march = reception(cast, day="2026-03-20")
    with pytest.raises(Refused, match="每月一位"):
        reception(cast, day="2026-03-27", leader="vice")
    reception(cast, day="2026-03-27")
    reception(cast, day="2026-04-10", leader="vice")
    without = reception(cast, day="2026-05-08", leader="")
    with pytest.raises(Refused, match="没有确定接待领导"):
        take(cast, without, "office", "hold", {})
    page = text(seat(cast, "leader").get("/reception-days/?year=2026"))
    assert "没有确定接待领导的月份" in page
    assert "1、2、5、6、7、8、9、10、11、12" in page
    assert address(march) in page
    take(cast, march, "office", "cancel", {"reason": "另有会议"})
    shown = text(seat(cast, "office").get("/reception-days/?year=2026"))
    assert "已取消" in shown


def test_2_fewer_than_10_or_more_than_15_need_a_recorded_reason(cast: Cast) -> None:
    """Must (2): the numbers are the rulebook's."""
    rows, day = several(cast, 3), reception(cast)
    with pytest.raises(Incomplete) as refused:
        choose(cast, day, rows)
    assert "惯例是10至15件" in str(refused.value.form.errors)
    choose(cast, day, rows, "本月集中督办三件")
    assert day.activity.get().number_reason == "本月集中督办三件"
    assert "本月集中督办三件" in text(seat(cast, "office").get(address(day)))
    resolution.set_local_value(cast.congress, "option.on_site_items", [1, 3], basis="主任会议决定", set_by="office")
    resolution.forget()
    choose(cast, day, rows)
    assert day.activity.get().number_reason == ""


def test_3_each_leaves_as_solved_committed_with_a_date_or_explained(cast: Cast) -> None:
    """Must (3): a commitment has an organ and a day and enters the ledger; the day cannot be concluded before."""
    day = reception(cast, *several(cast, 3))
    take(cast, day, "office", "hold", {"organs": [cast.organs["roads"].pk]})
    settled(cast, day, "solved")
    with pytest.raises(Refused, match="还没有登记结果"):
        take(cast, day, "office", "close")
    with pytest.raises(Incomplete):
        settled(cast, day, "committed")
    settled(cast, day, "committed", organ=cast.organs["roads"].pk, due_on=after(60))
    settled(cast, day, "explained")
    promise = Matter.objects.get(procedure="commitment")
    assert promise.due_on.isoformat() == after(60)
    assert docket.inbox(cast["roads_clerk"]).filter(pk=promise.pk).exists()
    assert not Matter.objects.filter(procedure="task").exists()
    take(cast, day, "office", "close")
    period = in_year(2026, date(2026, 12, 31))
    counts = [read(figure(f"on_site_{key}"), period).part for key in ("solved", "committed", "explained", "items")]
    assert counts == [1, 1, 1, 3]
    suggestion = Item.objects.filter(matter=day).order_by("position").first().subject
    assert ("督办", address(day)) in chain(cast, suggestion, "chen")


def committed(cast: Cast, subject: Matter, due_on: str) -> tuple[Matter, Matter]:
    """A reception day on which the department of roads commits itself about a suggestion: the day, and the promise."""
    day = reception(cast, subject)
    take(cast, day, "office", "hold", {})
    settled(cast, day, "committed", organ=cast.organs["roads"].pk, due_on=due_on)
    return day, Matter.objects.get(procedure="commitment")


def test_3_what_is_committed_is_a_promise_about_the_suggestion(cast: Cast) -> None:
    """Must (3), B10(1): what, by whom, by when; linked to the suggestion and the day; settled by the deputy's word (SUG-12)."""
    subject = in_session(cast).matter
    day, promise = committed(cast, subject, after(60))
    record = promise.commitment.get()
    assert (record.what, record.who, record.round) == ("现场说明", "区交通运输局", 0)
    assert (record.suggestion_id, promise.parent_id) == (subject.pk, None)
    assert {("针对的建议", address(subject)), ("承诺于", address(day))} <= chain(cast, promise, "office")
    assert ("当面承诺", address(promise)) in chain(cast, subject, "chen")
    assert "当面承诺，不在答复中" in text(seat(cast, "chen").get(address(promise)))
    proof = {"result": "已施划。", "kept_on": after(0), "signed_word": "社区书记签字"}
    take(cast, promise, "roads_clerk", "report", proof)
    take(cast, promise, "chen", "confirm", {"grade": "satisfied"})
    assert Matter.objects.get(pk=promise.pk).state == "confirmed"


def test_4_an_overdue_promise_is_raised_and_moves_by_consent_only(cast: Cast, wall: Wall) -> None:
    """Must (4), B10(5): only what is overdue is offered; another commitment about it opens nothing and moves no day."""
    subject = in_session(cast).matter
    _first, promise = committed(cast, subject, after(20))
    with pytest.raises(Incomplete):
        raise_promise(cast, promise)
    wall.pass_days(30)
    held = raise_promise(cast, promise)
    take(cast, held, "office", "hold", {})
    assert ("督办", address(held)) in chain(cast, promise, "roads_clerk") | chain(cast, promise, "chen")
    row = Item.objects.get(matter=held)
    outcome = {"item": str(row.pk), "outcome": "committed", "text": "下月完成", "organ": cast.organs["roads"].pk}
    take(cast, held, "office", "settle", {**outcome, "due_on": after(30)})
    assert Matter.objects.filter(procedure__in=("commitment", "task")).count() == 1
    assert promise.commitment.get().due_on < timezone.localdate()
    with pytest.raises(Refused, match="今年已经选过"):
        raise_promise(cast, promise)
    page = text(seat(cast, "leader").get("/reception-days/?year=2026"))
    assert ">2<" in page.replace(" ", "")
    period = in_year(2026, timezone.localdate())
    assert [read(figure(key), period).part for key in ("on_site_items", "on_site_promises")] == [1, 1]


def raise_promise(cast: Cast, promise: Matter) -> Matter:
    """A reception day with an overdue promise on its list."""
    day = reception(cast)
    take(cast, day, "office", "pick", {"promises": [promise.pk], "number_reason": "只有一项"})
    return day


def test_4_not_twice_in_a_year_unless_reopened(cast: Cast, wall: Wall) -> None:
    """Must (4)."""
    way = in_session(cast)
    way.take("roads_clerk", "contact", {"way": "visit", "people": "代表", "summary": "同意", "held_on": "2026-03-02"})
    way.take("roads_clerk", "draft_reply", {"result_class": "A", "done": "已设停靠区。", "disclosure": "public"})
    way.take("roads_head", "sign_reply")
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    first = reception(cast, way.matter)
    take(cast, first, "office", "hold", {})
    settled(cast, first, "solved")
    wall.pass_days(40)
    second = reception(cast)
    with pytest.raises(Refused, match="今年已经选过"):
        choose(cast, second, [way.matter], "一件")
    way.take("office", "reopen", {"reason": "停靠区标线已经磨掉。"})
    choose(cast, second, [way.matter], "一件")
    wall.pass_days(300)
    choose(cast, reception(cast), [way.matter], "一件")


def test_5_the_year_shows_the_slots_used(cast: Cast) -> None:
    """Must (5): of 120 to 180."""
    reception(cast, *several(cast, 4))
    page = text(seat(cast, "leader").get("/reception-days/?year=2026"))
    assert "惯例全年 120 至 180 件" in page
    assert ">4<" in page.replace(" ", "")
