"""A resident's opinion from a station's page, without an account."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from .store import Database, as_uuid
from .writing import (
    ACT,
    CLOCK,
    RULEBOOK,
    Form,
    No,
    Person,
    a_matter,
    a_party,
    an_act,
    checked,
    insert,
    sealed,
    told,
    uuid7,
)

STATION = """
    SELECT c.id, s.id, s.name, s.street_id, o.name FROM people_congress c
    LEFT JOIN people_station s ON s.congress_id = c.id AND s.number = ?
    LEFT JOIN people_organ o ON o.id = s.street_id AND o.congress_id = c.id WHERE c.division_code = ?
"""
KNOWN = 'SELECT matter_id FROM docket_act WHERE congress_id = ? AND "key" = ?'
SAME = """
    SELECT id FROM procedures_opinion WHERE congress_id = ? AND text_digest = ? AND heard_on >= ? ORDER BY heard_on DESC, id DESC LIMIT 1
"""
SERIES = """
    INSERT INTO docket_series (id, congress_id, key, last) VALUES (?, ?, ?, 1)
    ON CONFLICT (congress_id, key) DO UPDATE SET last = docket_series.last + 1
"""
# The number that this transaction has just taken; whoever comes next waits for it.
NUMBER = """
    UPDATE docket_matter SET number = ? || (SELECT last FROM docket_series WHERE congress_id = ? AND key = ?) || ?, series = ?
    WHERE congress_id = ? AND id = ?
"""
OPINION = ("id", "congress_id", "number_digest", "link_digest", "has_contact", "matter_id", "text", "text_digest", "channel",
           "heard_on", "station_id", "street_id", "place", "nature", "level", "route", "livelihood", "ticket", "answer", "result",
           "drafted_answer", "drafted_result", "answered_by", "solved", "attitude", "word", "same_as_id", "public_text")  # fmt: skip
EMPTY = dict.fromkeys(("place", "nature", "level", "route", "ticket", "answer", "result", "drafted_answer", "drafted_result", "answered_by",
                       "solved", "attitude", "word", "public_text"), "")  # fmt: skip
DOCUMENT = (
    "id",
    "congress_id",
    "subject",
    "kind",
    "procedure",
    "state",
    "public",
    "dictionary",
    "updated_at",
    "title",
    "text",
    "terms",
)
ZERO_BITS, SORT_DAYS, ANSWER_DAYS, SAME_DAYS, LONGEST_TITLE = 13, 2, 30, 30, 40
SECRET = b"a key of the bare handler"
_used: dict[str, float] = {}


def say(database: Database, division: str, form: Form) -> str:
    """Congress and station, the proof, the same words before; matter, act, record, parties, clocks, outbox, search document, number."""
    checked(form, "text", "key", "challenge", "proof")
    congress, station, station_name, street, street_name = database.rows(STATION, form["station"], division)[0]
    person = Person(UUID(int=0), as_uuid(congress), "the_public", uuid4(), "公众", "")
    key = f"say-{hashlib.sha256(form['key'].encode()).hexdigest()[:60]}"
    found = database.rows(KNOWN, person.congress, key)
    matter = (
        as_uuid(found[0][0])
        if found
        else _opened(database, person, form, key, station, station_name, street, street_name)
    )
    return f"/c/{division}/opinions/mine/{_digest(f'link:{matter}')[:32]}/?sent=1"


def _opened(
    database: Database,
    person: Person,
    form: Form,
    key: str,
    station: object,
    station_name: str,
    street: object,
    street_name: str,
) -> UUID:
    now, matter, text = datetime.now(UTC), uuid7(), form["text"].strip()
    if not _proven(form["challenge"], form["proof"]):
        raise No(422)
    digest = hashlib.sha256("".join(letter for letter in text if letter.isalnum()).encode()).hexdigest()
    same = database.rows(SAME, person.congress, digest, now.date() - timedelta(days=SAME_DAYS))
    series = f"opinion:{now.year}"
    told_of = {"text": text, "channel": "portal", "station": str(as_uuid(station))}
    act = sealed(
        an_act(person, matter, 1, now, "", procedure="opinion", step="say", from_state="", to_state="received", office="the_public",
               basis="A15.say", data=told_of) | {"key": key, "account": None}, "",
    )  # fmt: skip
    clock = {"congress_id": person.congress, "matter_id": matter, "procedure": "opinion", "rulebook": RULEBOOK, "limit": "at_most",
             "whose": "keeper", "started_on": now.date(), "extended": False, "takes": ""}  # fmt: skip
    database.write([
        (SERIES, [uuid7(), person.congress, series]),
        a_matter(person, matter, act["hash"], now.date(), procedure="opinion", state="received", title=text[:LONGEST_TITLE],
                 due_on=now.date() + timedelta(days=SORT_DAYS)),
        insert("docket_act", ACT, **act),
        insert("procedures_opinion", OPINION, **EMPTY, id=uuid7(), congress_id=person.congress, number_digest=_digest(f"number:{matter}"),
               link_digest=_digest(f"link:{matter}"), has_contact=False, matter_id=matter, text=text, text_digest=digest, channel="portal",
               heard_on=now.date(), station_id=as_uuid(station), street_id=as_uuid(street), livelihood=False,
               same_as_id=as_uuid(same[0][0]) if same else None),
        a_party(person, matter, "resident", person.holder, "提出人", now),
        a_party(person, matter, "street", as_uuid(street), street_name, now),
        a_party(person, matter, "keeper", as_uuid(station), station_name, now),
        a_party(person, matter, "keeper", as_uuid(street), street_name, now),
        insert("docket_runningclock", CLOCK, **clock, id=uuid7(), key="sort", rule="C04.sort", due_on=now.date() + timedelta(days=SORT_DAYS)),
        insert("docket_runningclock", CLOCK, **clock, id=uuid7(), key="answer", rule="C04.answer", due_on=now.date() + timedelta(days=ANSWER_DAYS)),
        told(person, matter, act["id"], "keeper", now),
        insert("search_searchdocument", DOCUMENT, id=uuid7(), congress_id=person.congress, subject=matter, kind="opinion", procedure="opinion",
               state="received", public=False, dictionary="bare", updated_at=now, title=text[:LONGEST_TITLE], text=text,
               terms=" ".join(text[at : at + 2] for at in range(len(text) - 1) if not text[at : at + 2].isspace())),
        (NUMBER, [f"民意〔{now.year}〕", person.congress, series, "号", series, person.congress, matter]),
    ])  # fmt: skip
    return matter


def _proven(challenge: str, answer: str) -> bool:
    """The work was done, once."""
    if (
        int.from_bytes(hashlib.sha256(f"{challenge}:{answer}".encode()).digest()[:4]) >> (32 - ZERO_BITS)
        or challenge in _used
    ):
        return False
    _used[challenge] = time.monotonic()
    return True


def _digest(words: str) -> str:
    return hashlib.blake2s(words.encode(), key=SECRET).hexdigest()
