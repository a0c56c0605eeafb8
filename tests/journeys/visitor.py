"""A person at a browser: she goes to pages, reads, fills in by the words beside the fields, and presses buttons by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from .looking import Watch


def labelled(words: str) -> re.Pattern[str]:
    """A label of these words, with the mark that says whether the field must be filled in."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(必填|可不填)?\s*$")


class Visitor:
    """One browser of one person. Whatever she opens is looked at (looking.Watch)."""

    def __init__(self, page: Any, site: str, watch: Watch) -> None:
        self.page, self.site, self.watch = page, site, watch
        watch.over(page)

    def go(self, path: str = "/") -> Visitor:
        """Open an address; once more when the page she was on loaded itself anew at that very moment, because what it showed had changed."""
        try:
            self.page.goto(self.site + path)
        except PlaywrightError as problem:
            if not any(words in str(problem) for words in ("ERR_ABORTED", "interrupted by another navigation")):
                raise
            self.page.goto(self.site + path)
        return self.arrived()

    def arrived(self) -> Visitor:
        """Look at the page she has come to."""
        self.watch.look(self.page)
        return self

    def follow(self, words: str, *, within: str = "main") -> Visitor:
        """Follow a link with these words, the first when there are several."""
        return self._leave(self.page.locator(within).get_by_role("link", name=words).first)

    def press(self, words: str, *, within: str = "main") -> Visitor:
        """Press a button with exactly these words, and come to the page it leads to."""
        return self._leave(self.page.locator(within).get_by_role("button", name=words, exact=True).first)

    def press_and_confirm(self, words: str) -> Visitor:
        """Press a button whose consequence is asked about first, and say yes."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()
        return self._leave(self.page.get_by_role("dialog").get_by_role("button", name=words, exact=True))

    def step(self, words: str) -> Visitor:
        """On the page of a matter: open the step of that name."""
        return self._leave(self.page.locator(".offers").get_by_role("link", name=words, exact=True))

    def _leave(self, target: Any) -> Visitor:
        with self.page.expect_navigation():
            target.click()
        return self.arrived()

    def fill(self, answers: Mapping[str, str]) -> Visitor:
        """Type into the fields with these labels."""
        for label, text in answers.items():
            self.page.locator("main").get_by_label(labelled(label)).first.fill(text)
        return self

    def tick(self, *labels: str) -> Visitor:
        """Tick boxes, or choose among several, by their labels."""
        for label in labels:
            self.page.locator("main").get_by_label(labelled(label)).first.check()
        return self

    def tick_all(self) -> Visitor:
        """Tick every box of the form."""
        for box in self.page.locator("main form.form input[type=checkbox]").all():
            box.check()
        return self

    def answer(self, question: str, choice: str) -> Visitor:
        """Choose one answer to a question."""
        self.page.locator("main").get_by_role("group", name=labelled(question)).get_by_label(choice, exact=True).check()
        return self

    def choose(self, label: str, option: str) -> Visitor:
        """Choose from a list."""
        self.page.locator("main").get_by_label(labelled(label)).first.select_option(label=option)
        return self

    def download(self, words: str, *, within: str = "main") -> bytes:
        """Follow a link that gives a file."""
        with self.page.expect_download() as taken:
            self.page.locator(within).get_by_role("link", name=words).first.click()
        return Path(taken.value.path()).read_bytes()

    def attach(self, label: str, name: str, content: bytes) -> Visitor:
        """Choose a file."""
        field = self.page.locator("main").get_by_label(labelled(label)).first
        field.set_input_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])
        return self

    def sees(self, *words: str) -> Visitor:
        """These words stand on the page."""
        for text in words:
            expect(self.page.locator("body")).to_contain_text(text)
        return self

    def misses(self, *words: str) -> Visitor:
        """These words do not."""
        for text in words:
            expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def typed(self, label: str) -> str:
        """What stands in a field."""
        return str(self.page.locator("main").get_by_label(labelled(label)).first.input_value())

    def reads(self) -> str:
        """The words of the page."""
        return str(self.page.locator("main").inner_text())

    @property
    def path(self) -> str:
        """The address she is at, without the house."""
        return str(self.page.url).removeprefix(self.site)
