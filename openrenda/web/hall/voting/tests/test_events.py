"""The events process: one question for all screens, nothing but what screens show, and nothing without a ticket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from openrenda.tenancy import congress_scope
from openrenda.web.hall.voting import events
from openrenda.web.hall.voting.progress import ticket
from tests.cast import Cast, assemble

from .stage import committee, opened, take

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    people = assemble("990603")
    with congress_scope(people.congress):
        committee(people)
        yield people
    events.DATABASE.submit(events.let_go).result()


class Screen:
    """One connection, as the server drives it."""

    def __init__(self, path: str) -> None:
        self.scope = {"type": "http", "method": "GET", "path": path}
        self.sent: asyncio.Queue[Any] = asyncio.Queue()
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.sent.put(message)

    async def next(self) -> dict[str, Any]:
        """The next event."""
        while True:
            message = await asyncio.wait_for(self.sent.get(), 20)
            text = message.get("body", b"").decode()
            if "data: " in text:
                told: dict[str, Any] = json.loads(text.partition("data: ")[2])
                return told


def test_the_result_reaches_every_screen_in_both_languages(cast: Cast) -> None:
    matter = opened(cast, way="secret")

    async def watch() -> list[dict[str, Any]]:
        screens = [Screen(f"/events/{ticket(matter.congress_id, matter.pk)}") for _screen in range(20)]
        waiting = [asyncio.create_task(events.application(one.scope, one.receive, one.send)) for one in screens]
        first = [await one.next() for one in screens]
        assert {one["state"] for one in first} == {"open"}
        assert events.CHANNELS[matter.pk].listeners == 20
        await asyncio.to_thread(close, cast, matter)
        told = [await one.next() for one in screens]
        for one in screens:
            one.gone.set()
        await asyncio.gather(*waiting)
        return told

    told = asyncio.run(watch())
    assert {one["version"] for one in told} == {told[0]["version"]}
    assert "没有超过" in told[0]["result"]["zh-hans"]["sentence"]
    assert "not more than half" in told[0]["result"]["en"]["sentence"]
    assert events.CHANNELS.pop(matter.pk).listeners == 0


def close(cast: Cast, matter: Any) -> None:
    """The chair closes, in another process."""
    with congress_scope(cast.congress):
        take(cast, matter, "close")
    events.let_go()


@pytest.mark.parametrize("path", ["/events/", "/events/forged", "/", "/events/" + "x" * 500])
def test_without_a_ticket_nobody_listens(path: str) -> None:
    async def ask() -> int:
        screen = Screen(path)
        await events.application(screen.scope, screen.receive, screen.send)
        return int((await screen.sent.get())["status"])

    assert asyncio.run(ask()) == 404
    assert Client().get("/events/forged").status_code == 404
