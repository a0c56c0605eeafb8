"""The public pages and the notices in a real browser: axe, every width, large letters, and the text printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from openrenda.activities.record import Item
from openrenda.channels.delivery import deliver
from openrenda.people.testing import sit_down
from openrenda.web.portal import codes
from openrenda.web.portal.models import Feedback
from openrenda.web.tests.test_design_browser import AXE, SITE, answer
from tests import sittings
from tests.cast import Cast

from .stage import CODE, PROMISE, address, not_satisfied, published, take

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 768, 1440)
LONGEST_TITLE = "关于" + "进一步加强老旧小区加装电梯和消防通道管理工作" * 6 + "的建议"


def addresses(cast: Cast) -> list[str]:
    """Every public page, with a very long title, a title of two characters, both rounds, and an opinion."""
    long = published(cast, PROMISE, title=LONGEST_TITLE[:135])
    not_satisfied(cast, long, {"contact_phone": "027-87654321"})
    take(cast, published(cast, title="关于某企业的建议"), "office", "withhold", {"reason": "涉及商业秘密"})
    short = published(cast, title="修路")
    row = Feedback(number=codes.query_number(), kind="idea", text="夜间模式", received_at=timezone.now())
    row.save(force_insert=True)
    inside = ("", "suggestions/", "suggestions/?q=修路", "suggestions/?q=游泳", "suggestions/?class=A", "figures/answered/",
              "deputies/", "procedures/", "procedures/suggestion/", "feedback/", f"feedback/{row.number}/")  # fmt: skip
    item = Item.objects.get(matter=sittings.opened(cast))
    old = sittings.decided(cast, item, title=LONGEST_TITLE[:135])
    new = sittings.decided(cast, item, replaces=str(old.pk))
    decided = [
        f"/c/{CODE}/resolutions/{path}"
        for path in ("", "?kind=notice", *(f"{codes.code_of(one.pk)}/" for one in (old, new)))
    ]
    return [
        address(long),
        address(short),
        *decided,
        *(f"/c/{CODE}/{path}" for path in inside),
        "/accessibility/",
        "/privacy/",
    ]


def fetched(site: Client, paths: list[str]) -> dict[str, Any]:
    """The pages, asked for before the browser runs: its callbacks stand outside the test's transaction."""
    found = {path: site.get(path) for path in paths}
    assert {path: one.status_code for path, one in found.items() if one.status_code != 200} == {}
    return found


def served(page: Any, pages: dict[str, Any]) -> None:
    """Let the browser have the pages and the static files."""

    def give(route: Any) -> None:
        path = unquote(route.request.url.removeprefix(SITE))
        if path in pages:
            route.fulfill(body=pages[path].content, content_type="text/html; charset=utf-8")
        else:
            answer(route, Client(), 404)

    page.route("**/*", give)


def look(page: Any, paths: list[str]) -> list[str]:
    """What is wrong with the pages: faults that axe finds, and pages wider than the window."""
    faults = []
    for path in paths:
        page.goto(SITE + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        faults += [f"{path}: {fault['id']} {[node['target'] for node in fault['nodes']]}" for fault in found]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{path}: wider than {width}")
    return faults


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_public_pages_have_no_fault(cast: Cast, new_page: Callable[..., Any], large: bool) -> None:
    site = Client()
    if large:
        site.cookies["text"] = "large"
    page = new_page(phone=True, bypass_csp=True)
    paths = addresses(cast)
    served(page, fetched(site, paths))
    assert look(page, paths) == []


@pytest.mark.parametrize("who", ["office", "chen"])
def test_notices_and_answers_have_no_fault(cast: Cast, new_page: Callable[..., Any], who: str) -> None:
    paths = addresses(cast)[:1]
    deliver(cast.congress)
    site = sit_down(Client(), cast.seats[who])
    page = new_page(bypass_csp=True)
    inside = ["/notices/", "/notices/?unread=1", *(["/feedback/answers/"] if who == "office" else []), *paths]
    served(page, fetched(site, inside))
    assert look(page, inside) == []


def test_the_printed_text_says_where_it_can_be_checked(cast: Cast, new_page: Callable[..., Any]) -> None:
    matter = published(cast)
    page = new_page()
    served(page, fetched(Client(), [address(matter)]))
    page.goto(SITE + address(matter))
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    assert "可在此核对" in printed
    assert address(matter) in printed
    assert "代表和工作人员登录" not in printed
