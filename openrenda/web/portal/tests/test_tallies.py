"""Tries are counted once for every process, kept over a restart, and forgotten when their time is over."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from openrenda.docket.tests.threads import at_once
from openrenda.prepared import run
from openrenda.tenancy import congress_scope
from openrenda.web.portal import proofs, tallies
from openrenda.web.portal.models import Tally
from openrenda.worker import rounds
from tests.cast import Cast, assemble
from tests.mechanisms.residents import proven

from .stage import CODE

PEOPLE, TIMES = 4, 10
ANOTHER_PROCESS = """
import sys
import django; django.setup()
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope
from openrenda.web.portal import proofs, tallies
with congress_scope(Congress.objects.get(division_code=sys.argv[1])):
    print(tallies.counted("saying:door"), proofs.holds(sys.argv[2], sys.argv[3]))
"""


def test_people_at_the_same_instant_share_one_count(transactional_db: None) -> None:
    """Each with a connection of her own: no try is lost and none is counted twice."""
    congress = assemble().congress

    def one(number: int) -> list[int]:
        with congress_scope(congress):
            return [tallies.counted("saying:door") for _time in range(TIMES)]

    found = sorted(tries for row in at_once(PEOPLE, one) for tries in row)
    assert found == list(range(1, PEOPLE * TIMES + 1))


def test_another_process_goes_on_with_the_count_and_knows_a_used_proof(transactional_db: None) -> None:
    """The same as one that was started anew: nothing of it is in memory."""
    congress = assemble().congress
    with congress_scope(congress):
        assert tallies.counted("saying:door") == 1
        proof = proven()
        assert proofs.holds(proof["challenge"], proof["proof"])
    given = [congress.division_code, proof["challenge"], proof["proof"]]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "OPENRENDA_DATABASE": _address()}
    answer = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, *given], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["2", "False"]


def _address() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}@/{found['NAME']}?host={found['HOST']}"


def test_a_count_begins_anew_after_its_hour_and_is_removed_then(cast: Cast) -> None:
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        assert [tallies.counted("saying:a"), tallies.counted("saying:a"), tallies.counted("saying:b")] == [1, 2, 1]
    with time_machine.travel(began + timedelta(minutes=59), tick=False):
        assert tallies.counted("saying:a") == 3
        rounds.forget_tries()
        assert Tally.objects.count() == 2
    with time_machine.travel(began + timedelta(hours=1), tick=False):
        assert tallies.counted("saying:a") == 1
        rounds.forget_tries()
        rounds.forget_tries()
        assert Tally.objects.count() == 1


def test_each_congress_counts_for_itself(cast: Cast) -> None:
    other = assemble("990102", name="邻区").congress
    assert tallies.counted("saying:a") == 1
    asked = proven()
    with congress_scope(other):
        assert tallies.counted("saying:a") == 1
        assert not proofs.holds(asked["challenge"], asked["proof"])
    assert proofs.holds(asked["challenge"], asked["proof"])


def test_no_network_stands_in_the_table_and_none_is_known_again_on_the_next_day(cast: Cast, client: Client) -> None:
    """个人信息保护法第六条: no more than the purpose needs, no longer than it needs."""
    network = "203.0.113.77"
    client.post(f"/c/{CODE}/feedback/", {"kind": "idea", "text": "字小"}, REMOTE_ADDR=network)
    request = RequestFactory().get("/", REMOTE_ADDR=network)
    kept = [str(value) for row in run("SELECT * FROM portal_tally", []).fetchall() for value in row]
    assert kept
    assert network not in " ".join(kept)
    with time_machine.travel("2026-03-02T23:30:00+08:00", tick=False):
        evening = tallies.from_network("saying", request)
        assert tallies.counted(evening) == 1
    with time_machine.travel("2026-03-03T00:10:00+08:00", tick=False):
        assert tallies.counted(tallies.from_network("saying", request)) == 1
    assert Tally.objects.count() == 3


def test_a_try_asks_the_database_once(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        tallies.counted("saying:a")


@pytest.mark.parametrize("answer", ["", "x", "9" * 21, "-1"])
def test_what_is_no_proof_is_not_counted(cast: Cast, answer: str) -> None:
    assert not proofs.holds(proofs.challenge(), answer)
    assert not Tally.objects.exists()
