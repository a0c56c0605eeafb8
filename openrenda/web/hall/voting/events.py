"""Server-sent events of votes: one small process in which thousands of screens wait, and which asks the database once for all of them.

Whoever shows a ticket of a page may listen to that one vote. What is sent is what any screen shows: how many have voted, then the result. The process reads
and never writes; where it is away the pages ask by themselves (vote-live.js).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection

from openrenda.tenancy import congress_scope

from .progress import Standing, progress, standing_of, ticket_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Whether a vote was opened or closed is looked for often, which costs one small question; how many have voted costs opening the whole box.
LOOK_SECONDS, COUNT_SECONDS, KEEP_ALIVE_SECONDS, RETRY_MS = 0.1, 1.0, 15.0, 2000
PREFIX = "/events/"
KEEP_ALIVE = b": \n\n"
# What the page shows is no secret of this process, and the ticket is in the address: any origin may read.
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),
]  # fmt: skip
# One thread: the questions are short, and one connection to the database is enough.
DATABASE = ThreadPoolExecutor(1, thread_name_prefix="events")


class Channel:
    """Everybody who listens to one vote. It looks while somebody does."""

    def __init__(self, congress: UUID, matter: UUID) -> None:
        self.congress, self.matter = congress, matter
        self.listeners = 0
        self.standing: Standing = None
        self.counted_at = 0.0
        self.version, self.message = "", b""
        self.changed: asyncio.Future[None] | None = None
        self.looking: asyncio.Task[None] | None = None

    def look(self) -> dict[str, Any] | None:
        """How the vote stands; None where nothing was asked because it stands as it did a moment ago. Runs in the database's thread."""
        close_old_connections()
        with congress_scope(self.congress):
            now, standing = time.monotonic(), standing_of(self.matter)
            if standing == self.standing and now - self.counted_at < COUNT_SECONDS:
                return None
            told = progress(self.matter)
            self.standing, self.counted_at = standing, now
            return told

    async def keep_looking(self) -> None:
        """Look again and again; wake everybody when something is different."""
        while self.listeners:
            # A database that is away for a moment is asked again; the screens show what they know.
            with contextlib.suppress(Exception):
                told = await asyncio.get_running_loop().run_in_executor(DATABASE, self.look)
                if told is not None and told["version"] != self.version:
                    self.version = told["version"]
                    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
                    self.message = f"retry: {RETRY_MS}\ndata: {text}\n\n".encode()
                    self.wake()
            await asyncio.sleep(LOOK_SECONDS)
        self.looking = None

    def change(self) -> asyncio.Future[None]:
        """What all who listen wait for: one and the same for thousands of screens."""
        if self.changed is None:
            self.changed = asyncio.get_running_loop().create_future()
        return self.changed

    def wake(self) -> None:
        """There is something new."""
        if self.changed is not None:
            self.changed.set_result(None)
            self.changed = None

    def join(self) -> None:
        """One more listens."""
        self.listeners += 1
        if self.looking is None:
            self.looking = asyncio.create_task(self.keep_looking())

    def leave(self) -> None:
        """One less."""
        self.listeners -= 1


CHANNELS: dict[UUID, Channel] = {}


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        found = ticket_of(scope["path"].removeprefix(PREFIX)) if scope["path"].startswith(PREFIX) else None
        if found is None or scope["method"] != "GET":
            await _refuse(send)
        else:
            await _stream(CHANNELS.setdefault(found[1], Channel(*found)), receive, send)


async def _live(receive: Receive, send: Send) -> None:
    """The server's own beginning and end."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            DATABASE.submit(let_go).result()
            return


def let_go() -> None:
    """Close the connection of the thread that asks."""
    connection.close()


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b""})


async def _stream(channel: Channel, receive: Receive, send: Send) -> None:
    """Send what is new until the screen goes away."""
    channel.join()
    gone = asyncio.create_task(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        seen = b""
        while not gone.done():
            body = channel.message if channel.message is not seen else KEEP_ALIVE
            seen = channel.message
            if body:
                await send({"type": "http.response.body", "body": body, "more_body": True})
            if channel.message is seen:
                awaited = {channel.change(), gone}
                await asyncio.wait(awaited, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        channel.leave()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
