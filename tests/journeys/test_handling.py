"""From the department's desk to the deputy's judgement, once round and a second time."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.web.tests.stage import Way

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "关于改善学府路早高峰通行的建议"
PASSWORD = "Xuefu-lu-2026"


def test_declined_reassigned_answered_judged_twice(town: Town) -> None:
    way = Way(town.cast, title=TITLE)
    way.take("chen", "invite", {"deputies": [town.cast.mandates["lin"].pk]})
    way.take("lin", "cosign", {"own_will": "on"})
    way.received()
    way.take("office", "assign", {"organ": town.cast.organs["roads"].pk})
    _declined_and_reassigned(town)
    _contacted(town, "parks_clerk")
    _answered(town, "draft")
    _signed(town, "parks_head", "签发答复")
    _letters(town)
    _rejected_with_a_fresh_password(town)
    _contacted(town, "parks_office")
    _answered(town, "again")
    _signed(town, "parks_chief", "主要负责人签发")
    _judged(town)
    assert Matter.objects.get(title=TITLE).state == "closed"
    assert verify_congress(town.cast.congress) == []


def _declined_and_reassigned(town: Town) -> None:
    """Signed for by the clerk, declined by the organ's office with a reason, given to another organ by the deputies' office."""
    town.seated("roads_clerk").sees("签收").follow(TITLE).press("签收").sees("办理中")
    roads = town.seated("roads_office").go("/lists/suggestion/").follow(TITLE).step("申请退办")
    roads.press("申请退办").sees("理由")
    roads.fill({"理由": "学校周边停车场属园林绿地，不是本局职责。"}).press("申请退办").sees("申请退办")
    office = town.seated("office").sees("改交").follow(TITLE).sees("属园林绿地").step("改交")
    office.choose("主办单位", "区园林局").press("改交").sees("已交办", "区园林局")
    town.seated("parks_clerk").follow(TITLE).press("签收").sees("办理中")


def _contacted(town: Town, who: str) -> None:
    """The organ records the contact; until then it cannot draft. The deputy confirms on her phone."""
    clerk = (
        town.seated(who)
        .go("/lists/suggestion/")
        .follow(TITLE)
        .sees("请先登记联系情况" if who == "parks_clerk" else "请登记联系情况")
    )
    clerk.step("登记联系").answer("方式", "现场察看")
    clerk.fill(
        {
            "日期": timezone.localdate().isoformat(),
            "参加人": "代表、副局长",
            "沟通情况": "到校门口现场察看，代表同意方案。",
        }
    )
    clerk.press("登记联系").sees("现场察看")
    deputy = town.seated("chen", phone=True).sees("确认联系").follow(TITLE)
    deputy.step("确认联系").press("确认联系").sees("确认联系已记录")


def _answered(town: Town, round_: str) -> None:
    """A reply that promises: first without saying what, which the form does not take; then in full."""
    label = "拟写答复" if round_ == "draft" else "拟写再次答复"
    clerk = town.seated("parks_clerk").go("/lists/suggestion/").follow(TITLE).step(label)
    clerk.answer("办理结果分类", "B类：正在解决或者已经列入计划逐步解决").fill({"已经办了什么": "已设置临时停靠区。"})
    clerk.press(label).sees("须写明承诺事项")
    due = (timezone.localdate() + timedelta(days=60)).isoformat()
    clerk.fill(
        {
            "承诺事项": "调整两个路口的信号配时",
            "责任人": "绿地科科长",
            "完成期限": due,
            "文号": f"某园函〔2026〕{1 if round_ == 'draft' else 2}号",
        }
    )
    clerk.press(label).sees("待签发", "调整两个路口的信号配时")


def _signed(town: Town, who: str, label: str) -> None:
    """Signed by somebody who did not draft it, after the consequence was said."""
    head = town.seated(who).sees(label).follow(TITLE).step(label)
    head.press_and_confirm(label).sees("答复")


def _letters(town: Town) -> None:
    """The deputy takes the letter with her, as a document and as a printed page."""
    deputy = town.seated("chen", phone=True).go("/lists/suggestion/?view=own").follow(TITLE)
    document = zipfile.ZipFile(io.BytesIO(deputy.download("答复函（Word）")))
    assert "调整两个路口的信号配时" in document.read("word/document.xml").decode()
    assert deputy.download("答复函（PDF）").startswith(b"%PDF")


def _rejected_with_a_fresh_password(town: Town) -> None:
    """Long after signing in the deputy is asked for her password; what she wrote is not lost over it."""
    account = town.cast.seats["chen"].account
    account.set_password(PASSWORD)
    account.save()
    deputy = town.seated("chen", phone=True, fresh=False).follow(TITLE).step("对结果不满意").sees("再次验证身份")
    deputy.misses("对办理结果").answer("对办理态度", "满意").fill({"不满意的理由": "东门没有停靠区。", "密码": "wrong"})
    deputy.press("对结果不满意").sees("没有通过验证")
    assert deputy.typed("不满意的理由") == "东门没有停靠区。"
    deputy.fill({"密码": PASSWORD}).press("对结果不满意").sees("重新办理", "东门没有停靠区")


def _judged(town: Town) -> None:
    """The co-signer judges for herself; the second reply satisfies the lead deputy, and that ends it."""
    cosigner = town.seated("lin", phone=True).sees("联名代表评价").follow(TITLE)
    _grades(cosigner.step("联名代表评价"), "满意").press("联名代表评价").sees("联名代表评价已记录", "林翀")
    deputy = town.seated("chen", phone=True).follow(TITLE).sees("再次答复")
    _grades(deputy.step("满意或基本满意"), "基本满意").press("满意或基本满意").sees("办结")


def _grades(visitor: Visitor, result: str) -> Visitor:
    return visitor.answer("对办理态度", "满意").answer("对办理结果", result)
