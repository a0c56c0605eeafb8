"""Taking a ballot 领票: the roll is marked, and the ballot's key signed without being seen. What is cast later never comes back here."""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from django.db import transaction

from . import blind
from .models import ON_PAPER, WITH_BOX, Ballot, RollEntry
from .refusals import AlreadyTaken, NotABallot, NotAccepted, NotOnTheRoll, NotOpen, OnPaper


def take(ballot: Ballot, voter: UUID, blinded: bytes) -> bytes:
    """The blind signature on what the voter's device sent. The same request gets the same answer, however often.

    :raises NotAccepted: nothing was given out.
    """
    if ballot.closed_at or ballot.way not in WITH_BOX:
        raise NotOpen
    try:
        answer = blind.blind_sign(blind.private_numbers(ballot.private_key), blinded)
    except blind.CannotSign as problem:
        raise NotABallot from problem
    with transaction.atomic():
        entry = entry_of(ballot, voter)
        _refuse_unless_free(entry, hashlib.sha256(blinded).hexdigest())
        if not entry.taken:
            entry.taken, entry.request = True, hashlib.sha256(blinded).hexdigest()
            entry.answer = base64.b64encode(answer).decode()
            entry.save(update_fields=["taken", "request", "answer"])
    return base64.b64decode(entry.answer)


def entry_of(ballot: Ballot, voter: UUID) -> RollEntry:
    """The voter's line of the roll, locked, of a vote that is open: whoever closes it waits for the lock and then counts what was written.

    :raises NotAccepted: when she is not on it, or the vote is over.
    """
    entry = RollEntry.objects.select_for_update().filter(ballot=ballot, voter=voter).first()
    if entry is None:
        raise NotOnTheRoll
    if not Ballot.objects.filter(pk=ballot.pk, closed_at=None).exists():
        raise NotOpen
    return entry


def _refuse_unless_free(entry: RollEntry, request: str) -> None:
    problem: type[NotAccepted] | None = None
    if entry.way == ON_PAPER:
        problem = OnPaper
    elif entry.taken and entry.request != request:
        problem = AlreadyTaken
    if problem:
        raise problem


def vote_on_paper(ballot: Ballot, voter: UUID) -> RollEntry:
    """The voter is given a paper instead. Whoever has taken an electronic ballot keeps it: nobody is in both.

    :raises NotAccepted: when she has one, or the vote is over.
    """
    with transaction.atomic():
        entry = entry_of(ballot, voter)
        if entry.taken:
            raise AlreadyTaken
        entry.way = ON_PAPER
        entry.save(update_fields=["way"])
    return entry
