"""A real browser for the journeys: Chromium without a window, refusing every host but the one under test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

# The first, the same engine without windows of its own, takes two thirds of the time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 900}


def chromium_path() -> str:
    """The browser to drive: OPENRENDA_CHROMIUM, or the system's own.

    :raises RuntimeError: when there is none, saying how to install it.
    """
    named = [os.environ.get("OPENRENDA_CHROMIUM"), *(shutil.which(name) for name in CHROMIUM_NAMES)]
    path = next((path for path in named if path), None)
    if path is None:
        raise RuntimeError(
            "no Chromium: apt-get install chromium-headless-shell, or set OPENRENDA_CHROMIUM to the browser's path"
        )
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            # Where shared memory is small, as in many containers, a browser with many pages open stops without a word.
            # The microphone is one that beeps by itself, and whoever is asked for it says yes.
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages, each for a person of her own: ``new_page()`` at a desk, ``new_page(phone=True)`` on a phone.

    At the end the test fails when a page reported a script error or broke the content security policy.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(phone: bool = False, **options: Any) -> Any:
        size = PHONE if phone else DESK
        context = chromium.new_context(viewport=size, locale="zh-CN", has_touch=phone, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: note(page, message))
        return page

    def note(page: Any, message: Any) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(f"{page.url}: {message.text}")

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints
