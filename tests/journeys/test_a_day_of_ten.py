"""A reception day: a clerk of a station enters ten visitors on her telephone, is told which line is wrong and why, and hands out ten slips."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from openrenda import tickets
from openrenda.docket.models import Matter
from openrenda.procedures.opinion.records import Opinion
from tests.mechanisms.opining import station

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
SAID = (
    "三单元的灯不亮。", "井盖松了。", "想装电梯。", "公交车改道了，走得远。", "社区食堂十一点就没有菜。",
    "广场舞太吵。", "狗不拴绳。", "快递柜挡住了门。", "水压低，五楼洗不了澡。", "想学用手机挂号。",
)  # fmt: skip
WRONG, PHONE = 6, "1390000000"
SLIP = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def test_ten_visitors_one_wrong_telephone_ten_slips(town: Town) -> None:
    """Nothing typed is lost over the wrong line; sent twice, the day is the same ten opinions."""
    place = station(town.cast)
    clerk = town.seated("station", phone=True).follow("接待登记", within="nav").sees("接待登记")
    _writes(clerk)
    clerk.press("登记")
    assert not Opinion.objects.exists()
    _is_told_which_and_why(clerk)
    line = _line(clerk, WRONG)
    line.get_by_label(re.compile("^联系电话")).fill(f"{PHONE}0")
    clerk.press("登记").sees("登记了 10 件", *(words.rstrip("。") for words in SAID))
    _slips_are_the_opinions(clerk)
    assert set(Opinion.objects.values_list("station", "channel")) == {(place.pk, "mobile_point")}
    assert Opinion.objects.filter(has_contact=True).count() == 2
    _sent_again(clerk)


def _line(clerk: Visitor, number: int) -> Any:
    return clerk.page.get_by_role("group", name=f"第{number}位", exact=True)


def _writes(clerk: Visitor) -> None:
    """The day once, and what each one said; two leave their names."""
    clerk.choose("渠道", "流动站点").choose("站点", "青石街道第01联络站").choose("受理代表", "陈一鸣")
    for number, words in enumerate(SAID, 1):
        line = _line(clerk, number)
        line.get_by_label(re.compile("^说了什么")).fill(words)
    for number, name, phone in ((2, "李奶奶", "13900000001"), (WRONG, "王师傅", PHONE)):
        line = _line(clerk, number)
        line.get_by_label(re.compile("^怎么称呼")).fill(name)
        line.get_by_label(re.compile("^联系电话")).fill(phone)


def _is_told_which_and_why(clerk: Visitor) -> None:
    """On top, with a way to the field; beside the field; and everything typed stands where it stood."""
    told = clerk.page.locator(".error-summary")
    expect(told).to_contain_text(f"第{WRONG}位")
    expect(told).to_contain_text("电话")
    told.get_by_role("link").first.click()
    expect(_line(clerk, WRONG).get_by_label(re.compile("^联系电话"))).to_be_focused()
    expect(_line(clerk, WRONG)).to_contain_text("11")
    for number, words in enumerate(SAID, 1):
        expect(_line(clerk, number).get_by_label(re.compile("^说了什么"))).to_have_value(words)
    expect(_line(clerk, 2).get_by_label(re.compile("^联系电话"))).to_have_value("13900000001")
    expect(_line(clerk, WRONG).get_by_label(re.compile("^怎么称呼"))).to_have_value("王师傅")
    assert clerk.page.locator("[name=channel]").input_value() == "mobile_point"


def _slips_are_the_opinions(clerk: Visitor) -> None:
    numbers = {tickets.in_groups(tickets.number_of(pk)) for pk in Matter.objects.values_list("pk", flat=True)}
    assert set(SLIP.findall(clerk.reads())) == numbers
    assert len(numbers) == len(SAID)


def _sent_again(clerk: Visitor) -> None:
    """She pulls the page down because the network was slow: the same ten, with the same slips."""
    before = clerk.reads()
    clerk.page.reload()
    clerk.arrived().sees("登记了 10 件")
    assert clerk.reads() == before
    assert Opinion.objects.count() == len(SAID)
    clerk.follow("再登记一页")
    assert clerk.page.locator("[name='0-text']").input_value() == ""
    clerk.go("/c/990601/opinions/").fill({"查询号": SLIP.findall(before)[0]}).press("查询").sees("已收到")
