"""What is looked at on every page: faults of accessibility, words cut off or pushed out of the window, and complaints of the browser."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from tests.browser import DESK, PHONE

# Names the folder in which the processes of one run note the pages they have looked at.
SEEN = "OPENRENDA_SEEN"
AXE = next((Path(__file__).parents[1] / "vendor").glob("axe-core-*/axe.min.js")).read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
RUN = """() => axe.run(document, {preload: false, resultTypes: ["violations"]}).then((found) => found.violations.map(
  (fault) => [fault.impact, fault.id, fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]))"""
# What makes two pages of one address differ: the frame, whether faults are told, and on a matter's page its state.
SHOWN = """() => [document.documentElement.className, !!document.querySelector('.error-summary'),
  document.querySelector('.matter-head .matter-number')?.textContent.split('·').pop().trim() || '']"""
LARGE = "(on) => document.documentElement.classList.toggle('large-text', on)"
# Every way of looking at a page: width, and large letters or not; what axe judges does not depend on the size of letters.
WAYS = (("desk", DESK, False), ("phone", PHONE, False), ("large", PHONE, True))
# A form shown again with its faults, or overtaken by somebody, answers so; whatever else a browser cannot load is a fault.
EXPECTED_STATUS = (409, 422)
NOT_LOADED = "Failed to load resource"


def kind_of(page: Any) -> tuple[Any, ...]:
    """Which page this is, whatever object it shows: looked at once in all ways, then known."""
    path = urlsplit(page.url).path
    try:
        found = resolve(path)
    except Resolver404:
        return (path,)
    words = tuple(value for value in found.kwargs.values() if not isinstance(value, UUID))
    return (found.view_name, words, *page.evaluate(SHOWN))


class Known:
    """The kinds of pages that were looked at already: by this process, and with a folder by any that notes them there."""

    def __init__(self, folder: str | None = None) -> None:
        self.kinds: set[tuple[Any, ...]] = set()
        self.folder = folder

    def first(self, kind: tuple[Any, ...]) -> bool:
        """Whether nobody has looked at such a page; from now on somebody has."""
        if kind in self.kinds:
            return False
        self.kinds.add(kind)
        if not self.folder:
            return True
        try:
            (Path(self.folder) / sha256(repr(kind).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Watch:
    """Everything the browser complained of, beside the pages that were looked at already."""

    def __init__(self, site: str, known: Known | None = None) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.known = known or Known()

    def over(self, page: Any) -> None:
        """Listen to a page's errors, its violations of the security policy and the hosts it asks."""
        page.on("pageerror", lambda error: self.note(page, error))
        page.on("console", lambda message: self.heard(page, message))
        page.on("request", lambda request: self.asked(page, request))
        page.on("response", lambda answer: self.answered(page, answer))

    def note(self, page: Any, words: Any) -> None:
        """Keep a complaint with the page it is about."""
        self.complaints.append(f"{urlsplit(page.url).path}: {words}")

    def heard(self, page: Any, message: Any) -> None:
        """An error in the console; a status that could not be loaded is judged where it is answered."""
        if message.type in ("error", "warning") and not message.text.startswith(NOT_LOADED):
            self.note(page, message.text)

    def asked(self, page: Any, request: Any) -> None:
        """A request to anywhere but the house."""
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.note(page, f"asks another host: {request.url}")

    def answered(self, page: Any, answer: Any) -> None:
        """A status that no page should meet."""
        if answer.status >= 400 and answer.status not in EXPECTED_STATUS:
            self.note(page, f"{answer.status} {answer.request.method} {urlsplit(answer.url).path}")

    def look(self, page: Any) -> None:
        """Look at the page in every way, if it is a kind of page not seen before."""
        kind = kind_of(page)
        if not self.known.first(kind):
            return
        size = page.viewport_size
        page.evaluate(AXE)
        for name, window, large in WAYS:
            page.set_viewport_size(window)
            page.evaluate(LARGE, large)
            self.judge(page, name)
            picture(page, kind, name)
        page.evaluate(LARGE, "large-text" in kind[2] if len(kind) > 2 else False)
        page.set_viewport_size(size)

    def judge(self, page: Any, way: str) -> None:
        """Grave faults of accessibility, and a page wider than its window."""
        for impact, rule, places in page.evaluate(RUN) if way != "large" else ():
            if impact in GRAVE:
                self.note(page, f"axe, {way}, {impact}: {rule} {places}")
        width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width > window:
            self.note(page, f"{way}: {width} pixels wide in a window of {window}")


def picture(page: Any, kind: tuple[Any, ...], way: str) -> None:
    """Keep a picture where OPENRENDA_PICTURES names a folder, for people to look at."""
    folder = os.environ.get("OPENRENDA_PICTURES")
    if folder:
        name = re.sub(r"[^\w-]+", "_", "-".join(map(str, kind)))[:100]
        page.screenshot(path=f"{folder}/{name}-{way}.png", full_page=True)
