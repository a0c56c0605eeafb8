"""kill -9 of site and worker in the middle of submissions: what was acknowledged is there, exactly once."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cast import draft

from .installation import COUNT, Answer, Installation

SUBMISSIONS = 1000
KILLS = 3
PATIENCE_SECONDS = 90
NEW = "/new/suggestion/propose/"
pytestmark = pytest.mark.faults


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.stop()


def test_nothing_acknowledged_is_lost_when_site_and_worker_are_killed(installation: Installation) -> None:
    """Every submission answered with a redirect is in the database once; those without an answer are sent again with their key."""
    installation.start("serve", "worker")
    keys = [uuid.uuid4().hex for _ in range(SUBMISSIONS)]
    shares = [keys[number :: len(installation.sessions)] for number in range(len(installation.sessions))]
    acknowledged: list[str] = []
    with ThreadPoolExecutor(len(shares)) as people:
        futures = [
            people.submit(submit_all, installation, session, share, acknowledged)
            for session, share in zip(installation.sessions, shares, strict=True)
        ]
        for share in range(1, KILLS + 1):
            while len(acknowledged) < SUBMISSIONS * share // (KILLS + 1) and not any(one.done() for one in futures):
                time.sleep(0.01)
            installation.kill("serve")
            installation.kill("worker")
            installation.start("serve", "worker")
        for future in futures:
            future.result()
    found = json.loads(installation.python(COUNT))
    assert sorted(acknowledged) == sorted(keys)
    assert Counter(found["keys"]) == Counter(keys)
    assert found["matters"] == SUBMISSIONS
    assert found["problems"] == []


def submit_all(installation: Installation, session: str, keys: list[str], acknowledged: list[str]) -> None:
    """One deputy sends her suggestions; whatever got no answer is sent again with the same key."""
    for key in keys:
        form = draft(title=f"关于第{key[:6]}号事项的建议", draft=key)
        answer = _persistently(installation, form, session)
        assert answer.location.startswith("/matters/"), (answer.status, answer.location, answer.text[:400])
        acknowledged.append(key)


def _persistently(installation: Installation, form: dict[str, str], session: str) -> Answer:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            return installation.ask("POST", NEW, form, session)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("the server did not come back")


def test_a_submission_sent_twice_at_once_is_recognised(installation: Installation) -> None:
    """Double click, or Back and submit again: one suggestion, and every answer leads to it."""
    installation.start("serve")
    form, session = draft(draft=uuid.uuid4().hex), installation.sessions[0]
    with ThreadPoolExecutor(2) as presses:
        answers = list(presses.map(lambda _: installation.ask("POST", NEW, form, session), range(2)))
    answers.append(installation.ask("POST", NEW, form, session))
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location.split("?")[0] for answer in answers}) == 1
    assert json.loads(installation.python(COUNT))["matters"] == 1
