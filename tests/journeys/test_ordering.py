"""An enterprise orders help: it signs in with its password, one deputy cannot and says why, another accepts and serves on her telephone, the
enterprise is not content, and then it is."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Group, GroupMembership
from tests.cast import BEGAN

from .conftest import Town
from .visitor import Visitor

pytestmark = pytest.mark.browser
PASSWORD = "Qingshi-Mianfen-2026"
ORDER = {
    "点单事项": "申请临时用电怎么办",
    "服务地点": "青石街1号",
    "需要什么帮助": "旺季用电不够，城市交通管制时货车也进不来。",
}
TITLE, BUSY, DONE, AGAIN = (
    ORDER["点单事项"],
    "这个月在外学习",
    "已联系供电所，三天内接好。",
    "供电所已于今天接好，试机正常。",
)


def test_from_the_order_to_the_enterprises_word(town: Town) -> None:
    enterprise = _signs_in_and_orders(town)
    _is_matched(town)
    _cannot(town)
    deputy = _accepts_and_serves(town)
    enterprise.go("/").sees("企业确认").follow(TITLE).sees(DONE).step("尚未解决").press("尚未解决").sees("理由")
    enterprise.fill({"理由": "电还没有接上。"}).press("尚未解决").sees("服务中", "电还没有接上。")
    _serves(deputy.go("/").follow(TITLE).sees("电还没有接上。"), AGAIN)
    enterprise.go("/").follow(TITLE).sees(AGAIN).step("企业确认").fill({"企业意见": "谢谢代表。"}).press("企业确认")
    enterprise.sees("企业已确认", "谢谢代表。")
    deputy.page.reload()
    deputy.sees("企业已确认", "谢谢代表。")
    assert Matter.objects.get(procedure="enterprise-order").state == "confirmed"
    assert verify_congress(town.cast.congress) == []


def _signs_in_and_orders(town: Town) -> Visitor:
    """On a telephone, with nothing to choose from that is not the enterprise's own."""
    account = town.cast.seats["enterprise"].account
    account.set_password(PASSWORD)
    account.save()
    enterprise = town.browser(phone=True).go("/").follow("代表和工作人员登录", within="footer")
    enterprise.fill({"登录名": account.login, "密码": "wrong"}).press("登录").sees("登录名或者密码不对")
    enterprise.fill({"登录名": account.login, "密码": PASSWORD}).press("登录").follow("点单")
    enterprise.fill({key: ORDER[key] for key in ("点单事项", "服务地点")}).press("点单").sees("还没有提交")
    assert enterprise.typed("服务地点") == ORDER["服务地点"]
    return enterprise.fill(ORDER).press("点单").sees("已点单", ORDER["需要什么帮助"])


def _is_matched(town: Town) -> None:
    """Whose group fits stands first, with the reason."""
    group = Group.objects.create(kind="professional", name="城市交通专业代表小组", since=BEGAN)
    GroupMembership.objects.create(group=group, mandate=town.cast.mandates["zhou"], since=BEGAN)
    office = town.seated("office").sees("推荐代表").follow(TITLE).step("推荐代表")
    boxes = office.page.get_by_role("group", name="推荐代表").get_by_role("checkbox")
    assert "周䶮（城市交通专业代表小组" in boxes.first.locator("xpath=ancestor::label").inner_text()
    boxes.first.check()
    office.tick("林翀").press("推荐代表").sees("周䶮", "林翀")


def _cannot(town: Town) -> None:
    """She gives it back with a reason, and is at home again, where it waits no more."""
    deputy = town.seated("lin", phone=True).sees("承接").follow(TITLE).step("不能承接")
    deputy.fill({"理由": BUSY}).press("不能承接").sees("不能承接已记录", "等我办").misses(TITLE)
    assert deputy.path == "/"


def _accepts_and_serves(town: Town) -> Visitor:
    deputy = town.seated("zhou", phone=True).sees("承接").follow(TITLE).press("承接").sees("已承接").press("开始服务")
    return _serves(deputy.sees("服务中"), DONE)


def _serves(deputy: Visitor, result: str) -> Visitor:
    deputy.step("完成服务").fill({"服务日期": timezone.localdate().isoformat(), "服务情况": result})
    return deputy.press("完成服务").sees("已服务", result)
