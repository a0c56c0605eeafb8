"""A joint task: the office names who leads and assists, both committees arrange a day at the same bureau, the form says so, and the year shows who did what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.people.models import Organ
from openrenda.web.tests.stage import address
from tests.cast import BEGAN, _sit

from .conftest import Town

pytestmark = pytest.mark.browser
LEAD, ASSISTS, UNIT = "城建环保委员会", "社会建设委员会", "区交通运输局"


def test_from_the_split_to_the_year(town: Town) -> None:
    for code, name in (("urban", LEAD), ("social", ASSISTS)):
        organ = Organ.objects.create(code=code, name=name, kind="congress_committee", since=BEGAN)
        _sit(town.cast, code, "leader", "organ", organ.pk, f"{name}主任委员")
    _is_split(town)
    _is_arranged_twice(town)
    _is_recorded(town)


def _is_split(town: Town) -> None:
    office = (
        town.seated("office").follow("会议安排", within="nav").follow("专工委日程").sees("这一年还没有专工委的活动")
    )
    office.go("/new/committee-task/set_up/").choose("牵头专工委", LEAD).tick(ASSISTS)
    office.fill({"任务名称": "慢行系统联合调研", "任务内容": "涉及道路和社区。"}).press("设立协同任务").sees(
        "开展中", LEAD, ASSISTS
    )


def _is_arranged_twice(town: Town) -> None:
    """The second form is warned without being stopped; on a phone the warning is there too."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for who, what, day, phone in (("urban", "察看人行道", today, False), ("social", "座谈出行需求", monday, True)):
        form = (
            town.seated(who, phone=phone).go(address(Matter.objects.get(procedure="committee-task"))).step("安排活动")
        )
        form.fill({"活动内容": what, "日期": day.isoformat()}).choose("涉及单位", UNIT)
        if phone:
            form.sees("同一周，这个单位还有下面的活动", "察看人行道")
        form.press("安排活动").sees(what)
    town.seated("leader").follow("会议安排", within="nav").follow("专工委日程").sees("同一周到同一单位 1 处", UNIT)


def _is_recorded(town: Town) -> None:
    """Both were there; the number in the load opens the list."""
    urban = town.seated("urban").go(address(Matter.objects.get(procedure="committee-task"))).step("登记活动情况")
    urban.choose("哪一次活动", _of("察看人行道")).tick(LEAD, ASSISTS).fill({"活动情况": "三处已经修好。"}).press(
        "登记活动情况"
    )
    urban.sees("已开展", "各专工委做了什么")
    urban.follow("会议安排", within="nav").follow("专工委日程").follow("各专工委的工作").sees(LEAD, ASSISTS)
    urban.follow(ASSISTS).sees("协助任务 1", "协助工作 1", "察看人行道")


def _of(what: str) -> str:
    from django.utils.formats import date_format

    from openrenda.activities.joint import CommitteeDay

    row = CommitteeDay.objects.get(what=what)
    return f"{date_format(row.held_on)} {row.what}"
