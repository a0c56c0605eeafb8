"""How a vote stands, for every screen: how many, never who; of a secret one never what before it is closed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing

from openrenda.activities.vote.opening import seconds_left
from openrenda.activities.vote.records import Vote, latest_ballot, shown
from openrenda.ballots.box import opened_part
from openrenda.ballots.models import NAMED, Ballot, BoxPart, NamedMark, RollEntry
from openrenda.languages import speaking

SALT, LISTEN_SECONDS = "openrenda.events", 24 * 60 * 60
NONE, OPEN, CLOSED, DISCARDED = "none", "open", "closed", "discarded"


Standing = tuple[UUID, datetime | None] | None


def standing_of(matter: UUID) -> Standing:
    """Which vote on a matter is the last, and when it was closed: what is asked while nothing else is new. One query."""
    ballot = latest_ballot(matter)
    return (ballot.pk, ballot.closed_at) if ballot else None


def progress(matter: UUID) -> dict[str, Any]:
    """The state of the last vote on a matter; with the result in both languages once it is counted."""
    ballot = latest_ballot(matter)
    told: dict[str, Any] = {"state": NONE} if ballot is None else _of(ballot)
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return {**told, "version": digest[:16]}


def _of(ballot: Ballot) -> dict[str, Any]:
    told = {"ballot": str(ballot.pk), "trial": ballot.trial, "way": ballot.way, "on_roll": ballot.terms.present}
    if ballot.closed_at and ballot.tally_data is None:
        return {**told, "state": DISCARDED}
    if ballot.closed_at:
        tally = ballot.tally
        return {
            **told,
            "state": CLOSED,
            "taken": tally.issued,
            "cast": tally.returned,
            "result": in_both_languages(ballot),
        }
    return {**told, "state": OPEN, "taken": taken(ballot), "cast": cast(ballot)}


def taken(ballot: Ballot) -> int:
    """How many have taken a ballot; in a vote by name nobody takes one."""
    return 0 if ballot.way == NAMED else RollEntry.objects.filter(ballot=ballot, taken=True).count()


def cast(ballot: Ballot) -> int:
    """How many have voted."""
    if ballot.way == NAMED:
        return NamedMark.objects.filter(ballot=ballot).count()
    parts = BoxPart.objects.filter(ballot=ballot).values_list("content", flat=True)
    return sum(len(opened_part(content)) for content in parts)


def in_both_languages(ballot: Ballot) -> dict[str, Any]:
    """One screen reads Chinese, another English; one event goes to all."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with speaking(language):
            told[language] = shown(ballot)
    return told


def countdown(matter: UUID) -> int | None:
    """How many seconds the chair has left to the vote."""
    record = Vote.objects.filter(matter=matter).first()
    return seconds_left(record.ends_at) if record else None


def ticket(congress: UUID, matter: UUID) -> str:
    """What lets a page listen to one vote, for a day. It opens nothing else, and says nothing of who listens."""
    return signing.dumps([str(congress), str(matter)], salt=SALT)


def ticket_of(text: str) -> tuple[UUID, UUID] | None:
    """Congress and matter of a ticket; None for one that was not given out here or is old."""
    try:
        congress, matter = signing.loads(text, salt=SALT, max_age=LISTEN_SECONDS)
    except signing.BadSignature:
        return None
    return UUID(congress), UUID(matter)
