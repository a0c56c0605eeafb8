"""After a broadcast everybody writes at once: nothing acknowledged is lost, nobody waits long, and the staff can go on working."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .installation import Installation

# The five thousand within ten minutes are asked for by name; what every run can afford is asked for always.
RESIDENTS = int(os.environ.get("OPENRENDA_RUSH", "800"))
AT_ONCE = 8
TWICE_EVERY = 10
SAY = "/c/990404/opinions/"
SOON_SECONDS, SHARED = 2.0, 4
SECURE = {"X-Forwarded-Proto": "https"}
TOLD = """
import django; django.setup()
import json
from openrenda.docket.models import Act
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Congress
from openrenda.procedures.opinion.records import Opinion
from openrenda.tenancy import congress_scope
congress = Congress.objects.get(division_code="990404")
with congress_scope(congress):
    acts = list(Act.objects.filter(step="say_slowly").values_list("key", flat=True))
    print(json.dumps({"keys": acts, "opinions": Opinion.objects.count(), "problems": [p.sentence for p in verify_congress(congress)]}))
"""
pytestmark = pytest.mark.faults


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path, OPENRENDA_BEHIND_PROXY="true")
    yield made
    made.stop()


def test_everybody_writes_after_a_broadcast(installation: Installation) -> None:
    """Each from a network of her own; one in ten presses twice. p99 stays under two seconds on a machine of its own."""
    installation.start("serve", "worker")
    keys = [uuid.uuid4().hex for _ in range(RESIDENTS)]
    staff: list[float] = []
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as people, ThreadPoolExecutor(1) as office:
        waited = [people.submit(write, installation, number, key) for number, key in enumerate(keys)]
        working = office.submit(work, installation, waited, staff)
        seconds = sorted(second for future in waited for second in future.result())
        working.result()
    took = time.monotonic() - began
    found = json.loads(installation.python(TOLD))
    assert sorted(found["keys"]) == sorted(map(kept_as, keys))
    assert found["opinions"] == RESIDENTS
    assert found["problems"] == []
    late = seconds[int(len(seconds) * 0.99)]
    print(f"{RESIDENTS} in {took:.0f} s, p99 {late:.2f} s, staff {max(staff):.2f} s at most of {len(staff)} pages")
    assert late < SOON_SECONDS * SHARED
    assert sorted(staff)[int(len(staff) * 0.95)] < SOON_SECONDS * SHARED


def write(installation: Installation, number: int, key: str) -> list[float]:
    """A resident sends her words; some twice, and are led to the same page."""
    text = f"看了直播，想反映第{number}件事：{key}楼道里的灯不亮。"
    network = f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250}"
    places, seconds = [], []
    for _time in range(2 if number % TWICE_EVERY == 0 else 1):
        began = time.monotonic()
        headers = {"X-Forwarded-For": network, **SECURE, "Referer": f"https://127.0.0.1:{installation.port}{SAY}"}
        answer = installation.ask("POST", SAY, {"text": text, "key": key, "sure": "1"}, **headers)
        seconds.append(time.monotonic() - began)
        assert answer.status == 302, (answer.status, answer.text[:300])
        places.append(answer.location)
    assert len(set(places)) == 1
    return seconds


def work(installation: Installation, waited: list[object], seconds: list[float]) -> None:
    """A deputy looks at her page again and again while they write."""
    while not all(future.done() for future in waited):  # type: ignore[attr-defined]
        began = time.monotonic()
        answer = installation.ask("GET", "/", session=installation.sessions[0], **SECURE)
        assert answer.status == 200
        seconds.append(time.monotonic() - began)
        time.sleep(0.1)


def kept_as(key: str) -> str:
    """The key of the request as the ledger has it."""
    return "say-" + hashlib.sha256(key.encode()).hexdigest()[:60]
