"""Casting a ballot 投票. A secret one is cast by nobody in particular: no account, no seat, nothing of the roll is read or written."""

from __future__ import annotations

import base64
from uuid import UUID, uuid4

from django.db import transaction

from openrenda.docket.statements import change
from openrenda.prepared import Prepared

from . import blind
from .box import Entry, closed_part, is_sealed, opened_part, part_bytes, part_of
from .counting import BadPaper, Terms, overmarked, read_paper
from .models import NAMED, Ballot, BoxPart, NamedMark
from .refusals import AlreadyCast, NotABallot, NotOpen, TooManyMarks
from .taking import entry_of

# In a full hall a ballot spends more time in the making of these two questions than in all the rest.
BALLOT: Prepared[Ballot] = Prepared(lambda ballot: Ballot.objects.filter(pk=ballot), ballot=uuid4())
PART: Prepared[BoxPart] = Prepared(
    lambda ballot, number: BoxPart.objects.select_for_update().filter(ballot=ballot, number=number),
    ballot=uuid4(), number=32_011,
)  # fmt: skip


def ballot_of(pk: UUID) -> Ballot | None:
    """The vote to which a ballot belongs, in the congress in context."""
    return BALLOT.first(ballot=pk)


def cast_secret(ballot: Ballot, entry: Entry) -> str:
    """Put a ballot into the box; its tracker. The same ballot again is the same ballot.

    A part that is there is the proof that the vote is open: closing takes all parts away while it holds them.

    :raises NotAccepted: it was not put in.
    """
    key, terms = _genuine(ballot, entry), ballot.terms
    check_paper(terms, entry.paper)
    with transaction.atomic():
        part = PART.first(ballot=ballot.pk, number=part_of(key, ballot.parts)) if ballot.parts else None
        if part is None:
            raise NotOpen
        entries = opened_part(part.content)
        known = entries.get(entry.key)
        if known and known.paper != entry.paper:
            raise AlreadyCast
        if not known:
            part.content = closed_part({**entries, entry.key: entry}, part_bytes(terms, ballot.parts))
            change(part, ["content"])
    return entry.tracker


def _genuine(ballot: Ballot, entry: Entry) -> bytes:
    """The ballot's key, when the vote's authority signed it and it signed the marks.

    :raises NotABallot: otherwise; also when a text is not in its one form.
    """
    try:
        key, signature = (base64.b64decode(text, validate=True) for text in (entry.key, entry.signature))
        written = [base64.b64encode(raw).decode() for raw in (key, signature, base64.b64decode(entry.seal))]
    except ValueError as problem:
        raise NotABallot from problem
    if not ballot.public_key or written != [entry.key, entry.signature, entry.seal]:
        raise NotABallot
    if not is_sealed(ballot, entry) or not blind.verifies(blind.public_key(ballot.public_key), signature, key):
        raise NotABallot
    return key


def check_paper(terms: Terms, text: str) -> None:
    """Refuse what is no paper of this vote, and what would be void.

    :raises NotABallot, TooManyMarks:
    """
    try:
        paper = read_paper(terms, text)
    except BadPaper as problem:
        raise NotABallot from problem
    if overmarked(terms, paper):
        raise TooManyMarks(terms.places)


def cast_named(ballot: Ballot, voter: UUID, text: str) -> NamedMark:
    """Record how somebody votes in a vote by name. The same again changes nothing.

    :raises NotAccepted: it was not recorded.
    """
    if ballot.way != NAMED:
        raise NotOpen
    check_paper(ballot.terms, text)
    with transaction.atomic():
        entry = entry_of(ballot, voter)
        mark = NamedMark.objects.filter(ballot=ballot, voter=voter).first()
        if mark and mark.paper != text:
            raise AlreadyCast
        return mark or NamedMark.objects.create(ballot=ballot, voter=voter, name=entry.name, paper=text)
