"""A03 代表统一活动日."""

from __future__ import annotations

import pytest
from django.db.models import Count

from openrenda import docket
from openrenda.activities.activity_day.records import StreetDay
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.models import Organ
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .gatherings import recorded, second_street
from .networking import street_of
from .stage import take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday, the second of March."""


def begun(cast: Cast) -> Matter:
    """The first activity day, in March."""
    return docket.open_matter("activity-day", "begin", by=cast["office"], data={"held_on": "2026-03-20"}).matter


def guided(cast: Cast) -> Matter:
    """With its guidance."""
    day = begun(cast)
    take(cast, day, "office", "guide", {"theme": "支点建设", "guidance": "选准小切口。"})
    return day


def own_day(cast: Cast, day: Matter) -> Matter:
    """The cast's street holds its own day."""
    return recorded(cast, "street", "activity_day", street=street_of(cast).pk, campaign=day.pk)


def test_a03_1_each_month_has_its_day_without_anybody(cast: Cast, wall: Wall) -> None:
    """Must (1): the clock ends one and opens the next, on a Sunday too; only a recorded decision moves it."""
    with pytest.raises(Incomplete):
        docket.open_matter("activity-day", "begin", by=cast["office"], data={"held_on": "2026-03-19"})
    first = begun(cast)
    for _month in range(10):
        wall.pass_days(31)
        docket.run_clocks(cast.congress.pk)
        docket.run_clocks(cast.congress.pk)
    days = [
        row.activity_day.get().held_on.isoformat()
        for row in Matter.objects.filter(procedure="activity-day").order_by("id")
    ]
    assert days == [f"2026-{month:02}-20" for month in range(3, 13)] + ["2027-01-20"]
    last = Matter.objects.filter(procedure="activity-day").latest("id")
    with pytest.raises(Incomplete):
        take(cast, last, "office", "move", {"held_on": "2027-01-21"})
    take(cast, last, "office", "move", {"held_on": "2027-01-21", "reason": "主任会议决定顺延一日。"})
    assert last.activity_day.get().moved_because == "主任会议决定顺延一日。"
    assert Matter.objects.get(pk=first.pk).state == "over"


def test_a03_2_a_street_chooses_one_or_two_entry_points(cast: Cast) -> None:
    """Must (2)."""
    day = guided(cast)
    for points in ("", "一\n二\n三"):
        with pytest.raises(Refused, match="小切口选1至2个"):
            take(cast, day, "street", "choose_points", {"entry_points": points})
    take(cast, day, "street", "choose_points", {"entry_points": "老旧小区\n幸福食堂"})
    assert StreetDay.objects.get(matter=day).entry_points == "老旧小区\n幸福食堂"


def test_a03_3_nothing_before_the_guidance_and_each_street_sees_whether_it_read(cast: Cast) -> None:
    """Must (3)."""
    day = begun(cast)
    with pytest.raises(Refused, match="还没有印发"):
        own_day(cast, day)
    take(cast, day, "office", "guide", {"theme": "支点建设", "guidance": "选准小切口。"})
    assert "还没有阅看" in text(seat(cast, "street").get(address(day)))
    with pytest.raises(Refused, match="还没有选定小切口"):
        own_day(cast, day)
    take(cast, day, "street", "read")
    assert "2026年3月2日已阅" in text(seat(cast, "street").get(address(day)))
    with pytest.raises(Refused, match="已经登记阅看"):
        take(cast, day, "street", "read")


def test_a03_4_streets_that_held_nothing_are_listed(cast: Cast, wall: Wall) -> None:
    """Must (4): by the day's end, and so it stays when something is entered afterwards."""
    other = second_street()
    day = guided(cast)
    take(cast, day, "street", "choose_points", {"entry_points": "供水"})
    own_day(cast, day)
    wall.pass_days(19)
    docket.run_clocks(cast.congress.pk)
    page = text(seat(cast, "office").get(address(day)))
    assert f"到活动日结束没有开展的街道</strong>：{other.name}" in page
    assert list(StreetDay.objects.filter(matter=day, missed=True).values_list("street_name", flat=True)) == [other.name]


def test_a03_5_fourteen_streets_and_twelve_months_are_168_street_days(cast: Cast, wall: Wall) -> None:
    """Must (5): the year view counts them, in as many queries as for one street."""
    for number in range(13):
        Organ.objects.create(code=f"S{number:03}", name=f"第{number}街道", kind="street", since=BEGAN)
    wall.pass_days(-60)
    docket.open_matter("activity-day", "begin", by=cast["office"], data={"held_on": "2026-01-20"})
    for _month in range(11):
        wall.pass_days(31)
        docket.run_clocks(cast.congress.pk)
    page = text(seat(cast, "office").get("/gatherings/?year=2026"))
    assert "共 168 个街道活动日" in page
    each = StreetDay.objects.values_list("street_name").annotate(months=Count("pk"))
    assert [months for _street, months in each.order_by("street_name")] == [12] * 14
