"""Deputies rate behind the organ's back: on a phone, sealed, changed once, counted in the night, read as a summary."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.web.tests.stage import address
from tests.mechanisms.evaluating import CONTENT, NOT_CONTENT, answered, close, more_deputies, rate

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE = "关于改善学府路早高峰通行的建议"


def test_a_poll_from_the_office_to_the_summary(town: Town) -> None:
    way = answered(town.cast, title=TITLE)
    others = more_deputies(town.cast, 6)
    names = [town.cast[who].name for who in ("chen", *others)]
    office = town.seated("office").go("/new/satisfaction-poll/open/")
    office.choose("建议", f"{way.matter.number} {TITLE}").tick(*names[:2])
    office.fill({"截止日期": (timezone.localdate() + timedelta(days=3)).isoformat()})
    office.press("发起背对背测评").sees("不足5人")
    office.tick(*names).press("发起背对背测评").sees("测评中", "谁已经评价")
    _rated_on_a_phone(town)
    opened = Matter.objects.get(procedure="satisfaction-poll")
    rate(town.cast, opened, {who: NOT_CONTENT if place < 3 else CONTENT for place, who in enumerate(others)})
    town.seated("roads_head").go("/lists/suggestion/").follow(TITLE).sees("没有关联事项")
    town.seated("office").go(address(opened)).misses("人评价")
    close(town.cast, opened)
    head = town.seated("roads_head").go("/lists/suggestion/").follow(TITLE).sees("来龙去脉")
    head.follow(TITLE, within=".matter-chain").sees("已统计", "共 7 人评价", "满意和基本满意 4 人", "不满意 3 人")
    head.misses(*names)
    assert verify_congress(town.cast.congress) == []
    assert not docket.visible(town.cast["roads_head"]).filter(procedure="satisfaction-ballot").exists()


def _rated_on_a_phone(town: Town) -> None:
    """It waits on her home page; she rates, thinks again, and changes it. Her grade is not shown to her again."""
    home = town.seated("chen", phone=True).sees("等我办", TITLE)
    deputy = home.follow(TITLE, within=".stack > .stack:has(p:text-is('背对背评价'))").sees("看不到您是否已经评价")
    deputy.step("评价").answer("对办理结果的评价", "不满意").press("评价").sees("已经评价并密存")
    deputy.step("修改评价").answer("对办理结果的评价", "满意").press("修改评价").sees(
        "修改评价已记录", "以最后一次为准"
    )
