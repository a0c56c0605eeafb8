"""The design pages in a real browser: accessibility, widths, and the small scripts at work. No server and no database:
the browser's requests are answered by the view itself."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from playwright.sync_api import expect

from openrenda.web import design

pytestmark = pytest.mark.browser
ROOT = Path(design.__file__).parents[2]
AXE = next((ROOT / "tests" / "vendor").glob("axe-core-*/axe.min.js"))
SITE = "http://testserver"
PAGES = [*(f"/design/?face={face}" for face in design.FACES), *(f"/design/{page}/" for page in design.PAGES)]


@pytest.fixture
def site() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF="openrenda.web.tests.test_design", DEBUG=True):
        yield Client()


@pytest.fixture
def open_page(new_page: Callable[..., Any], site: Client) -> Callable[..., Any]:
    """Opens a design page: `open_page(path, phone=…)`; `drafts` says how the autosave address answers."""

    def opened(path: str, drafts: int = 200, phone: bool = False, **options: Any) -> Any:
        page = new_page(phone=phone, **options)
        page.route("**/*", lambda route: answer(route, site, drafts))
        page.posted = []
        page.on("request", lambda request: page.posted.append(request) if request.method == "POST" else None)
        page.goto(SITE + path)
        return page

    return opened


def answer(route: Any, site: Client, drafts: int) -> None:
    """One request of the browser: a static file, a post, or a page of the site."""
    path = route.request.url.removeprefix(SITE)
    if path.startswith("/static/"):
        file = finders.find(path.removeprefix("/static/").partition("?")[0])
        kind = mimetypes.guess_type(path)[0]
        route.fulfill(path=file, content_type=kind) if file else route.fulfill(status=404)
    elif route.request.method == "POST":
        route.fulfill(status=drafts, body="sent")
    else:
        found = site.get(path)
        headers = {"Content-Security-Policy": found.headers.get("Content-Security-Policy", "")}
        route.fulfill(status=found.status_code, body=found.content, content_type="text/html", headers=headers)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_axe_finds_nothing(open_page: Callable[..., Any], path: str, phone: bool) -> None:
    page = open_page(path, phone=phone, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_each_width_in_large_text_too(open_page: Callable[..., Any], path: str) -> None:
    page = open_page(path)
    for text in ("normal", "large"):
        page.goto(f"{SITE}{path}{'&' if '?' in path else '?'}text={text}")
        for width in (320, 390, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (text, width)


@pytest.mark.parametrize("text", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 390])
def test_the_staff_header_takes_two_rows_at_most_on_a_phone(
    open_page: Callable[..., Any], width: int, text: str
) -> None:
    """However long the name of the seat; and what its buttons open lies inside the window."""
    page = open_page(f"/design/staff_list/?text={text}", phone=True)
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate(
        "document.querySelector('.site-header .menu summary span').textContent = '代表工作委员会代表工作机构办公室'"
    )
    # Two rows of 44 pixels with their edges; in large letters the name of the congress takes two lines of its own.
    assert page.locator(".site-header").bounding_box()["height"] <= 116
    for menu in page.locator(".site-header .menu:visible").all():
        menu.locator("summary").click()
        box = menu.locator(".menu-body").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        menu.locator("summary").click()


@pytest.mark.parametrize("path", ["/design/deputy_home/", "/design/public_suggestion/", "/design/deputy_form/"])
def test_targets_on_a_phone_are_44_pixels_high(open_page: Callable[..., Any], path: str) -> None:
    """House rule; WCAG 2.2, 2.5.8 asks for 24."""
    page = open_page(path, phone=True)
    low = page.evaluate(
        """(targets) => [...document.querySelectorAll(targets)]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 90))""",
        ".button, .tool, nav a, .site-footer a, select, textarea, input:is([type=text], [type=date], [type=search])",
    )
    assert low == []


def test_keys_move_tick_open_and_explain(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/staff_list/")
    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
    assert page.locator("tbody input:checked").count() == 1
    assert page.locator(".batch-count").inner_text() == "已选 1 项"
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("x")
    assert page.locator("tbody input:checked").count() == 1, "typing in a field is typing"


def test_keys_can_be_switched_off(open_page: Callable[..., Any]) -> None:
    """WCAG 2.2, 2.1.4."""
    page = open_page("/design/staff_list/")
    page.keyboard.press("?")
    page.check("#keys-off")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") != "TR"


def test_shift_ticks_a_run_and_the_bar_appears_only_then(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/staff_list/")
    assert not page.locator(".batch-bar").is_visible()
    ticks = page.locator('tbody input[name="row"]')
    ticks.nth(1).click()
    ticks.nth(5).click(modifiers=["Shift"])
    assert page.locator(".batch-count").inner_text() == "已选 5 项"
    page.locator("[data-tick-all]").check()
    assert page.locator("tbody input:not(:checked)").count() == 0
    page.locator("[data-tick-none]").click()
    assert not page.locator(".batch-bar").is_visible()


def test_a_column_hides_at_once_and_the_cookie_remembers(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/staff_list/")
    page.locator(".table-tools summary").click()
    page.get_by_role("checkbox", name="领衔代表").uncheck()
    assert page.locator('td[data-label="领衔代表"]:visible').count() == 0
    assert page.locator('td[data-label="承办单位"]:visible').count() > 0
    assert "columns_design=sponsor" in page.evaluate("document.cookie")


def test_a_form_is_sent_once(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/sign_in/")
    passed = page.evaluate(
        """() => { let passed = 0;
        addEventListener("submit", (event) => { passed += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
        const form = document.querySelector("main form"), button = form.querySelector("button");
        button.click(); button.click(); form.requestSubmit(); return passed; }"""
    )
    assert passed == 1
    expect(page.locator("main form button")).to_have_text("正在提交…")


def test_what_cannot_be_undone_is_asked_first(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/")
    page.locator("form[data-confirm] button").click()
    assert "不能恢复" in page.locator("dialog[open]").inner_text()
    page.locator("dialog[open] button", has_text="取消").click()
    assert page.posted == []
    page.locator("form[data-confirm] button").click()
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("dialog[open] button", has_text="撤回").click()


def test_a_form_saves_itself_and_leaves_no_copy_behind(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/deputy_form/")
    page.fill("#id_situation", "路口没有过街提示音𠮷")
    assert "过街提示音𠮷" in page.evaluate("JSON.stringify(localStorage)")
    expect(page.locator("[data-autosave-status]")).to_contain_text("已自动保存")
    assert len(page.posted) == 1
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(("status", "words"), [(403, "登录已过期"), (500, "已存在本机")])
def test_what_could_not_be_saved_is_kept_here_and_offered_again(
    open_page: Callable[..., Any], status: int, words: str
) -> None:
    page = open_page("/design/deputy_form/", drafts=status)
    page.fill("#id_situation", "写了很久的内容")
    page.check("#id_delivery_1")
    expect(page.locator("[data-autosave-status]")).to_contain_text(words)
    page.reload()
    assert page.input_value("#id_situation") == ""
    page.get_by_role("button", name="恢复这份内容").click()
    assert page.input_value("#id_situation") == "写了很久的内容"
    assert page.is_checked("#id_delivery_1")


def test_a_file_too_large_is_told_before_it_is_sent(open_page: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "现场.pdf"
    with file.open("wb") as content:
        content.truncate(21 * 1024 * 1024)
    page = open_page("/design/deputy_form/")
    page.set_input_files("#id_attachment", file)
    assert "“现场.pdf”有 21.0 MB，超过了 20 MB 的上限" in page.locator(".upload-words").inner_text()
    assert page.evaluate("document.querySelector('#id_attachment').files.length") == 0


def test_lists_and_forms_work_without_scripts(open_page: Callable[..., Any]) -> None:
    page = open_page("/design/staff_list/", java_script_enabled=False)
    assert page.locator(".batch-bar").is_visible()
    assert not page.locator("[data-keys-help]").is_visible()
    page.locator(".table-tools summary").click()
    assert page.get_by_role("button", name="记住").is_visible()
