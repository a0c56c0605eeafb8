"""What an old resident says on a telephone in large letters, with the network gone in the middle; her number, the answer, and her word."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from openrenda import tickets
from openrenda.docket.models import Matter
from openrenda.procedures.opinion.records import Opinion
from tests.mechanisms.opining import ANSWER, TO_ORGAN
from tests.mechanisms.stage import take

from .conftest import Town

pytestmark = pytest.mark.browser
SAID = "巷口的路灯坏了半个月，晚上看不见路。"
SAY = "/c/990601/opinions/"


def test_from_the_first_word_to_her_own_judgement(town: Town) -> None:
    """Sent once although she pressed twice and the network was gone; found again by the number; rated."""
    number = _says_it_without_a_network(town)
    matter = Matter.objects.get(procedure="opinion")
    assert matter.state == "received"
    assert Opinion.objects.get().channel == "portal"
    assert number == tickets.in_groups(tickets.number_of(matter.pk))
    cast = town.cast
    take(cast, matter, "office", "sort", TO_ORGAN)
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    take(cast, matter, "roads_clerk", "reply", ANSWER)
    take(cast, matter, "office", "release")
    _comes_back_and_rates(town, number)
    assert Matter.objects.get(pk=matter.pk).state == "closed"


def _says_it_without_a_network(town: Town) -> str:
    visitor = town.browser(phone=True).go(SAY)
    visitor.page.context.add_cookies([{"name": "text", "value": "large", "url": town.site}])
    visitor.go(SAY).fill({"您想反映什么": SAID, "怎么称呼您": "王奶奶"})
    expect(visitor.page.locator("html")).to_have_class("face-public large-text")
    visitor.page.context.set_offline(True)
    send = visitor.page.get_by_role("button", name="提交", exact=True)
    send.click()
    expect(visitor.page.locator("#say-status")).to_contain_text("没有网络")
    send.click()
    assert not Opinion.objects.exists()
    with visitor.page.expect_navigation():
        visitor.page.context.set_offline(False)
    visitor.arrived().sees("收到了", SAID)
    return str(visitor.page.locator(".matter-number").inner_text()).strip()


def _comes_back_and_rates(town: Town, number: str) -> None:
    visitor = town.browser(phone=True).go(SAY)
    visitor.fill({"查询号": number.lower()}).press("查询").sees("已答复", ANSWER["answer"])
    visitor.answer("问题解决了吗", "解决了").answer("对办理态度满意吗", "满意").press("提交评价").sees(
        "已办结", "解决了"
    )
