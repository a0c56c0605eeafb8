"""An old resident at the door of a station, in large letters: she scans its code, speaks instead of writing, and the network goes as she
sends; what was said comes once with her voice, a clerk listens and answers on a telephone, and she rates by the number on her slip of paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from openrenda import tickets
from openrenda.docket.models import File, Matter
from openrenda.people import codes
from openrenda.people.models import Station
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.portal import saying
from tests.mechanisms.opining import station

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
WROTE = "菜场门口的台阶"
ANSWER = "台阶边上已经装好扶手，您慢走。"


def test_from_the_code_at_the_door_to_her_rating(town: Town) -> None:
    """The network goes twice: before anything was sent, and after it came in but before she was told."""
    place = station(town.cast)
    number = _speaks(town, place)
    matter = Matter.objects.get(procedure="opinion")
    assert number == tickets.in_groups(tickets.number_of(matter.pk))
    opinion = Opinion.objects.get()
    assert (opinion.channel, opinion.station, opinion.text) == ("code", place, WROTE)
    assert File.objects.get(matter_id=matter.pk).role == saying.VOICE_ROLE
    _listens_and_answers(town)
    _rates(town, number)
    assert Matter.objects.get(pk=matter.pk).state == "closed"


def _speaks(town: Town, place: Station) -> str:
    visitor = town.browser(phone=True, permissions=["microphone"])
    visitor.go(f"/q/990601/{codes.issue(place).token}/").sees(place.name)
    visitor.press("大字", within="footer")
    expect(visitor.page.locator("html")).to_have_class("face-public large-text")
    visitor.follow("向这个站点反映一件事").sees(f"由{place.name}受理", "不用登录")
    visitor.fill({"您想反映什么": WROTE})
    _records(visitor.page)
    return _sends_as_the_network_goes(visitor)


def _records(page: Any) -> None:
    """One press and she speaks, one more and she has spoken; she hears it before it is sent."""
    button = page.locator("#say-record")
    button.click()
    expect(button).to_have_text("说完了，停止")
    button.click()
    expect(page.locator("#say-heard")).to_contain_text("录好了，可以先听一遍")
    expect(page.locator("#say-heard audio")).to_be_visible()


def _sends_as_the_network_goes(visitor: Visitor) -> str:
    page, told = visitor.page, visitor.page.locator("#say-status")
    page.context.set_offline(True)
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told).to_contain_text("没有网络")
    assert visitor.typed("您想反映什么") == WROTE
    assert WROTE in page.evaluate("JSON.stringify(window.localStorage)")
    assert not Opinion.objects.exists()
    answers: list[int] = []
    page.route("**/opinions/", lambda route: _lost_on_the_way_back(route, answers), times=1)
    with page.expect_navigation():
        page.context.set_offline(False)
    visitor.arrived().sees("收到了", WROTE)
    assert answers == [200]
    expect(page.locator("main audio")).to_have_count(1)
    assert WROTE not in page.evaluate("JSON.stringify(window.localStorage)")
    return str(page.locator(".matter-number").inner_text()).strip()


def _lost_on_the_way_back(route: Any, answers: list[int]) -> None:
    """It comes in, and nobody on her side ever hears of it."""
    answers.append(route.fetch().status)
    route.abort()


def _listens_and_answers(town: Town) -> None:
    clerk = town.seated("street", phone=True).sees(WROTE).follow(WROTE)
    expect(clerk.page.locator("main audio")).to_have_count(1)
    clerk.step("分级分类").choose("性质", "急难愁盼").choose("级别", "站点").press("分级分类")
    clerk.step("答复群众").fill({"答复内容": ANSWER}).choose("结果", "已经解决").press("答复群众").sees(
        "已答复", ANSWER
    )


def _rates(town: Town, number: str) -> None:
    """Days later, from the door again, on another telephone: the number as she copied it."""
    visitor = town.browser(phone=True).go("/c/990601/opinions/")
    visitor.fill({"查询号": number.replace("-", " ").lower()}).press("查询").sees("已答复", ANSWER).misses(WROTE)
    visitor.answer("问题解决了吗", "解决了").answer("对办理态度满意吗", "满意").press("提交评价").sees(
        "已办结", "解决了"
    )
