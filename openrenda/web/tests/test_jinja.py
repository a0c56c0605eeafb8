"""The traps between Django's templates and Jinja2, each held shut."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

import openrenda

PACKAGE = Path(openrenda.__file__).parent
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)
OLD = re.compile(
    r"{%-? *(load|translate|blocktranslate|comment|url|static|csrf_token|empty|ifchanged|firstof)\b|forloop\."
)


def made(text: str, request: HttpRequest | None = None, **context: Any) -> str:
    return engines["jinja"].from_string(text).render(context, request)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_template_compiles_and_none_is_in_the_old_language(path: Path) -> None:
    assert get_template(path.as_posix().rpartition("/templates/")[2])
    assert not OLD.search(path.read_text(encoding="utf-8"))


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        get_template("web/nowhere.html")


def test_the_view_has_the_last_word(rf: RequestFactory) -> None:
    """Context processors say what is so by default: the portal and the design pages say otherwise."""
    assert made("{{ base_page }} {{ links.home }}", rf.get("/"), base_page="base_public.html") == "base_public.html /"


def test_a_page_does_not_write_into_the_views_context(rf: RequestFactory) -> None:
    context: dict[str, Any] = {}
    engines["jinja"].from_string("{{ csrf_input }}").render(context, rf.get("/"))
    assert context == {}


def test_a_page_has_one_token_and_one_without_forms_sets_no_cookie(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert made("<p>{{ request.path }}</p>", request) == "<p>/</p>"
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    assert len(set(re.findall(r'value="(\w{64})"', made("{{ csrf_input }}{{ csrf_input }}", request)))) == 1
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_what_people_wrote_is_escaped_and_what_is_marked_safe_is_not() -> None:
    assert made("{{ x }}", x='<b>"') == "&lt;b&gt;&#34;"
    assert made("{{ x }}", x=SafeString("<b>")) == "<b>"
    assert made("{% trans who=x %}由{{ who }}代录{% endtrans %}", x="<b>") == "由&lt;b&gt;代录"
    assert made("{{ _(x) }}", x="<b>") == "&lt;b&gt;"
    assert made("{% from 'components.html' import chip %}{{ chip('person', {'name': x}) }}", x="<b>").count("<b>") == 0


def test_a_missing_name_is_empty_at_any_depth() -> None:
    assert (
        made("{{ a.b.c }}{% for x in a.b %}x{% endfor %}{% if a.b == 1 or 'x' in a %}x{% endif %}{{ n.a.b }}", n=None)
        == ""
    )


def test_a_key_stands_before_a_method_of_its_name() -> None:
    assert made("{{ x.items }}", x={"items": "两件"}) == "两件"
    assert made("{% for key, value in x.items() %}{{ key }}{{ value }}{% endfor %}", x={"a": 1}) == "a1"


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("{{ x }}", date(2026, 3, 5), "2026年3月5日"),
        # An evening in UTC is the next day in this house.
        ("{{ x|date }}", datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "2026年3月6日"),
        ("{{ x|date('H:i') }}", datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "02:30"),
        ("{{ x }}", datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "2026年3月6日 02:30"),
        ("{{ x }}", time(0, 0), "00:00"),
        ("{{ x|date }}", None, ""),
        ("{{ x }}", 1234.5, "1234.5"),
    ],
)
def test_days_and_hours_are_shown_in_words(text: str, value: Any, words: str) -> None:
    assert made(text, x=value) == words


def test_one_template_speaks_to_each_reader_in_her_language() -> None:
    text = "{{ _('退出登录') }} {% trans count=n %}共 {{ count }} 件{% pluralize %}共 {{ count }} 件{% endtrans %} {{ x|date }}"
    page = engines["jinja"].from_string(text)
    said = {}
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            said[language] = page.render({"n": 1, "x": date(2026, 3, 5)})
    assert said["zh-hans"] == "退出登录 共 1 件 2026年3月5日"
    assert said["en"].startswith("Sign out ")
    assert said["en"].endswith("2026")
