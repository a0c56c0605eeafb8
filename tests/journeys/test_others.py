"""The other seats: delegations, agents, administrators, the public; and how each reader sets her pages."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.utils import timezone
from openpyxl import Workbook

from openrenda.people.models import Account, Organ, Seat, Session, Term
from openrenda.web.portal import codes
from openrenda.web.tests.stage import Way

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE = "关于改善学府路早高峰通行的建议"
SECRET = "关于某处隐患的建议"
PASSWORD = "Xuefu-lu-2026"


def test_a_delegation_speaks_in_session(town: Town) -> None:
    today = timezone.localdate()
    Session.objects.create(term=Term.objects.get(), number=2, since=today, until=today + timedelta(days=3))
    head = town.seated("team", phone=True).follow("起草建议")
    head.fill({"标题": TITLE, "情况": "校门前拥堵。", "具体建议": "设停靠区。"}).press("起草建议").sees("拟稿")
    head.step("提交").tick_all().press("提交").sees("区级阅看", "第一代表团")


def test_staff_enter_for_a_deputy_with_proof(town: Town) -> None:
    office = town.seated("office").follow("代为录入", within="nav")
    office.choose("代表", "欧阳玥").press("开始代录").sees("凭证")
    office.choose("代表", "欧阳玥").attach("凭证", "欧阳玥签名件.txt", b"x").press("开始代录").sees("这里不接收文本")
    office.attach("凭证", "签名件.png", _picture()).choose("代表", "欧阳玥").press("开始代录").sees(
        "正在代欧阳玥代表录入"
    )
    office.follow("起草建议").fill({"标题": TITLE, "情况": "校门前拥堵。", "具体建议": "设停靠区。"})
    office.press("起草建议").sees("欧阳玥", "代录").press("结束代录").sees("代为录入已经结束")
    deputy = town.seated("ouyang", phone=True).go("/lists/suggestion/?view=own").follow(TITLE).sees("代录")
    deputy.go("/duty/").sees("代为录入")
    town.seated("station").follow("代为录入", within="nav").sees("代为录入")


def _picture() -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(target, "PNG")
    return target.getvalue()


def test_large_text_and_english(town: Town) -> None:
    deputy = town.seated("chen", phone=True)
    deputy.page.locator("header summary").click()
    deputy.press("换成大字", within="header")
    assert "large-text" in deputy.page.locator("html").get_attribute("class")
    deputy.go("/account/")
    deputy.page.get_by_role("button", name="English").first.click()
    deputy.page.wait_for_load_state()
    assert deputy.page.locator("html").get_attribute("lang") == "en"
    assert "large-text" in deputy.page.locator("html").get_attribute("class")
    deputy.go("/preferences/").press("中文").press("标准字")
    assert deputy.page.locator("html").get_attribute("lang") == "zh-hans"


def test_organs_from_a_workbook_and_a_seat_by_two_administrators(town: Town) -> None:
    """A file with a bad row is not taken, and says which; a right one is. A seat asked for by one is granted by another."""
    code = _enrol(town, "registrar")
    admin = town.browser().go("/sign-in/").fill({"登录名": "990601-registrar", "密码": PASSWORD}).press("登录")
    admin.fill({"动态口令": code}).press("继续").follow("系统管理", within="nav").sees("机构")
    admin.follow("导入表格").attach("表格文件", "机构.xlsx", _organs("九月三十一日")).press("预览").sees(
        "有误", "设立日期"
    )
    assert not Organ.objects.filter(code="J90").exists()
    admin.attach("表格文件", "机构.xlsx", _organs("2024年3月1日")).press("预览").sees("尚未保存").press(
        "确认导入"
    ).sees("区水务局")
    admin.go("/administration/registers/seats/").follow("新增一行")
    admin.fill({"登录名": "shuiwu", "姓名": "李水", "机构代码": "J90"}).choose("席位", "承办单位经办人").press(
        "保存"
    ).sees("由安全管理员审批后生效")
    assert not Seat.objects.filter(account__login="shuiwu").exists()
    security = (
        town.seated("security").follow("系统管理", within="nav").sees("李水").press("同意").sees("席位变动已生效")
    )
    assert Seat.objects.filter(account__login="shuiwu").exists()
    security.go("/administration/accounts/").sees("shuiwu")
    admin.go("/administration/accounts/").sees("李水")
    admin.follow("接口令牌").sees("还没有发放过令牌").press("发放令牌").sees("没有提交").fill(
        {"系统名称": "办公系统", "席位所属账号的登录名": "990601-roads_office"}
    )
    admin.press("发放令牌").sees("只显示这一次").follow("返回").sees("办公系统", "没有用过", "查看")
    admin.go("/administration/accounts/")
    row = admin.page.locator("section").filter(has_text="shuiwu")
    row.get_by_role("button", name="发放新密码").click()
    admin.page.get_by_role("dialog").get_by_role("button", name="发放新密码").click()
    admin.sees("只显示这一次")
    town.seated("auditor").follow("系统管理", within="nav").sees("李水", "导入")


def _enrol(town: Town, who: str) -> str:
    """Give the account a password and a second factor; the code that is right now."""
    account: Account = town.cast.seats[who].account
    account.set_password(PASSWORD)
    account.second_factor_secret, account.second_factor_since = pyotp.random_base32(), timezone.now()
    account.save()
    return pyotp.TOTP(account.second_factor_secret).now()


def _organs(since: str) -> bytes:
    """A clerk's workbook: a merged heading, full-width digits, dates as text, a blank row at the end."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["机构一览表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["代码", "名称", "类别", "设立日期"])
    sheet.append(["Ｊ９０", "区水务局", "政府部门", since])
    sheet.append(["J91", "区气象局", "政府部门", "2024.3.1"])
    sheet.append([None, " ", None, None])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_public_reads_what_is_published_and_nothing_else(town: Town) -> None:
    """What the office publishes can be read and found without signing in, the telephone number hidden; a secret one never."""
    shown = Way(town.cast, title=TITLE, background="校门前拥堵，联系人王女士，电话13912345678。").judged()
    hidden = Way(town.cast, title=SECRET, keep_secret="on").judged()
    office = town.seated("office").go("/lists/suggestion/").follow(TITLE).step("公开")
    assert "校门前拥堵" in office.typed("公开文本")
    assert "13912345678" not in office.typed("公开文本")
    office.sees("王女士 —— …")
    office.press("公开").sees("公开已记录")
    town.seated("office").go(f"/matters/{hidden.pk}/").sees("代表要求保密，不予公开")
    reader = town.browser(phone=True).go("/").sees(TITLE).misses(SECRET)
    reader.follow("建议公开", within="header").sees(TITLE).misses(SECRET)
    reader.follow(TITLE).sees("校门前拥堵", "已设置临时停靠区").misses("13912345678", "王女士")
    reader.page.locator("header").get_by_role("searchbox").fill("校门前拥堵")
    reader.press("搜索", within="header").sees(TITLE)
    found = reader.page.request.get(f"{town.site}/c/990601/suggestions/{codes.code_of(hidden.pk)}/")
    assert found.status == 404
    assert town.browser().go(f"/c/990601/suggestions/{codes.code_of(shown.pk)}/").path.endswith("/")
    for link in ("代表名册", "程序"):
        reader.follow(link, within="header")
    for link in ("无障碍声明", "个人信息保护说明", "意见与投诉"):
        reader.follow(link, within="footer")
