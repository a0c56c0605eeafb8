"""The requests of a process take turns, but nobody waits long for a slow one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from openrenda.wsgi import PATIENCE_SECONDS, in_turn


class Application:
    """Takes as long as it is told, and notes how many were inside at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.counting = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.counting:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            if environ["seconds"] < 0:
                raise ValueError("refused")
            time.sleep(environ["seconds"])
        finally:
            with self.counting:
                self.inside -= 1
        return [b"done"]


def together(answer: Callable[..., Any], *seconds: float) -> None:
    threads = [threading.Thread(target=answer, args=({"seconds": each}, None)) for each in seconds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_short_requests_come_one_after_the_other() -> None:
    application = Application()
    together(in_turn(application, 1), *[PATIENCE_SECONDS / 10] * 4)
    assert application.most == 1


def test_a_slow_request_keeps_nobody_waiting_beyond_patience() -> None:
    application = Application()
    answer = in_turn(application, 1)
    slow = threading.Thread(target=answer, args=({"seconds": PATIENCE_SECONDS * 20}, None))
    slow.start()
    began = time.monotonic()
    assert answer({"seconds": 0}, None) == [b"done"]
    assert time.monotonic() - began < PATIENCE_SECONDS * 10
    slow.join()
    assert application.most == 2


def test_a_fault_gives_the_turn_back() -> None:
    application = Application()
    answer = in_turn(application, 1)
    with pytest.raises(ValueError, match="refused"):
        answer({"seconds": -1}, None)
    began = time.monotonic()
    answer({"seconds": 0}, None)
    assert time.monotonic() - began < PATIENCE_SECONDS / 2
