"""A session that ends in the middle of a long form, in a real browser: sign in again, and the text is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from playwright.sync_api import expect

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


def test_an_ended_session_leads_back_to_the_form_and_offers_the_text(
    served: tuple[Cast, str], new_page: Callable[..., Any]
) -> None:
    cast, site = served
    way, account = Way(cast), cast.seats["chen"].account
    account.set_password(PASSWORD)
    account.save()
    cookie = seat(cast, "chen").cookies["sessionid"].value
    page = new_page(phone=True)
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.goto(site + address(way.matter, "revise"))
    page.fill("#id_title", "写了一上午的标题")
    page.fill("#id_background", "写了一上午的情况")
    Session.objects.all().delete()
    page.locator("main form.form button[type=submit], main form.form button:not([type])").last.click()
    page.wait_for_url("**/sign-in/**")
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
