"""Taking and casting: one ballot a voter, counted once, whoever sends what."""

from __future__ import annotations

import base64
import dataclasses
import os
from typing import Any
from uuid import uuid4

import pytest

from openrenda.ballots.box import Entry, opened_part, part_of, parts_for
from openrenda.ballots.casting import cast_named, cast_secret
from openrenda.ballots.closing import close
from openrenda.ballots.counting import Paper
from openrenda.ballots.device import Device
from openrenda.ballots.models import HYBRID, NAMED, Ballot, BoxPart, CastBallot, NamedMark, RollEntry
from openrenda.ballots.opening import withdraw
from openrenda.ballots.refusals import (
    AlreadyCast,
    AlreadyTaken,
    NotABallot,
    NotOnTheRoll,
    NotOpen,
    OnPaper,
    TooManyMarks,
)
from openrenda.ballots.sheets import difference, enter, problems_of
from openrenda.ballots.taking import take, vote_on_paper

from .conftest import NO, YES, Hall, device
from .stage import numbers, terms


def in_the_box(ballot: Ballot) -> int:
    """How many ballots are in it."""
    return sum(len(opened_part(part.content)) for part in BoxPart.objects.filter(ballot=ballot))


def test_a_ballot_is_taken_once_and_a_lost_answer_is_given_again(hall: Hall) -> None:
    ballot = hall.open()
    voter = hall.voters[0][0]
    first = Device.fresh(ballot.public_key)
    answer = take(ballot, voter, first.blinded)
    assert take(ballot, voter, first.blinded) == answer
    with pytest.raises(AlreadyTaken):
        take(ballot, voter, Device.fresh(ballot.public_key).blinded)
    assert RollEntry.objects.filter(ballot=ballot, taken=True).count() == 1


def test_a_forged_voter_gets_no_ballot(hall: Hall) -> None:
    """F03 (1): only those present may vote."""
    ballot = hall.open()
    with pytest.raises(NotOnTheRoll):
        take(ballot, uuid4(), Device.fresh(ballot.public_key).blinded)
    with pytest.raises(NotABallot):
        take(ballot, hall.voters[0][0], b"short")


def test_the_same_ballot_sent_twice_is_counted_once(hall: Hall) -> None:
    ballot = hall.open()
    mine = device(ballot, hall.voters[0][0])
    entry = mine.mark(str(ballot.pk), YES)
    # Every signature of a device is another one: what counts is the key and the marks.
    assert (
        cast_secret(ballot, entry) == cast_secret(ballot, entry) == cast_secret(ballot, mine.mark(str(ballot.pk), YES))
    )
    assert in_the_box(ballot) == 1
    with pytest.raises(AlreadyCast):
        cast_secret(ballot, mine.mark(str(ballot.pk), NO))
    assert close(ballot).tally.marks == ({"approve": 1},)


def test_anothers_ballot_sent_again_stays_hers(hall: Hall) -> None:
    """Whoever overhears a ballot can send it as often as she likes; it cannot be changed, nor carried to another vote."""
    ballot, other = hall.open(), hall.open(voters=2)
    entry = device(other, hall.voters[0][0]).mark(str(other.pk), YES)
    with pytest.raises(NotABallot):
        cast_secret(ballot, entry)
    cast_secret(other, entry)
    cast_secret(other, entry)
    with pytest.raises(NotABallot):
        cast_secret(other, dataclasses.replace(entry, paper=NO))
    assert close(other).tally.returned == 1


@pytest.mark.parametrize("spoil", [
    lambda entry: dataclasses.replace(entry, signature=base64.b64encode(os.urandom(256)).decode()),
    lambda entry: dataclasses.replace(entry, seal=base64.b64encode(os.urandom(64)).decode()),
    lambda entry: dataclasses.replace(entry, seal=base64.b64encode(os.urandom(63)).decode()),
    lambda entry: dataclasses.replace(entry, key=base64.b64encode(os.urandom(65)).decode()),
    lambda entry: dataclasses.replace(entry, key=entry.key + "\n"),
    lambda entry: dataclasses.replace(entry, key="钥匙"),
    lambda entry: Entry("", "", "", ""),
])  # fmt: skip
def test_a_forged_ballot_is_refused(hall: Hall, spoil: Any) -> None:
    ballot = hall.open()
    entry = device(ballot, hall.voters[0][0]).mark(str(ballot.pk), YES)
    with pytest.raises(NotABallot):
        cast_secret(ballot, spoil(entry))
    assert in_the_box(ballot) == 0


def test_a_ballot_that_was_not_taken_from_the_authority_is_refused(hall: Hall) -> None:
    ballot, other = hall.open(), hall.open()
    stranger = device(other, hall.voters[0][0])
    with pytest.raises(NotABallot):
        cast_secret(ballot, stranger.mark(str(ballot.pk), YES))


def test_too_many_marks_are_told_before_they_would_be_void(hall: Hall) -> None:
    ballot = hall.open(of=terms("choice", 3, base=5, present=5, places=1))
    mine = device(ballot, hall.voters[0][0])
    with pytest.raises(TooManyMarks) as told:
        cast_secret(ballot, mine.mark(str(ballot.pk), Paper(("chosen", "chosen", "")).text))
    assert "最多选1个" in told.value.sentence
    cast_secret(ballot, mine.mark(str(ballot.pk), Paper(("chosen", "", "")).text))


