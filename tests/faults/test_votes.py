"""A vote over the network while the server is killed again and again: every acknowledged ballot is counted once, and nothing half."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openrenda.ballots.box import Entry

from .installation import Installation

pytestmark = pytest.mark.faults
VOTERS, KILLS, MOST_TRIES = 40, 4, 2000

OPEN = """
import django; django.setup()
import dataclasses, json
from openrenda.ballots.counting import Paper, Terms
from openrenda.ballots.opening import open_ballot
from openrenda.ballots.tests.conftest import device
from openrenda.ballots.tests.stage import terms
from openrenda.docket.models import Matter
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope, uuid7
congress = Congress.objects.get(division_code="990404")
with congress_scope(congress):
    matter = Matter.objects.create(procedure="vote", state="open", title="决议", opened_on="2026-03-02", state_since="2026-03-02")
    voters = [(uuid7(), f"代表{number}") for number in range(VOTERS)]
    ballot = open_ballot(matter, "secret", terms(base=VOTERS, present=VOTERS), voters, rulebook="test")
    papers = [device(ballot, voter).mark(str(ballot.pk), Paper((("approve", "against")[number % 2],)).text)
              for number, (voter, _name) in enumerate(voters)]
    print(json.dumps([f"/booth/{congress.pk}/{ballot.pk}/", [dataclasses.asdict(paper) for paper in papers]]))
""".replace("VOTERS", str(VOTERS))
CLOSE = """
import django; django.setup()
import json
from openrenda.ballots.box import tracker_of
from openrenda.ballots.closing import close
from openrenda.ballots.models import Ballot
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope
with congress_scope(Congress.objects.get(division_code="990404")):
    closed = close(Ballot.objects.get())
    print(json.dumps([[tracker_of(key) for key in closed.papers.values_list("key", flat=True)], closed.tally_data]))
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.stop()


def test_a_server_killed_while_people_vote_loses_nothing_acknowledged(installation: Installation) -> None:
    """Devices insist as the page does: they send the same ballot until it is acknowledged."""
    address, papers = json.loads(installation.python(OPEN))
    installation.start("serve")
    acknowledged: list[str] = []
    voting = threading.Thread(target=vote, args=(installation, address, papers, acknowledged), daemon=True)
    voting.start()
    for kill in range(KILLS):
        while len(acknowledged) < (kill + 1) * VOTERS // (KILLS + 2) and voting.is_alive():
            threading.Event().wait(0.01)
        installation.kill("serve")
        installation.start("serve")
    voting.join()
    counted, tally = json.loads(installation.python(CLOSE))
    assert len(acknowledged) == VOTERS
    assert sorted(counted) == sorted(acknowledged)
    assert (tally["returned"], tally["marks"]) == (VOTERS, [{"approve": VOTERS // 2, "against": VOTERS // 2}])


def vote(installation: Installation, address: str, papers: list[dict[str, Any]], acknowledged: list[str]) -> None:
    """One ballot after the other, each until the server has answered."""
    for paper in papers:
        for _try in range(MOST_TRIES):
            try:
                answer = installation.post(address, json.dumps(paper))
            except OSError:
                threading.Event().wait(0.05)
                continue
            assert answer.status == 200, answer.text
            assert json.loads(answer.text)["tracker"] == Entry(**paper).tracker
            acknowledged.append(json.loads(answer.text)["tracker"])
            break
