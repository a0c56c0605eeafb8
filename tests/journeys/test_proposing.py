"""A suggestion from the first word to its number: a deputy, a co-signer, her street and the deputies' office."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from openrenda.docket.models import Matter

from .conftest import Town

pytestmark = pytest.mark.browser
PASSWORD = "Xuefu-lu-2026"
TITLE = "关于改善学府路早高峰通行的建议"
TEXT = {
    "情况": "学府路小学门前早高峰拥堵，家长接送车辆占用非机动车道，行人只能走机动车道。联系人电话 13912345678。",
    "分析": "缺少临时停靠区，信号配时不合理。",
    "具体建议": "一、在校门东侧设临时停靠区。二、调整信号配时。",
}
REVIEW = ("内容合规", "一事一议", "现实可行", "政治关", "法律关", "质量关")


def test_from_draft_to_number(town: Town) -> None:
    """Draft on a phone, kept while the browser is closed; co-signed on a phone; returned once; read twice; numbered."""
    account = town.cast.seats["chen"].account
    account.set_password(PASSWORD)
    account.save()
    _begins_and_closes_the_browser(town)
    _goes_on_and_invites(town)
    _co_signs(town)
    chen = town.seated("chen", phone=True)
    chen.follow(TITLE).step("提交街道阅看").tick_all().press("提交街道阅看").sees("街道阅看")
    _street_returns_once(town)
    chen.go("/").follow(TITLE).sees("请写明涉及哪几个路口")
    chen.step("修改").fill({"分析": "东门、西门两个路口缺少临时停靠区。"}).press("修改").sees("东门、西门两个路口")
    chen.step("修改后提交街道").tick_all().press("修改后提交街道")
    street = town.seated("street").follow(TITLE).step("阅看通过")
    _answers_all(street, "是").press("阅看通过").sees("区级阅看")
    office = town.seated("office").follow(TITLE).step("阅看通过并接收")
    _answers_all(office, "是").press("阅看通过并接收").sees("已接收")
    matter = Matter.objects.get(title=TITLE)
    assert (matter.state, bool(matter.number)) == ("received", True)
    chen.go("/").sees("阅看通过并接收").follow(TITLE).sees(matter.number, "请写明涉及哪几个路口")


def _signs_in(town: Town) -> object:
    visitor = town.browser(phone=True).go("/")
    visitor.follow("代表和工作人员登录", within="body")
    visitor.fill({"登录名": "990601-chen", "密码": PASSWORD}).press("登录")
    return visitor.sees("陈一鸣代表")


def _begins_and_closes_the_browser(town: Town) -> None:
    visitor = _signs_in(town)
    visitor.follow("起草建议").fill({"标题": TITLE, **TEXT})
    expect(visitor.page.locator("[data-autosave-status]")).to_contain_text("已自动保存")
    visitor.page.context.close()


def _goes_on_and_invites(town: Town) -> None:
    visitor = _signs_in(town)
    visitor.sees("还没写完的").follow(TITLE).sees("已恢复您上次没有提交的内容")
    assert visitor.typed("具体建议") == TEXT["具体建议"]
    visitor.press("起草建议").sees("拟稿", TEXT["分析"])
    visitor.step("邀请联名").tick("林翀").press("邀请联名").sees("林翀")
    visitor.sees("林翀尚未确认联名")
    visitor.page.context.close()


def _co_signs(town: Town) -> None:
    visitor = town.seated("lin", phone=True).sees("确认联名").follow(TITLE).step("确认联名")
    visitor.press("确认联名").sees("请先确认这一项")
    visitor.tick_all().press("确认联名").sees("确认联名已记录")


def _street_returns_once(town: Town) -> None:
    street = town.seated("street").follow(TITLE).step("退回修改")
    _answers_all(street, "是").answer("现实可行", "否")
    street.press("退回修改").sees("退回意见")
    street.fill({"退回意见": "请写明涉及哪几个路口。"}).press("退回修改").sees("退回修改")


def _answers_all(visitor: object, choice: str) -> object:
    for question in REVIEW:
        visitor.answer(question, choice)
    return visitor
