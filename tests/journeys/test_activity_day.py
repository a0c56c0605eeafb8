"""A street holds its unified activity day: the office's guidance, one or two entry points, what was held with deputies and an opinion, and
the figures that show it and open the list behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from openrenda.activities.activity_day.records import StreetDay
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.web.tests.stage import address

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
THEME, GUIDANCE = "支点建设", "选准小切口，把一件事做成。"
POINTS = ("老旧小区加装扶手", "社区食堂晚市")


def test_from_the_guidance_to_the_figure(town: Town) -> None:
    """On the day itself: the twentieth of this month or the next."""
    day = _twentieth(timezone.localdate())
    with time_machine.travel(f"{day}T02:00:00Z", tick=True):
        _guides(town, day)
        street = _reads_and_chooses(town)
        _holds_and_concludes(street, day)
        _the_figures_open_their_list(town, day)


def _twentieth(today: date) -> date:
    return (today if today.day <= 20 else today.replace(day=1) + timedelta(days=32)).replace(day=20)


def _guides(town: Town, day: date) -> None:
    office = town.seated("office").go("/new/activity-day/begin/").fill({"第一次活动日": day.isoformat()})
    office.press("设立统一活动日").sees("待印发指导意见", "还没有开展的街道", "青石街道")
    office.step("印发指导意见").fill({"主题": THEME, "指导意见": GUIDANCE}).press("印发指导意见").sees(
        GUIDANCE, "还没有阅看"
    )


def _reads_and_chooses(town: Town) -> Visitor:
    """None and three are refused in words, and what was typed stays; two are kept."""
    street = town.seated("street", phone=True).go(address(Matter.objects.get(procedure="activity-day")))
    street.sees(GUIDANCE).press("已阅指导意见").sees("已阅").step("选定小切口")
    label = "小切口（每行一个）"
    street.press("选定小切口").sees("小切口选1至2个，现在是0个")
    three = "\n".join((*POINTS, "夜间照明"))
    street.fill({label: three}).press("选定小切口").sees("小切口选1至2个，现在是3个")
    assert street.typed(label) == three
    assert not StreetDay.objects.exclude(entry_points="").exists()
    street.fill({label: "\n".join(POINTS)}).press("选定小切口").sees(*POINTS)
    return street


def _holds_and_concludes(street: Visitor, day: date) -> None:
    street.follow("登记本街道开展的活动").sees("登记已经举行的活动")
    assert street.typed("日期") == day.isoformat()
    street.fill({"地点": "昙华巷党群服务中心", "其他到场的各方": "居民 昙华巷居民 12"})
    street.tick("陈一鸣", "林翀").press("登记已经举行的活动").sees("已举行", "陈一鸣", "林翀", "昙华巷居民")
    street.step("登记意见或者问题").fill(
        {"要点": "扶手太低", "内容": "三号楼的扶手够不着。", "答复、商定的办法或者理由": "月底前加高。"}
    )
    street.choose("提出或者转达的代表", "陈一鸣").answer("怎样处理", "当场答复").press("登记意见或者问题").sees(
        "意见和问题 1 件"
    )
    street.press("登记完毕").sees("登记完毕", "月底前加高。")
    assert Item.objects.get().speaker_name == "陈一鸣"


def _the_figures_open_their_list(town: Town, day: date) -> None:
    office = town.seated("office").go(address(Matter.objects.get(procedure="activity-day"))).sees("开展")
    office.misses("还没有开展的街道")
    office.follow("统计", within="nav").go(f"/figures/gatherings/?year={day.year}").sees("代表统一活动日")
    office.follow("1").sees("昙华巷党群服务中心", "青石街道")
    office.follow("代表统一活动日").sees("扶手太低")
    office.go(f"/figures/gathering_opinions/?year={day.year}").follow("1").sees("扶手太低", "月底前加高。")
    office.go(f"/gatherings/?year={day.year}").sees("共 1 个街道活动日", "已开展")
    office.page.locator("#street-days").get_by_role("link", name="已开展").click()
    office.sees(*POINTS)
