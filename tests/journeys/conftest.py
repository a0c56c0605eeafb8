"""The town of the journeys, a server that really serves it, and a browser for each of its people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from openrenda import rulebook
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.browser import DESK, PHONE
from tests.cast import Cast
from tests.matrix.census import everybody_seated

from .looking import SEEN, Known, Watch
from .visitor import Visitor

PATIENCE_MILLISECONDS = 30_000
KNOWN = Known(os.environ.get(SEEN))


class Town:
    """Everybody of one congress, and how they come to their browsers."""

    def __init__(self, cast: Cast, chromium: Any, site: str) -> None:
        self.cast, self.chromium, self.site = cast, chromium, site
        self.watch = Watch(site, KNOWN)
        self.contexts: list[Any] = []

    def browser(self, *, phone: bool = False, **options: Any) -> Visitor:
        """A browser in which nobody has signed in."""
        size = PHONE if phone else DESK
        context = self.chromium.new_context(viewport=size, locale="zh-CN", has_touch=phone, **options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.contexts.append(context)
        return Visitor(context.new_page(), self.site, self.watch)

    def seated(self, who: str, *, phone: bool = False, fresh: bool = True) -> Visitor:
        """A browser in which somebody sits in her seat; not fresh: she proved who she is some time ago."""
        client = sit_down(Client(), self.cast.seats[who])
        if not fresh:
            session = client.session
            session["people.confirmed_at"] = 0
            session.save()
        visitor = self.browser(phone=phone)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site}
        visitor.page.context.add_cookies([cookie])
        return visitor.go("/")

    def leave(self) -> None:
        """Close all browsers."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def town(transactional_db: None, live_server: Any, chromium: Any) -> Iterator[Town]:
    """A congress with somebody in every seat. At the end no page may have given cause for complaint."""
    rulebook.forget()
    cast = everybody_seated("990601", "试验区")
    place = Town(cast, chromium, live_server.url)
    with congress_scope(cast.congress):
        yield place
    place.leave()
    rulebook.forget()
    connections.close_all()
    assert not place.watch.complaints, "\n".join(dict.fromkeys(place.watch.complaints))
