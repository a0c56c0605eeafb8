"""A session that ends in the middle of a long form, in a real browser: sign in again, and the text is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from playwright.sync_api import expect

from openrenda.people.models import Account
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import Way, address, seat
from tests.cast import Cast, assemble

PASSWORD = "Duty-2026-roads"
pytestmark = pytest.mark.browser


@pytest.fixture
def served(transactional_db: None, live_server: Any) -> Iterator[tuple[Cast, str]]:
    """The cast in rows that the server sees, and the server's address."""
    cast = assemble()
    with congress_scope(cast.congress):
        yield cast, live_server.url
    connections.close_all()


def revising(
    served: tuple[Cast, str], new_page: Callable[..., Any], *, phone: bool = False
) -> tuple[Way, Account, Any]:
    """A deputy on the page where she revises her draft, signed in, with a password to sign in again."""
    cast, site = served
    way, account = Way(cast), cast.seats["chen"].account
    account.set_password(PASSWORD)
    account.save()
    cookie = seat(cast, "chen").cookies["sessionid"].value
    page = new_page(phone=phone)
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.goto(site + address(way.matter, "revise"))
    return way, account, page


def test_an_ended_session_leads_back_to_the_form_and_offers_the_text(
    served: tuple[Cast, str], new_page: Callable[..., Any]
) -> None:
    way, account, page = revising(served, new_page, phone=True)
    page.fill("#id_title", "写了一上午的标题")
    page.fill("#id_background", "写了一上午的情况")
    Session.objects.all().delete()
    page.locator("main form.form button[type=submit], main form.form button:not([type])").last.click()
    page.wait_for_url("**/sign-in/**")
    expect(page.locator("body")).to_contain_text(
        "您的登录已经失效，刚才提交的内容没有保存。自动保存的草稿还在，请登录后继续。"
    )
    page.fill("#id_login", account.login)
    page.fill("#id_password", PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url(f"**{address(way.matter, 'revise')}")
    page.get_by_role("button", name="恢复这份内容").click()
    expect(page.locator("#id_title")).to_have_value("写了一上午的标题")
    expect(page.locator("#id_background")).to_have_value("写了一上午的情况")
    page.locator("main form.form button[type=submit], main form.form button:not([type])").last.click()
    page.wait_for_url(f"**{address(way.matter)}?done=*")
    assert way.matter.title == "写了一上午的标题"


def test_a_session_that_ends_while_somebody_writes_is_told_on_the_page_and_loses_nothing(
    served: tuple[Cast, str], new_page: Callable[..., Any]
) -> None:
    """What was saved before is on the server, what was typed after stays in this browser; both are there after signing in."""
    way, account, page = revising(served, new_page)
    status = page.locator("[data-autosave-status]")
    page.fill("#id_title", "上午写的标题")
    expect(status).to_contain_text("已自动保存")
    Session.objects.all().delete()
    page.fill("#id_background", "登录失效以后写的情况")
    expect(status).to_contain_text("登录已过期")
    expect(status).to_contain_text("请重新登录后回到本页")
    page.goto(f"{served[1]}/sign-in/?next={address(way.matter, 'revise')}")
    page.fill("#id_login", account.login)
    page.fill("#id_password", PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url(f"**{address(way.matter, 'revise')}")
    expect(page.locator("#id_title")).to_have_value("上午写的标题")
    page.get_by_role("button", name="恢复这份内容").click()
    expect(page.locator("#id_background")).to_have_value("登录失效以后写的情况")
    expect(page.locator("#id_title")).to_have_value("上午写的标题")