def test_after_closing_nothing_is_given_out_or_taken_in(hall: Hall) -> None:
    ballot = hall.open()
    mine = device(ballot, hall.voters[0][0])
    closed = close(ballot)
    for held in (ballot, closed):
        with pytest.raises(NotOpen):
            cast_secret(held, mine.mark(str(ballot.pk), YES))
        with pytest.raises(NotOpen):
            take(held, hall.voters[1][0], Device.fresh(ballot.public_key).blinded)
    assert not CastBallot.objects.exists()
    assert closed.private_key == ""


def test_closing_again_changes_nothing(hall: Hall) -> None:
    ballot = hall.open()
    cast_secret(ballot, device(ballot, hall.voters[0][0]).mark(str(ballot.pk), YES))
    first, again = close(ballot), close(ballot)
    assert (first.digest, first.closed_at) == (again.digest, again.closed_at)
    assert first.tally.issued == 1


@pytest.mark.parametrize("voters", [1, 64, 65, 3000])
def test_parts_hold_so_many_on_average_and_every_key_has_its_part(voters: int) -> None:
    parts = parts_for(voters)
    assert parts == 1 or 8 <= voters / parts <= 16
    assert parts & (parts - 1) == 0
    assert {part_of(os.urandom(65), parts) for _key in range(parts * 20)} == set(range(parts))


# By name


def test_a_vote_by_name_is_recorded_once_under_her_name(hall: Hall) -> None:
    ballot = hall.open(way=NAMED)
    voter = hall.voters[0][0]
    assert cast_named(ballot, voter, YES).pk == cast_named(ballot, voter, YES).pk
    with pytest.raises(AlreadyCast):
        cast_named(ballot, voter, NO)
    with pytest.raises(NotOnTheRoll):
        cast_named(ballot, uuid4(), YES)
    with pytest.raises(NotABallot):
        cast_named(ballot, voter, "yes")
    closed = close(ballot)
    assert [(mark.name, mark.paper) for mark in NamedMark.objects.all()] == [("代表0", YES)]
    assert (closed.tally.returned, closed.tally.issued) == (1, 5)
    with pytest.raises(NotOpen):
        cast_named(ballot, hall.voters[1][0], YES)


def test_a_secret_vote_takes_no_mark_by_name(hall: Hall) -> None:
    ballot = hall.open()
    with pytest.raises(NotOpen):
        cast_named(ballot, hall.voters[0][0], YES)


# Paper beside devices


def test_nobody_votes_on_paper_and_on_a_device(hall: Hall) -> None:
    ballot = hall.open(way=HYBRID)
    first, second = hall.voters[0][0], hall.voters[1][0]
    vote_on_paper(ballot, first)
    with pytest.raises(OnPaper):
        take(ballot, first, Device.fresh(ballot.public_key).blinded)
    device(ballot, second)
    with pytest.raises(AlreadyTaken):
        vote_on_paper(ballot, second)


def test_paper_and_devices_are_one_result(hall: Hall) -> None:
    ballot = hall.open(way=HYBRID)
    for voter, _name in hall.voters[:2]:
        vote_on_paper(ballot, voter)
    cast_secret(ballot, device(ballot, hall.voters[2][0]).mark(str(ballot.pk), YES))
    device(ballot, hall.voters[3][0])
    sheet = numbers(ballot.terms, {"approve": 2}, issued=2)
    for teller in (1, 2):
        enter(ballot, teller, f"计票人{teller}", sheet)
    tally = close(ballot).tally
    assert (tally.issued, tally.returned, tally.marks) == (4, 3, ({"approve": 3},))
    too_many = numbers(ballot.terms, {"approve": 3}, issued=3)
    assert "多于实到2人" in problems_of(ballot, too_many)[0]


def test_two_tellers_who_differ_are_told_where(hall: Hall) -> None:
    ballot = hall.open(way=HYBRID)
    assert difference(ballot) == ["还缺第1位计票人的计票单。", "还缺第2位计票人的计票单。"]
    enter(ballot, 1, "甲", numbers(ballot.terms, {"approve": 3, "against": 1}, issued=5))
    enter(ballot, 2, "乙", numbers(ballot.terms, {"approve": 2, "against": 2}, issued=5))
    assert difference(ballot) == [
        "两份计票单不一致：赞成，一份是3，一份是2。请重新清点。", "两份计票单不一致：反对，一份是1，一份是2。请重新清点。",
    ]  # fmt: skip
    enter(ballot, 2, "乙", numbers(ballot.terms, {"approve": 3, "against": 1}, issued=5))
    assert difference(ballot) == []


def test_a_candidate_who_withdraws_after_opening_is_not_counted(hall: Hall) -> None:
    ballot = hall.open(of=terms("choice", 2, base=5, present=5, places=1, plurality=True))
    mine = device(ballot, hall.voters[0][0])
    cast_secret(ballot, mine.mark(str(ballot.pk), Paper(("chosen", "")).text))
    withdraw(ballot, 0)
    verdict = close(ballot).verdict
    assert [one.result for one in verdict.outcomes] == ["withdrawn", "not_elected"]
