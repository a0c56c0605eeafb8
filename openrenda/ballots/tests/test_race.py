"""Everybody at the same instant: taking, casting, closing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from openrenda.ballots.box import tracker_of
from openrenda.ballots.casting import cast_named, cast_secret
from openrenda.ballots.closing import close
from openrenda.ballots.device import Device
from openrenda.ballots.models import NAMED, Ballot, BoxPart, CastBallot, NamedMark, RollEntry
from openrenda.ballots.refusals import AlreadyTaken, NotAccepted, NotOpen
from openrenda.ballots.taking import take
from openrenda.docket.tests.threads import at_once
from openrenda.tenancy import congress_scope

from .conftest import YES, Hall, device, standing

PEOPLE, KILLS = 8, 4
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(transactional_db: None) -> Iterator[Hall]:
    """A hall whose rows other connections see."""
    yield from standing()


def test_eight_devices_of_one_voter_get_one_ballot(hall: Hall) -> None:
    ballot = hall.open(1)
    voter = hall.voters[0][0]

    def press(number: int) -> str:
        with congress_scope(hall.congress):
            try:
                take(ballot, voter, Device.fresh(ballot.public_key).blinded)
            except AlreadyTaken:
                return "refused"
        return "taken"

    assert sorted(at_once(PEOPLE, press)) == ["refused"] * (PEOPLE - 1) + ["taken"]


def test_one_ballot_sent_eight_times_at_once_is_one(hall: Hall) -> None:
    ballot = hall.open(2)
    entry = device(ballot, hall.voters[0][0]).mark(str(ballot.pk), YES)

    def send(number: int) -> str:
        with congress_scope(hall.congress):
            return cast_secret(ballot, entry)

    assert set(at_once(PEOPLE, send)) == {entry.tracker}
    assert close(ballot).tally.returned == 1


@pytest.mark.parametrize("secret", [True, False])
def test_closing_while_ballots_arrive_counts_what_was_acknowledged_and_refuses_the_rest(
    hall: Hall, secret: bool
) -> None:
    """Nobody gets half an answer: acknowledged and counted, or refused and not."""
    ballot = hall.open(PEOPLE * 4, **{} if secret else {"way": NAMED})
    entries = [device(ballot, voter).mark(str(ballot.pk), YES) for voter, _name in hall.voters] if secret else []

    def work(number: int) -> list[int]:
        acknowledged = []
        with congress_scope(hall.congress):
            if number == PEOPLE:
                close(ballot)
                return []
            for turn in range(number, PEOPLE * 4, PEOPLE):
                try:
                    if secret:
                        cast_secret(ballot, entries[turn])
                    else:
                        cast_named(ballot, hall.voters[turn][0], YES)
                except NotOpen:
                    continue
                acknowledged.append(turn)
        return acknowledged

    answers = [turn for turns in at_once(PEOPLE + 1, work) for turn in turns]
    closed = Ballot.objects.get(pk=ballot.pk)
    assert closed.tally.returned == len(answers)
    if secret:
        assert {row.key for row in CastBallot.objects.all()} == {entries[turn].key for turn in answers}
        assert not BoxPart.objects.exists()
    else:
        assert {mark.voter for mark in NamedMark.objects.all()} == {hall.voters[turn][0] for turn in answers}


def test_taking_while_it_closes_is_counted_as_issued_or_refused(hall: Hall) -> None:
    ballot = hall.open(PEOPLE)
    devices = [Device.fresh(ballot.public_key) for _voter in range(PEOPLE)]

    def work(number: int) -> bool:
        with congress_scope(hall.congress):
            try:
                if number < PEOPLE:
                    take(ballot, hall.voters[number][0], devices[number].blinded)
                else:
                    close(ballot)
            except NotAccepted:
                return False
        return number < PEOPLE

    given = sum(at_once(PEOPLE + 1, work))
    assert Ballot.objects.get(pk=ballot.pk).tally.issued == given
    assert RollEntry.objects.filter(taken=True).count() == given


VOTE = """
import sys
import uuid
import django; django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from openrenda.ballots.casting import cast_secret
from openrenda.ballots.models import Ballot
from openrenda.ballots.tests.conftest import NO, YES, device
from openrenda.tenancy import congress_scope
with congress_scope(uuid.UUID(sys.argv[2])):
    ballot = Ballot.objects.get(pk=sys.argv[3])
    for number, entry in enumerate(ballot.roll.filter(taken=False).order_by("pk")):
        voting = device(ballot, entry.voter)
        tracker = cast_secret(ballot, voting.mark(str(ballot.pk), YES if number % 2 else NO))
        print(tracker, flush=True)
"""


def test_a_voting_process_killed_at_any_moment_loses_nothing_acknowledged(hall: Hall, tmp_path: Path) -> None:
    """kill -9 again and again: every acknowledged ballot is counted once, and at most the one on its way beside it."""
    ballot = hall.open(60)
    name = str(connection.settings_dict["NAME"])
    acknowledged: list[str] = []
    for kill in range(KILLS):
        file = tmp_path / f"acknowledged-{kill}"
        with file.open("w") as out:
            environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            command = [sys.executable, "-c", VOTE, name, str(hall.congress.pk), str(ballot.pk)]
            process = subprocess.Popen(command, env=environment, stdout=out, cwd=Path(__file__).resolve().parents[3])
        until = time.monotonic() + 60
        while len(file.read_text().splitlines()) < 2 + kill and process.poll() is None and time.monotonic() < until:
            time.sleep(0.005 * (kill + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        acknowledged += [line for line in file.read_text().split("\n")[:-1] if line]
    closed = close(ballot)
    counted = [tracker_of(row.key) for row in CastBallot.objects.all()]
    assert len(counted) == len(set(counted)) == closed.tally.returned
    assert set(acknowledged) <= set(counted)
    assert len(set(counted) - set(acknowledged)) <= KILLS
    assert len(acknowledged) >= KILLS
