"""A whole installation meets what an office meets: a huge file, two clerks at once, a dead worker, a database that is away."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cast import REPLY, SUBMIT, draft

from .blows import DEATH_MARK, locked, stopped
from .installation import Answer, Installation

MEGABYTE = 1024 * 1024
AWAY_SECONDS, BACK_SECONDS = 5, 20
NEW = "/new/suggestion/propose/"
pytestmark = pytest.mark.faults

CONTACTED = """
import django; django.setup()
import json
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import Way, second_clerk, seat
from tests.cast import assemble
cast = assemble("990405")
with congress_scope(cast.congress):
    clerks = [seat(cast, "roads_clerk"), second_clerk(cast)]
    sessions = [client.cookies["sessionid"].value for client in clerks]
    print(json.dumps([f"/matters/{Way(cast).contacted().pk}/", *sessions]))
"""
TOLD = """
import django; django.setup()
import json
from openrenda.channels.models import Notice, Sending
from openrenda.docket.models import OutboxEntry
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope
told = {"waiting": 0, "tries": 0, "notices": [], "sent": []}
for congress in Congress.objects.all():
    with congress_scope(congress):
        told["waiting"] += OutboxEntry.objects.filter(sent_at=None).count()
        told["tries"] += sum(OutboxEntry.objects.values_list("attempts", flat=True))
        told["notices"] += [f"{entry} {account}" for entry, account in Notice.objects.values_list("entry", "account")]
        sent = Sending.objects.exclude(sent_at=None)
        told["sent"] += [f"{entry} {account}" for entry, account in sent.values_list("entry", "account")]
print(json.dumps(told))
"""
TWO_MINUTES_LATER = """
import django; django.setup()
from openrenda.docket.models import OutboxEntry
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope
for congress in Congress.objects.all():
    with congress_scope(congress):
        OutboxEntry.objects.update(claimed_at=None)
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("broken")
    made = Installation(
        folder,
        OPENRENDA_DATABASE_WAIT_SECONDS="3",
        OPENRENDA_CHANNELS="tests.faults.blows.DeadlyChannel",
        **{DEATH_MARK: str(folder / "messages")},
    )
    made.start("serve")
    yield made
    made.stop()


def messages(installation: Installation) -> Path:
    """The file in which the deadly channel writes whom it writes to."""
    return Path(installation.environment[DEATH_MARK])


def told(installation: Installation) -> dict[str, Any]:
    """What the outbox, the notices and the messages look like when nothing waits any more."""
    until = time.monotonic() + 60
    while True:
        found: dict[str, Any] = json.loads(installation.python(TOLD))
        if not found["waiting"] or time.monotonic() > until:
            return found


def test_two_hundred_megabytes_are_refused_before_they_are_read(installation: Installation) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=20)
    connection.putrequest("POST", f"/matters/{uuid.uuid4()}/files/")
    connection.putheader("Content-Length", str(200 * MEGABYTE))
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.endheaders(b"x" * 1000)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status == 413
    for words in ("50 MB", "什么还在", "压缩"):
        assert words in page


def test_two_clerks_in_the_same_instant_one_reply(installation: Installation) -> None:
    matter, *sessions = json.loads(installation.python(CONTACTED))
    url = f"{matter}draft_reply/"
    forms = [installation.ask("GET", url, session=session).hidden for session in sessions]
    wordings = ["甲写的答复", "乙写的答复"]

    def press(number: int) -> Answer:
        form = {"seen": forms[number]["seen"], "key": forms[number]["key"], **REPLY, "done": wordings[number]}
        return installation.ask("POST", url, form, sessions[number])

    with ThreadPoolExecutor(2) as clerks:
        answers = list(clerks.map(press, range(2)))
    assert sorted(answer.status for answer in answers) == [302, 409]
    late = next(number for number in range(2) if answers[number].status == 409)
    for words in ("有人先办了一步", "拟写答复", wordings[late]):
        assert words in answers[late].text


def test_a_worker_killed_between_notice_and_mark_loses_nothing_and_tells_nobody_twice(
    installation: Installation,
) -> None:
    """The notice is written, its message is on its way, kill -9: the next worker goes on from there."""
    open_and_submit(installation, session=1)
    installation.start("worker")
    assert installation.processes.pop("worker").wait(timeout=60) == -9
    installation.python(TWO_MINUTES_LATER)
    installation.start("worker")
    found = told(installation)
    installation.kill("worker")
    assert found["waiting"] == 0
    assert len(found["notices"]) == len(set(found["notices"]))
    assert sorted(found["notices"]) == sorted(found["sent"])
    assert len(messages(installation).read_text().splitlines()) == len(found["sent"]) + 1, "only the one on its way"


def open_and_submit(installation: Installation, session: int) -> None:
    """A suggestion that a street is told about."""
    who = installation.sessions[session]
    matter = installation.ask("POST", NEW, draft(draft=uuid.uuid4().hex), who).location.partition("?")[0]
    form = {"seen": 1, "key": uuid.uuid4().hex, **SUBMIT}
    assert installation.ask("POST", f"{matter}submit_to_street/", form, who).status == 302


def test_the_database_is_away_for_five_seconds(installation: Installation) -> None:
    """Asked meanwhile, the site says so; afterwards site and worker go on by themselves, and the same form goes through."""
    messages(installation).write_text("从容\n")
    installation.start("worker")
    address = installation.environment["OPENRENDA_DATABASE"]
    form = draft(draft=uuid.uuid4().hex, title="断线时提交的建议")
    if address.startswith("sqlite"):
        waits_for_the_lock(installation, address, form)
    else:
        says_so_and_recovers(installation, address, form)
    who = installation.sessions[0]
    assert [installation.ask("GET", "/", session=who).status for _time in range(12)] == [200] * 12
    assert installation.ask("GET", "/", session=who).text.count("断线时提交的建议") >= 1
    open_and_submit(installation, session=0)
    found = told(installation)
    assert all(process.poll() is None for process in installation.processes.values()), installation.said("worker")
    assert found["waiting"] == 0, f"{found}\n{installation.said('worker')}"


def waits_for_the_lock(installation: Installation, address: str, form: dict[str, str]) -> None:
    """SQLite: readers go on, a writer waits its turn."""
    reader = installation.sessions[1]
    # Once a minute a reader's session is noted, which is a write and would wait too.
    installation.ask("GET", "/", session=reader)
    with ThreadPoolExecutor(1) as deputy:
        with locked(address):
            sent = deputy.submit(installation.ask, "POST", NEW, form, installation.sessions[0])
            assert installation.ask("GET", "/", session=reader).status == 200
            time.sleep(AWAY_SECONDS)
            assert not sent.done()
        assert sent.result().status == 302


def says_so_and_recovers(installation: Installation, address: str, form: dict[str, str]) -> None:
    """PostgreSQL: 503 with a sentence while it is away, and the same form goes through soon after."""
    who = installation.sessions[0]
    with stopped(address):
        back = time.monotonic() + AWAY_SECONDS
        for method, path, sent in (("GET", "/", None), ("POST", NEW, form)):
            answer = installation.ask(method, path, sent, who)
            assert (answer.status, answer.retry_after) == (503, "10")
            assert "暂时连不上数据库" in answer.text
        time.sleep(max(0.0, back - time.monotonic()))
    until = time.monotonic() + BACK_SECONDS
    while (answer := installation.ask("POST", NEW, form, who)).status == 503 and time.monotonic() < until:
        time.sleep(0.5)
    assert answer.status == 302
