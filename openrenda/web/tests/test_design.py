"""The look keeps its promises: nothing inline, nothing foreign, small, readable, and every component shows what it is given."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import get_template, render_to_string
from django.test import Client, override_settings
from django.urls import include, path

from openrenda.web import cells, design, preferences

WEB = Path(design.__file__).parent
ROOT = WEB.parents[1]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MACROS = (WEB / "templates" / "components.html").read_text(encoding="utf-8")
EVERY_ROOMS_TEMPLATES = sorted(path for path in (ROOT / "openrenda").rglob("*.html") if "templates" in path.parts)
CSS_LIMIT_BYTES = 40_000
SCRIPT_LIMIT_BYTES = 24_000
SPRITE = (WEB / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
ICONS = set(re.findall(r'<symbol id="(\w+)"', SPRITE))

urlpatterns = [
    path("design/", include("openrenda.web.design_urls")),
    path("preferences/", preferences.set_preferences),
]
with_design = override_settings(ROOT_URLCONF=__name__, DEBUG=True)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def macro(name: str, *arguments: Any) -> str:
    """What a macro of components.html makes of its arguments."""
    return str(getattr(get_template("components.html").template.module, name)(*arguments))


# Vendored files and bundles


def test_vendored_files_agree_with_their_manifest_and_bundles_with_their_parts() -> None:
    checked = subprocess.run([sys.executable, ROOT / "bin" / "vendor", "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_a_changed_vendored_file_is_noticed(tmp_path: Path) -> None:
    vendor = runpy.run_path(str(ROOT / "bin" / "vendor"))
    (tmp_path / "one.js").write_text("1")
    (tmp_path / "manifest.json").write_text('{"files": {"one.js": "sha384-x", "two.js": "sha384-y"}}')
    (tmp_path / "three.js").write_text("3")
    faults = " ".join(vendor["check_manifest"](tmp_path))
    assert "one.js was changed" in faults
    assert "two.js is missing" in faults
    assert "three.js is not in the manifest" in faults


def test_every_vendored_package_brings_its_licence() -> None:
    for folder in [*(WEB / "static" / "vendor").iterdir(), *(ROOT / "tests" / "vendor").iterdir()]:
        if folder.is_dir():
            assert (folder / "LICENSE.txt").stat().st_size > 300, folder


def test_no_registry_address_is_in_the_lock_file() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_css_and_scripts_stay_small() -> None:
    assert (WEB / "static" / "bundle" / "openrenda.css").stat().st_size < CSS_LIMIT_BYTES
    assert (WEB / "static" / "bundle" / "openrenda.js").stat().st_size < SCRIPT_LIMIT_BYTES


# Templates


@pytest.mark.parametrize("template", EVERY_ROOMS_TEMPLATES, ids=lambda path: path.name)
def test_template_has_nothing_inline_and_nothing_foreign(template: Path) -> None:
    text = re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle\s*=", text), "inline style"
    assert not re.search(r"\son[a-z]+\s*=", text), "event handler"
    assert not re.search(r"""(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}|javascript:""", text), "another host"


@pytest.mark.parametrize("template", [path for path in TEMPLATES if "components" in path.parts], ids=lambda p: p.name)
def test_component_says_at_its_top_what_it_needs(template: Path) -> None:
    head = template.read_text(encoding="utf-8")
    assert head.startswith("{#")
    assert re.search(r"[Cc]ontext", head.partition("#}")[0]), "names no context"


def test_macro_says_above_it_what_it_needs() -> None:
    for before in MACROS.split("{% macro ")[:-1]:
        head = before.rpartition("{#")[2]
        assert head.endswith("#}\n")
        assert "Context" in head


def test_every_component_is_in_the_documentation() -> None:
    documented = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    names = {path.stem for path in TEMPLATES if path.parent.name == "components"}
    names |= set(re.findall(r"{% macro (\w+)", MACROS))
    assert {name for name in names if f"`{name}`" not in documented} == set()


def test_every_icon_that_is_named_is_drawn() -> None:
    named = {
        name
        for path in EVERY_ROOMS_TEMPLATES
        for name in re.findall(r'\bicon\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    samples = (WEB / "design_samples.toml").read_text(encoding="utf-8")
    named |= set(re.findall(r'icon = "(\w+)"', samples)) | set(cells.CLOCK_WORDS)
    assert named - ICONS == set()


@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "409", "413", "500", "503"])
def test_error_page_says_what_happened_what_is_kept_and_what_to_do(name: str) -> None:
    page = render_to_string(f"{name}.html")
    for question in ("发生了什么", "什么还在", "可以怎么办"):
        assert question in page
    assert name not in re.sub(r"<[^>]*>", "", page), "a code on a resident's page"


# Colours


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TOKENS = dict(
    re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (WEB / "static" / "css" / "tokens.css").read_text(encoding="utf-8"))
)
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "red") for ground in ("ground", "ground-soft", "ground-deep")],
    ("red", "red-pale"),
    ("ground", "red"),
    ("ground", "red-dark"),
    ("on-time", "on-time-pale"),
    ("soon", "soon-pale"),
    ("late", "late-pale"),
]


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("mark", ["line-strong", "focus", "ink", "red"])
def test_edges_of_controls_stand_out(mark: str) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast(TOKENS[mark], TOKENS["ground"]) >= 3
    assert contrast(TOKENS[mark], TOKENS["ground-soft"]) >= 3


def test_colours_live_in_the_tokens_only() -> None:
    for name in ("base.css", "components.css"):
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", (WEB / "static" / "css" / name).read_text(encoding="utf-8")))
        assert found <= {"#fff"}, name


# Cells


def test_cells_escape_what_people_wrote() -> None:
    table = {
        "columns": [{"key": "title", "label": "<标题>", "wide": True}, {"key": "n", "label": "数", "hidden": True}],
        "rows": [{"key": '"1', "url": "/?a=1&b=2", "label": "<b>", "cells": [cells.link("<i>𠮷", "/x"), "<u>"]}],
        "form_id": "batch",
    }
    rows = cells.table_rows(table)
    assert not re.search(r"<[ibu]>", rows)
    assert "&lt;i&gt;𠮷" in rows
    assert 'data-label="&lt;标题&gt;"' in rows
    assert rows.count(" hidden") == 1
    assert 'value="&quot;1"' in rows


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        cells.table_rows({"columns": [{"label": "编号"}], "rows": [{"key": "1", "cells": []}]})


@pytest.mark.parametrize(
    ("status", "days", "words"),
    [
        ("on_time", 12, "还有 12 天"),
        ("soon", 0, "今天到期"),
        ("late", -7, "超期 7 天"),
        ("paused", 40, "已暂停"),
        ("stopped", -3, "已办结"),
        ("on_time", None, "没有期限"),
    ],
)
def test_a_clock_speaks_in_words_and_has_a_shape(status: str, days: int | None, words: str) -> None:
    chip = cells.clock(status, days)
    assert words in chip
    assert f"#{status}" in chip


def test_an_unknown_clock_status_is_refused() -> None:
    with pytest.raises(ValueError, match="overdue"):
        cells.clock("overdue", 1)


def test_a_number_without_its_list_is_not_shown() -> None:
    assert cells.evidence(12, "") == ""
    assert 'href="/list/"' in cells.evidence(12, "/list/")
    assert macro("evidence_number", 12, "") == ""


# Components


def test_a_dead_button_shows_its_reason_and_article_in_plain_sight() -> None:
    offer = {"key": "decline", "label": "退回", "reasons": ["已满10个工作日。"], "article": "《办法》第十二条"}
    live = {"key": "reply", "label": "答复", "url": "/reply/", "main": True}
    page = render_to_string("components/offers.html", {"offers": [offer, live]})
    assert page.index("答复") < page.index("退回"), "live buttons come first"
    assert 'aria-disabled="true" aria-describedby="reasons-decline"' in page
    assert "已满10个工作日。" in page
    assert "《办法》第十二条" in page
    assert "title=" not in page


def test_an_error_summary_leads_to_the_fields() -> None:
    page = render_to_string("components/error_summary.html", {"form": design.SampleForm({})})
    assert 'href="#id_situation"' in page
    assert "您填的内容都还在" in page
    assert render_to_string("components/error_summary.html", {"form": design.SampleForm()}).strip() == ""


def test_a_form_row_ties_hint_and_error_to_its_field() -> None:
    page = macro("form_row", design.SampleForm({})["title"])
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert 'aria-invalid="true"' in page


# Pages


@with_design
@pytest.mark.parametrize("face", design.FACES)
@pytest.mark.parametrize("text", ["normal", "large"])
def test_design_page_shows_every_component_in_every_face(client: Client, face: str, text: str) -> None:
    page = client.get("/design/", {"face": face, "text": text}).content.decode()
    assert f'class="face-{face}{" large-text" if text == "large" else ""}"' in page
    titles = tomllib.loads((WEB / "design_samples.toml").read_text(encoding="utf-8"))["titles"]
    assert len(titles["long"]) == 135
    for words in (*titles.values(), "没有符合条件的建议", "超期 7 天", "撤回以后"):
        assert words in page


@with_design
@pytest.mark.parametrize("name", design.PAGES)
def test_whole_page_has_one_title_one_main_and_a_skip_link(client: Client, name: str) -> None:
    page = client.get(f"/design/{name}/").content.decode()
    assert page.count("<h1") == 1
    assert page.count("<main ") == 1
    assert page.index('class="skip-link"') < page.index("<main ")
    assert page.count("button-main") <= 2, "one main action on a page (and one in the batch bar)"


@with_design
@override_settings(DEBUG=False)
@pytest.mark.parametrize("view", [lambda r: design.design(r), lambda r: design.design_page(r, "matter")])
def test_design_pages_exist_only_in_debug(view: Any) -> None:
    with pytest.raises(Http404):
        view(HttpRequest())


# Preferences


@with_design
def test_large_text_is_kept_in_a_cookie_and_shown(client: Client) -> None:
    answer = client.post("/preferences/", {"text": "large", "next": "/design/matter/"})
    assert (answer.status_code, answer["Location"]) == (302, "/design/matter/")
    assert 'class="face-staff large-text"' in client.get("/design/matter/").content.decode()


@with_design
def test_language_is_kept_and_an_unknown_one_is_not(client: Client) -> None:
    assert client.post("/preferences/", {"language": "en"}).cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert not client.post("/preferences/", {"language": "xx"}).cookies


@with_design
@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_preferences_never_lead_elsewhere(client: Client, address: str) -> None:
    assert client.post("/preferences/", {"text": "large", "next": address})["Location"] == "/"


@with_design
def test_hidden_columns_are_remembered_without_a_script(client: Client) -> None:
    choice = {"table": "design", "every": ["number", "sponsor", "opened"], "column": ["number", "opened"]}
    assert client.post("/preferences/", choice).cookies["columns_design"].value == "sponsor"
    page = client.get("/design/staff_list/").content.decode()
    assert '<td data-label="领衔代表" hidden>' in page
    assert '<td data-label="承办单位">' in page


def test_a_forged_column_cookie_is_cut_down_to_keys() -> None:
    request = HttpRequest()
    request.COOKIES["columns_design"] = "sponsor.<script>..DROP.opened"
    assert preferences.hidden_columns(request, "design") == {"sponsor", "opened"}
