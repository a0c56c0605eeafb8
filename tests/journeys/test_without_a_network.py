"""A clerk at a night talk has no network: she fills two pages, the browser keeps them, and later each visitor's word is there once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from openrenda.procedures.opinion.records import Opinion

from .conftest import Town

pytestmark = pytest.mark.browser


def test_two_pages_are_kept_and_sent_once(town: Town) -> None:
    """Offline she goes on to the next page; online again both are there, and the numbers stand on the page."""
    clerk = town.seated("station", phone=True).go("/lists/opinion/enter/")
    page, told = clerk.page, clerk.page.locator("#notebook-status")
    page.locator("[name=channel]").select_option("night_talk")
    page.context.set_offline(True)
    for words in ("楼道灯不亮，老人夜里看不清。", "想装电梯，一楼不同意。"):
        page.locator("[name='0-text']").fill(words)
        page.locator("[name='0-name']").fill("王奶奶")
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.locator("[name='0-text']")).to_have_value("")
    expect(told).to_contain_text("没有网络")
    expect(told).to_contain_text("还没有送出的页数： 2")
    kept = page.evaluate("JSON.stringify(window.localStorage)")
    assert "楼道灯不亮" in kept
    assert "王奶奶" not in kept
    assert not Opinion.objects.exists()
    page.context.set_offline(False)
    expect(told).to_contain_text("想装电梯", timeout=20_000)
    expect(told).to_contain_text("查询号请抄给群众")
    assert sorted(Opinion.objects.values_list("channel", "has_contact")) == [("night_talk", True)] * 2
    assert "楼道灯不亮" not in page.evaluate("JSON.stringify(window.localStorage)")


def test_with_a_network_a_page_is_entered_as_before(town: Town) -> None:
    """Sent by the script and shown by the form: one opinion, and its slip."""
    clerk = town.seated("station").go("/lists/opinion/enter/")
    clerk.page.locator("[name='0-text']").fill("井盖松了。")
    clerk.press("登记").sees("登记了 1 件", "井盖松了")
    assert Opinion.objects.count() == 1
