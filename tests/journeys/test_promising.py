"""Two promises in a reply, a year later: one kept with proof and confirmed by the deputy, the other overdue in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from openrenda import docket, rulebook
from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.web.tests.stage import Way

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE = "关于整治学府路积水的建议"
KEPT, FORGOTTEN = "更换学府路雨水管", "公布内涝点清单"


def test_a_reply_with_two_promises_and_what_became_of_them(town: Town) -> None:
    then = date(timezone.localdate().year - 1, 9, 1)
    decided = {"basis": "主任会议纪要", "set_by": "管理员", "since": then}
    rulebook.set_local_value(town.cast.congress, "option.promise_round", True, **decided)  # type: ignore[arg-type]
    with time_machine.travel(f"{then}T02:00:00Z", tick=True):
        _promised(town, then)
    docket.run_clocks(town.cast.congress.pk)
    _the_yearly_word(town)
    _kept_with_proof(town)
    _confirmed_by_the_deputy(town)
    _the_other_is_overdue(town)
    assert verify_congress(town.cast.congress) == []


def _promised(town: Town, then: date) -> None:
    """The clerk writes both promises; a day gone by is not taken. The head signs."""
    way = Way(town.cast, title=TITLE).contacted()
    clerk = town.seated("roads_clerk").follow(TITLE).step("拟写答复")
    clerk.answer("办理结果分类", "B类：正在解决或者已经列入计划逐步解决").fill({"已经办了什么": "已完成勘察。"})
    for row, (what, days) in enumerate(((KEPT, -1), (FORGOTTEN, 20)), 1):
        for details in clerk.page.locator("main details:not([open]) summary").all()[:1] if row > 1 else ():
            details.click()
        for name, value in ((f"promise_{row}", what), (f"promise_{row}_who", "设施科"),
                            (f"promise_{row}_by", (then + timedelta(days=days)).isoformat())):  # fmt: skip
            clerk.page.locator(f"[name={name}]").fill(value)
    clerk.press("拟写答复").sees("完成期限不能早于今天，请写一个还没有到的日期")
    clerk.page.locator("[name=promise_1_by]").fill((then + timedelta(days=500)).isoformat())
    clerk.press("拟写答复").sees("待签发")
    town.seated("roads_head").follow(TITLE).step("签发答复").press_and_confirm("签发答复").sees(KEPT, FORGOTTEN)
    assert Matter.objects.filter(parent=way.pk, procedure="commitment").count() == 2


def _the_yearly_word(town: Town) -> None:
    """The organ tells the deputy how far it is; she answers with a receipt."""
    clerk = town.seated("roads_clerk").sees(KEPT).follow(KEPT).step("年度通报")
    clerk.fill({"进展情况": "管材已进场。"}).press("年度通报").sees("管材已进场")
    deputy = town.seated("chen", phone=True).sees("填写回执").follow(KEPT).step("填写回执")
    deputy.answer("对落实情况的评价", "基本满意").press("填写回执").sees("基本满意")


def _kept_with_proof(town: Town) -> None:
    """Without proof the report is not taken; a document is attached, ticked, and reported. The organ cannot settle it."""
    clerk = town.seated("roads_clerk").follow(KEPT).step("报告落实")
    today = timezone.localdate().isoformat()
    clerk.fill({"落实情况": "雨水管已全部更换。", "落实日期": today}).press_and_confirm("报告落实").sees(
        "请附上落实的证据"
    )
    assert clerk.typed("落实情况") == "雨水管已全部更换。"
    clerk = town.seated("roads_clerk").follow(KEPT)
    clerk.page.locator("main input[type=file]").set_input_files(
        [{"name": "验收单.txt", "mimeType": "text/plain", "buffer": "已验收".encode()}]
    )
    clerk.press("上传").sees("验收单.txt").step("报告落实").sees("验收单.txt")
    clerk.fill({"落实情况": "雨水管已全部更换。", "落实日期": today}).press_and_confirm("报告落实")
    clerk.sees("已报落实，待代表评价").misses("没有落实，继续办理")


def _confirmed_by_the_deputy(town: Town) -> None:
    deputy = town.seated("chen", phone=True).sees(KEPT).follow(KEPT).sees("验收单.txt").step("已经落实")
    deputy.answer("对落实情况的评价", "满意").press("已经落实").sees("确认落实")


def _the_other_is_overdue(town: Town) -> None:
    """By organ and age, with the list behind the number; the workbook holds it too."""
    office = town.seated("office").follow("承诺核对", within="body").sees("区交通运输局")
    office.page.set_viewport_size({"width": 1440, "height": 900})
    office.go("/lists/commitment/?age=any").sees(FORGOTTEN).misses(KEPT)
    assert office.download("导出").startswith(b"PK")
    office.follow(FORGOTTEN).sees("逾期", "区级台账", "落实中")
