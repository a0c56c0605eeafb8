"""The office asks, a resident answers on her telephone and a clerk enters a call, the office decides, and the resident sees what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.web.portal import codes

from .conftest import Town

pytestmark = pytest.mark.browser
SUBJECT = "《停车管理办法（草案）》公开征求意见"
SAID = "晚上七点以后的车位也应当向附近居民开放。"
ANSWER = "已写入第八条。"


def test_from_the_notice_to_the_answer(town: Town) -> None:
    """Announced on a desk, answered on a telephone, decided for two alike at once, read with the number, counted for everybody."""
    _announces(town)
    call = Matter.objects.get(procedure="consultation")
    number = _answers(town)
    _enters_a_call(town)
    _decides(town)
    visitor = town.browser(phone=True).go("/c/990601/consultations/")
    visitor.fill({"查询号": number}).press("查询").sees("采纳", ANSWER).misses(SAID)
    visitor.go(f"/c/990601/consultations/{codes.code_of(call.pk)}/").sees("共收到2件意见", "来电").misses(SAID, ANSWER)


def _announces(town: Town) -> None:
    office = town.seated("office").go("/new/consultation/announce/")
    closes = timezone.localdate() + timedelta(days=20)
    office.fill({"征求意见的事项": SUBJECT, "征求意见的内容": "草案全文。", "截止日期": closes.isoformat()})
    office.press("公告征求意见").sees("征求意见中", SUBJECT)


def _answers(town: Town) -> str:
    visitor = town.browser(phone=True).go("/c/990601/consultations/").follow(SUBJECT).follow("提意见")
    visitor.fill({"您想说什么": SAID}).press("提交").sees("收到了", SAID)
    return str(visitor.page.locator(".matter-number").inner_text()).strip()


def _enters_a_call(town: Town) -> None:
    clerk = town.seated("station").go("/new/consultation-opinion/enter/")
    clerk.choose("对哪一次征求意见", SUBJECT).fill({"意见内容": SAID}).press("登记征求到的意见").sees(
        "查询号", "内容与另一件相同"
    )


def _decides(town: Town) -> None:
    office = town.seated("office").go("/lists/consultation-opinion/")
    for box in office.page.locator("main tbody input[type=checkbox]").all():
        box.check()
    office.press("答复是否采纳")
    office.answer("结果", "采纳").fill({"答复": ANSWER}).press("答复是否采纳")
    assert set(Matter.objects.filter(procedure="consultation-opinion").values_list("state", flat=True)) == {"answered"}
