"""A fortnightly talk: letters go out from a hub station, the parties come, a problem leaves with an owner and a day and comes back settled, and
the year's cadence shows the half month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.web.tests.stage import address
from tests.mechanisms.gatherings import hub

from .conftest import Town

pytestmark = pytest.mark.browser
PROBLEM, TEXT, RESULT = "昙华巷夜间噪声", "货车夜里卸货，老人睡不好。", "已划定卸货时段，装好限行标志。"


def test_from_the_letter_to_the_problem_settled(town: Town) -> None:
    hub(town.cast)
    _is_arranged(town)
    _is_held(town)
    _is_settled(town)
    _the_year_shows_it(town)


def _is_arranged(town: Town) -> None:
    """By the clerk of the hub; without letters it cannot be held."""
    today = timezone.localdate().isoformat()
    clerk = town.seated("station").follow("活动安排", within="nav").sees("这一年没有安排过半月谈")
    clerk.go("/new/gathering/plan/").follow("代表半月谈").choose("站点", "青石中心联络站")
    clerk.fill({"日期": today, "时间": "15:00", "地点": "昙华巷议事亭", "说明": "议昙华巷夜间噪声。"}).press(
        "安排代表活动"
    ).sees("已安排")
    for kind, name in (("政府部门", "区交通运输局"), ("社区", "青石社区")):
        clerk.step("发出邀请").choose("类别", kind).fill({"邀请对象": name}).press("发出邀请").sees(name, "还没有回复")
    clerk.sees("代邀〔", "1号")
    assert clerk.download("下载邀请函（Word）").startswith(b"PK")
    assert clerk.download("下载邀请函（PDF）").startswith(b"%PDF")
    clerk.step("登记邀请回复").answer("回复", "参加").fill({"回复内容": "分管副局长参加"}).press("登记邀请回复").sees(
        "分管副局长参加"
    )


def _is_held(town: Town) -> None:
    """Whoever is missing is named; then the problem with its owner and its day."""
    clerk = (
        town.seated("station", phone=True).go(address(Matter.objects.get(procedure="gathering"))).step("登记到场情况")
    )
    clerk.tick("陈一鸣", "区交通运输局").fill({"其他到场的各方": "居民 昙华巷居民 12"}).press("登记到场情况").sees(
        "还缺：社区"
    )
    clerk.fill({"其他到场的各方": "社区 青石社区 2\n居民 昙华巷居民 12"}).press("登记到场情况").sees(
        "已举行", "陈一鸣", "昙华巷居民"
    )
    clerk.step("登记意见或者问题").fill({"要点": PROBLEM, "内容": TEXT}).choose("提出或者转达的代表", "陈一鸣")
    clerk.answer("怎样处理", "交有关单位办理").press("登记意见或者问题").sees("须写明责任单位和完成日期")
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    clerk.choose("责任单位", "区交通运输局").fill({"要求完成日期": due}).press("登记意见或者问题").sees(
        "意见和问题 1 件", "区交通运输局"
    )
    clerk.press("登记完毕").sees("已登记完毕")


def _is_settled(town: Town) -> None:
    """The department reports, the office looks at it, and the talk itself shows what came of it, to the deputy who spoke too."""
    roads = town.seated("roads_clerk").sees(PROBLEM).follow(PROBLEM).sees(TEXT)
    roads.step("报送办理结果").fill({"办理结果": RESULT}).press("报送办理结果").sees("已报送结果", RESULT)
    office = town.seated("office").sees(PROBLEM).follow(PROBLEM).press("审核并反馈代表").sees("已办结")
    assert office.page.get_by_role("link", name="代表半月谈").count()
    assert Item.objects.get().result == RESULT
    deputy = town.seated("chen", phone=True).go(address(Matter.objects.get(procedure="gathering")))
    deputy.sees(PROBLEM, RESULT, "反馈办理结果")


def _the_year_shows_it(town: Town) -> None:
    today = timezone.localdate()
    half = f"{today.month}月上半月" if today.day <= 15 else f"{today.month}月下半月"
    clerk = town.seated("station").follow("活动安排", within="nav")
    row = clerk.page.locator("#talks tbody tr").filter(has_text=half)
    assert "已登记完毕" in row.inner_text()
    row.get_by_role("link").click()
    clerk.sees(PROBLEM)
