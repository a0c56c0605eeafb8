"""C01 主任接待日."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter, OutboxEntry
from openrenda.docket.refusals import Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from . import supervising
from .conftest import Wall
from .stage import chain, take
from .supervising import after, reception

YEAR = in_year(2026, date(2026, 12, 31))
SAID = {"title": "学校门口太堵", "text": "早高峰家长停车占道。"}


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    supervising.people(cast)


def held(cast: Cast) -> Matter:
    """A day on which deputies are received."""
    day = reception(cast)
    take(cast, day, "office", "hold", {"deputies": [cast.mandates["chen"].pk]})
    return day


def opinion(cast: Cast, who: str, **more: Any) -> dict[str, Any]:
    """What a deputy said."""
    return {**SAID, "deputy": cast.mandates[who].pk, **more}


def handed(cast: Cast, day: Matter, who: str = "chen") -> Matter:
    """An opinion handed to the department of roads: its task."""
    take(cast, day, "office", "hand_on", opinion(cast, who, organ=cast.organs["roads"].pk, due_on=after(20)))
    return Matter.objects.filter(procedure="task").latest("id")


def test_1_a_day_has_date_place_leader_and_a_booking_list(cast: Cast) -> None:
    """Must (1): deputies book until it is full, and may give the place back."""
    day = reception(cast, day="2026-03-20")
    for who in ("chen", "lin"):
        take(cast, day, who, "book", {"topic": f"{who}的事"})
    with pytest.raises(Refused, match="已经预约"):
        take(cast, day, "chen", "book", {"topic": "再说一件"})
    with pytest.raises(Refused, match="2个预约名额已满"):
        take(cast, day, "zhou", "book", {"topic": "公交"})
    take(cast, day, "lin", "unbook")
    take(cast, day, "zhou", "book", {"topic": "公交"})
    page = text(seat(cast, "office").get(address(day)))
    for words in ("2026年3月20日", "代表之家", cast["leader"].name, "陈一鸣", "chen的事", "已取消预约"):
        assert words in page
    mine = text(seat(cast, "chen").get(address(day)))
    assert "chen的事" in mine
    assert "公交" not in mine


def test_2_answered_and_handed_over_add_up_to_the_total(cast: Cast) -> None:
    """Must (2): each is entered with its end, so there is none without."""
    day = held(cast)
    take(cast, day, "office", "answer", opinion(cast, "chen", answer="下周施划停靠区标线。"))
    take(cast, day, "office", "answer", opinion(cast, "lin", answer="已列入计划。"))
    task = handed(cast, day)
    counts = [read(figure(f"reception_{key}"), YEAR).part for key in ("answered", "handed", "opinions")]
    assert counts == [2, 1, 3]
    page = text(seat(cast, "office").get(address(day)))
    assert "下周施划停靠区标线。" in page
    assert task.parent_id == day.pk
    assert docket.inbox(cast["roads_office"]).filter(pk=task.pk).exists()
    assert "3 件（当场答复 2，交办 1）" in text(seat(cast, "chen").get("/reception-days/?year=2026"))


def test_3_what_was_handed_over_returns_with_a_result_to_the_deputy(cast: Cast) -> None:
    """Must (3)."""
    day = held(cast)
    task = handed(cast, day)
    assert "speaker" in OutboxEntry.objects.get(act__procedure="task", act__step="give").offices
    take(cast, task, "roads_clerk", "report", {"result": "标线已经施划。"})
    take(cast, task, "office", "again", {"reason": "请附照片", "due_on": after(5)})
    take(cast, task, "roads_clerk", "report", {"result": "标线已经施划，附照片。"})
    take(cast, task, "office", "accept")
    assert "speaker" in OutboxEntry.objects.get(act__procedure="task", act__step="accept").offices
    assert "附照片" in text(seat(cast, "chen").get(address(task)))
    assert "附照片" in text(seat(cast, "chen").get(address(day)))
    assert (read(figure("reception_returned"), YEAR).part, read(figure("reception_returned"), YEAR).whole) == (1, 1)


def test_4_days_without_a_leader_and_cancelled_ones_are_shown(cast: Cast) -> None:
    """Must (4)."""
    reception(cast, day="2026-03-20", leader="")
    gone = reception(cast, day="2026-04-20")
    take(cast, gone, "zhou", "book", {"topic": "公交"})
    take(cast, gone, "office", "cancel", {"reason": "防汛值守"})
    assert "booked" in OutboxEntry.objects.get(act__step="cancel").offices
    page = text(seat(cast, "zhou").get("/reception-days/?year=2026"))
    assert "未确定" in page
    assert "已取消" in page
    assert "防汛值守" in text(seat(cast, "zhou").get(address(gone)))


def test_5_an_opinion_is_raised_as_a_suggestion_with_its_history(cast: Cast) -> None:
    """Must (5): by the deputy who spoke, once, with what was said and answered, linked both ways."""
    day = held(cast)
    take(cast, day, "office", "answer", opinion(cast, "chen", answer="须与交警会商。"))
    take(cast, day, "office", "close")
    row = Item.objects.get(matter=day)
    with pytest.raises(Refused):
        take(cast, day, "lin", "raise_suggestion", {"item": str(row.pk)})
    take(cast, day, "chen", "raise_suggestion", {"item": str(row.pk)})
    raised = Matter.objects.get(procedure="suggestion")
    assert raised.suggestion.get().background == "早高峰家长停车占道。\n须与交警会商。"
    assert ("来自", address(day)) in chain(cast, raised, "chen")
    assert ("产生", address(raised)) in chain(cast, day, "chen")
    with pytest.raises(Refused, match="已经转为建议"):
        take(cast, day, "chen", "raise_suggestion", {"item": str(row.pk)})
