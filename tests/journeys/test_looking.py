"""The eyes of the journeys see what they are there to see."""

from __future__ import annotations

from typing import Any

import pytest

from .looking import Watch

pytestmark = pytest.mark.browser
SITE = "http://testserver"
FAULTY = """<!doctype html><html lang="zh"><title>试</title><main><h1>试</h1><img src="http://elsewhere.example/a.png">
<div class="wide">宽</div><iframe title="试" src="/frame"></iframe></main><script>console.error("坏了"); missing();</script>
<link rel="stylesheet" href="/missing.css"><style>.wide { width: 600px }</style>"""
GOOD = """<!doctype html><html lang="zh"><head><meta name="viewport" content="width=device-width"><title>试</title>
<link rel="icon" href="data:,"></head><body><main><h1>试</h1></main></body></html>"""


def looked_at(chromium: Any, body: str) -> str:
    """What is said about a page with this body."""
    context = chromium.new_context()
    page = context.new_page()
    watch = Watch(SITE)
    watch.over(page)
    page.route("**/*", lambda route: answer(route, body))
    page.goto(f"{SITE}/")
    watch.look(page)
    context.close()
    return "\n".join(watch.complaints)


def answer(route: Any, body: str) -> None:
    """The page itself; of anything else there is nothing."""
    if route.request.url != f"{SITE}/":
        return route.fulfill(status=404)
    policy = {"Content-Security-Policy": "frame-src 'none'"}
    return route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=policy)


@pytest.mark.parametrize(
    "told",
    [
        "asks another host", "坏了", "missing is not defined", "404 GET /missing.css", "image-alt", "pixels wide",
        "Content Security Policy",
    ],
)  # fmt: skip
def test_every_kind_of_fault_is_noticed(chromium: Any, told: str) -> None:
    assert told in looked_at(chromium, FAULTY)


def test_a_page_without_fault_gives_no_complaint(chromium: Any) -> None:
    assert looked_at(chromium, GOOD) == ""
