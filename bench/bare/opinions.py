"""A resident's opinion from a station's page, without an account; and the work list of the station's clerk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import parse_qs
from uuid import UUID, uuid4

from .reading import SORTED, line, unread
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
TALLY = """
    INSERT INTO portal_tally (id, congress_id, name, tries, until) VALUES (?, ?, ?, 1, ?) ON CONFLICT (congress_id, name)
    DO UPDATE SET tries = portal_tally.tries + 1
"""
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


def say(database: Database, division: str, form: Form) -> str:
    """Congress and station, the proof, the same words before; network and proof counted; matter, act, record, parties, clocks, outbox,
    search document, number."""
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
    until = now + timedelta(hours=1)
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
        (TALLY, [uuid7(), person.congress, _digest(f"network:{form['key']}"), until]),
        (TALLY, [uuid7(), person.congress, _digest(f"proof:{form['challenge']}"), until]),
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
    """The work was done."""
    return not int.from_bytes(hashlib.sha256(f"{challenge}:{answer}".encode()).digest()[:4]) >> (32 - ZERO_BITS)


def _digest(words: str) -> str:
    return hashlib.blake2s(words.encode(), key=SECRET).hexdigest()


# The work list

LIST = """
    SELECT m.id, m.number, m.title, m.state, m.opened_on, m.due_on, m.closed_on, o.channel, o.nature, o.level, o.route, s.name, o.place,
           g.name, o.ticket, o.answered_on, o.result, o.solved, o.attitude
    FROM docket_matter m
    JOIN procedures_opinion o ON o.matter_id = m.id AND o.congress_id = m.congress_id
    LEFT JOIN people_station s ON s.id = o.station_id AND s.congress_id = o.congress_id
    LEFT JOIN people_organ g ON g.id = o.organ_id AND g.congress_id = o.congress_id
    WHERE m.congress_id = ? AND m.procedure = 'opinion' AND EXISTS (SELECT 1 FROM docket_party p WHERE p.congress_id = m.congress_id
          AND p.matter_id = m.id AND p.holder = ? AND p.role IN ('keeper', 'once_keeper', 'street') AND p.until IS NULL)
"""
VIEWS = {
    "mine": " AND m.state IN ('clarifying', 'hotline', 'received', 'replied', 'screened', 'sorted')",
    "open": " AND m.closed_on IS NULL", "closed": " AND m.closed_on IS NOT NULL",
}  # fmt: skip
REGISTERS = """
    SELECT 'saved', 0, id, name, address FROM web_savedfilter WHERE congress_id = ? AND account = ? AND "procedure" = 'opinion'
    UNION ALL SELECT 'organ', position, id, name, '' FROM people_organ WHERE congress_id = ? AND kind <> 'congress_committee'
"""


def work_list(database: Database, person: Person, query: str) -> str:
    """Fifty opinions of the clerk's station."""
    if person.seat != "station_clerk":
        raise No(404)
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    order = SORTED[asked.get("sort", "newest")]
    sql = f"{LIST}{VIEWS.get(asked.get('view', ''), '')} ORDER BY {order} LIMIT 51"
    rows = database.rows(sql, person.congress, person.holder)
    registers = database.rows(REGISTERS, person.congress, person.account, person.congress)
    options = "".join(f'<option value="{row[2]}">{escape(str(row[3]))}</option>' for row in registers)
    lines = "".join(map(line, rows[:50]))
    return f"<header>{escape(person.name)} {unread(database, person)}</header><select>{options}</select><table>{lines}</table>"
