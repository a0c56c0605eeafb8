"""The works that write: open a suggestion, place an order, record a contact. Each is one transaction."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from .store import Database, Row, Statement, as_uuid

Form = dict[str, str]
RULEBOOK = "bare"
MATTER = ("id", "congress_id", "procedure", "state", "series", "number", "title", "opened_on", "closed_on", "due_on",
          "state_since", "version", "head", "parent_id", "confidential", "public_since")  # fmt: skip
ACT = ("id", "congress_id", "matter_id", "seq", "procedure", "step", "from_state", "to_state", "took_effect", "recorded_at",
       "account", "actor_name", "seat", "office", "office_name", "agent_for", "proof", "basis", "rulebook", "data",
       "previous", "hash", "key")  # fmt: skip
SUGGESTION = ("id", "congress_id", "matter_id", "session_id", "in_session", "background", "analysis", "proposals",
              "category_id", "wished_organ_id", "organ_id", "organ_name", "session_name", "street_id", "sponsor_name",
              "cosigners", "origin", "origin_address", "willing_to_meet", "first_raised", "consent_public", "returned_by",
              "received_on", "assigned_on", "contacted_on", "replied_on", "result_class", "judged_on", "attitude", "result",
              "silent", "withheld", "public_text")  # fmt: skip
PARTY = ("id", "congress_id", "matter_id", "role", "holder", "name", "position", "since", "until")
CLOCK = ("id", "congress_id", "matter_id", "procedure", "key", "rule", "rulebook", "limit", "whose", "started_on", "due_on",
         "paused_on", "stopped_on", "extended", "takes")  # fmt: skip
OUTBOX = ("id", "congress_id", "matter_id", "act_id", "kind", "offices", "detail", "created_at", "claimed_at", "sent_at",
          "attempts", "once")  # fmt: skip
ORDER = ("id", "congress_id", "matter_id", "enterprise_id", "site", "topic_id", "need", "wished_on")
CONTACT = ("id", "congress_id", "matter_id", "way", "held_on", "people", "summary", "deputy_word", "deputy_comment",
           "confirmed_on")  # fmt: skip


class No(Exception):
    """Not allowed, not there or not fit; the number is the answer's status."""

    def __init__(self, status: int) -> None:
        self.status = status


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking."""

    account: UUID
    congress: UUID
    seat: str
    holder: UUID
    name: str
    office: str


def uuid7() -> UUID:
    """A time-ordered identifier."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(0x3 << 62) | 2 << 62)


@cache
def insert_sql(table: str, columns: tuple[str, ...]) -> str:
    """One row of a table."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join('?' * len(columns))})"


def insert(table: str, columns: tuple[str, ...], **values: Any) -> Statement:
    """A statement for one row; columns not named are empty."""
    return insert_sql(table, columns), [values.get(column) for column in columns]


def sealed(act: dict[str, Any], previous: str) -> dict[str, Any]:
    """The act tied to the one before it by its hash."""
    told = {name: value for name, value in act.items() if name not in ("took_effect", "recorded_at")}
    told |= {"took_effect": act["took_effect"].isoformat(), "recorded_at": act["recorded_at"].isoformat()}
    words = json.dumps(told | {"previous": previous}, ensure_ascii=False, sort_keys=True, default=str)
    return act | {"previous": previous, "hash": hashlib.sha256(words.encode()).hexdigest()}


def an_act(person: Person, matter: UUID, seq: int, now: datetime, key: str, **more: Any) -> dict[str, Any]:
    """What every act says."""
    return {
        "id": uuid7(), "congress_id": person.congress, "matter_id": matter, "seq": seq, "took_effect": now,
        "recorded_at": now, "account": person.account, "actor_name": person.name, "seat": person.seat,
        "office_name": person.office, "agent_for": "", "rulebook": RULEBOOK,
        "key": f"web:{person.account.hex}:{key}", **more,
    }  # fmt: skip


def told(person: Person, matter: UUID, act: UUID, office: str, now: datetime) -> Statement:
    """The notice of a step."""
    return insert(
        "docket_outboxentry", OUTBOX, id=uuid7(), congress_id=person.congress, matter_id=matter, act_id=act, kind="told",
        offices=[office], detail={}, created_at=now, attempts=0, once="",
    )  # fmt: skip


def a_party(person: Person, matter: UUID, role: str, holder: UUID, name: str, now: datetime) -> Statement:
    """One party to a matter."""
    return insert(
        "docket_party", PARTY, id=uuid7(), congress_id=person.congress, matter_id=matter, role=role, holder=holder,
        name=name, position=0, since=now,
    )  # fmt: skip


def a_matter(person: Person, matter: UUID, head: str, today: date, **more: Any) -> Statement:
    """A new matter."""
    return insert(
        "docket_matter", MATTER, id=matter, congress_id=person.congress, series="", number="", opened_on=today,
        state_since=today, version=1, head=head, confidential=False, **more,
    )  # fmt: skip


def draft_gone(person: Person, form: str) -> Statement:
    """What was kept of the form while it was typed."""
    sql = "DELETE FROM docket_autosave WHERE congress_id = ? AND account = ? AND form = ?"
    return sql, [person.congress, person.account, form]


def checked(form: Form, *needed: str) -> Form:
    """The form with what it must have.

    :raises No: when something is missing.
    """
    if not all(form.get(name) for name in needed) or len(form.get("title", "")) > 200:
        raise No(422)
    return form


PLACE = """
    SELECT d.street_id, s.id, s.number, t.number, s.until FROM people_mandate m
    JOIN people_district d ON d.id = m.district_id AND d.congress_id = m.congress_id
    LEFT JOIN people_session s ON s.congress_id = m.congress_id AND s.since <= ?
    LEFT JOIN people_term t ON t.id = s.term_id AND t.congress_id = s.congress_id
    WHERE m.congress_id = ? AND m.id = ? ORDER BY s.since DESC LIMIT 1
"""
TICKS = ("willing_to_meet", "first_raised", "consent_public")


def open_suggestion(database: Database, person: Person, form: Form) -> UUID:
    """A deputy's draft: matter, act, record, party."""
    if person.seat != "deputy":
        raise No(403)
    checked(form, "title", "draft")
    now, matter = datetime.now(UTC), uuid7()
    street, session, number, term, _until = database.rows(PLACE, now.date(), person.congress, person.holder)[0]
    texts = {name: form.get(name, "") for name in ("background", "analysis", "proposals", "origin", "origin_address")}
    ticks = {name: form.get(name) == "on" for name in TICKS}
    data = {name: value for name, value in {"title": form["title"], **texts, **ticks}.items() if value != ""}
    act = sealed(
        an_act(person, matter, 1, now, form["draft"].replace("-", ""), procedure="suggestion", step="propose", from_state="",
               to_state="draft", office="deputies", basis="REP-02", data=data), "",
    )  # fmt: skip
    empty = dict.fromkeys(
        ("organ_name", "returned_by", "result_class", "attitude", "result", "withheld", "public_text"), ""
    )
    database.write([
        a_matter(person, matter, act["hash"], now.date(), procedure="suggestion", state="draft", title=form["title"]),
        insert("docket_act", ACT, **act),
        insert("procedures_suggestion", SUGGESTION, id=uuid7(), congress_id=person.congress, matter_id=matter,
               session_id=session, in_session=False, session_name=f"第{term}届第{number}次会议", street_id=street,
               sponsor_name=person.name, cosigners=0, silent=False, **texts, **ticks, **empty),
        a_party(person, matter, "sponsor", person.holder, person.name, now),
        draft_gone(person, f"new:suggestion:propose:{form['draft']}"),
    ])  # fmt: skip
    return matter


ENTERPRISE = """
    SELECT e.name, e.street_id, o.name FROM procedures_enterprise e
    LEFT JOIN people_organ o ON o.id = e.street_id AND o.congress_id = e.congress_id
    WHERE e.congress_id = ? AND e.id = ?
"""


def place_order(database: Database, person: Person, form: Form) -> UUID:
    """An enterprise's order: matter, act, record, parties, clock, outbox."""
    found = database.rows(ENTERPRISE, person.congress, person.holder)
    if not found:
        raise No(403)
    checked(form, "title", "site", "need", "draft")
    now, matter = datetime.now(UTC), uuid7()
    name, street, street_name = found[0]
    due = now.date() + timedelta(days=3)
    data = {key: form[key] for key in ("title", "site", "need")}
    act = sealed(
        an_act(person, matter, 1, now, form["draft"].replace("-", ""), procedure="enterprise-order", step="place",
               from_state="", to_state="placed", office="enterprises", basis="A09.accept", data=data), "",
    )  # fmt: skip
    database.write([
        a_matter(person, matter, act["hash"], now.date(), procedure="enterprise-order", state="placed", title=form["title"],
                 due_on=due),
        insert("docket_act", ACT, **act),
        insert("procedures_enterpriseorder", ORDER, id=uuid7(), congress_id=person.congress, matter_id=matter,
               enterprise_id=person.holder, site=form["site"], need=form["need"]),
        a_party(person, matter, "orderer", person.holder, name, now),
        a_party(person, matter, "street", as_uuid(street), street_name, now),
        insert("docket_runningclock", CLOCK, id=uuid7(), congress_id=person.congress, matter_id=matter,
               procedure="enterprise-order", key="accept", rule="A09.accept", rulebook=RULEBOOK, limit="at_most",
               whose="matched", started_on=now.date(), due_on=due, extended=False, takes="raise"),
        told(person, matter, act["id"], "deputy_office", now),
        draft_gone(person, f"new:enterprise-order:place:{form['draft']}"),
    ])  # fmt: skip
    return matter


THE_MATTER = f"SELECT {', '.join(MATTER)} FROM docket_matter WHERE congress_id = ? AND id = ?"
PARTIES = "SELECT role, holder, name FROM docket_party WHERE congress_id = ? AND matter_id = ? AND until IS NULL"
CLOCKS = 'SELECT id, "key", due_on, "limit" FROM docket_runningclock WHERE congress_id = ? AND matter_id = ? AND stopped_on IS NULL'
RECORD = "SELECT id, contacted_on FROM procedures_suggestion WHERE congress_id = ? AND matter_id = ?"
MOVE = f"""
    UPDATE docket_matter SET {", ".join(f"{name} = ?" for name in MATTER[3:] if name != "opened_on")}
    WHERE congress_id = ? AND id = ? AND version = ?
"""
TURN = "UPDATE docket_runningclock SET due_on = ?, paused_on = ?, stopped_on = ?, extended = ? WHERE congress_id = ? AND id = ?"
NOTE = "UPDATE procedures_suggestion SET contacted_on = ? WHERE congress_id = ? AND id = ?"
STOPPED_BY_CONTACT = ("contact", "return")


def record_contact(database: Database, person: Person, matter: UUID, form: Form) -> UUID:
    """A contact with the deputy: matter by version, clocks, act, contact, party, record, outbox."""
    checked(form, "way", "held_on", "people", "summary", "seen", "key")
    row = database.rows(THE_MATTER, person.congress, matter)
    parties = database.rows(PARTIES, person.congress, matter)
    if not row or not any(role == "handler" and as_uuid(holder) == person.holder for role, holder, _name in parties):
        raise No(404)
    found = dict(zip(MATTER, row[0], strict=True))
    if found["state"] != "handling" or date.fromisoformat(form["held_on"]) > date.today():  # noqa: DTZ011
        raise No(422)
    if str(found["version"]) != form["seen"]:
        raise No(409)
    if not database.write(_contact_rows(database, person, matter, form, found, parties)):
        raise No(409)
    return matter


def _contact_rows(
    database: Database, person: Person, matter: UUID, form: Form, found: dict[str, Any], parties: list[Row]
) -> list[Statement]:
    now, seen = datetime.now(UTC), found["version"]
    clocks = database.rows(CLOCKS, person.congress, matter)
    record, contacted = database.rows(RECORD, person.congress, matter)[0]
    data = {key: form[key] for key in ("way", "held_on", "people", "summary")}
    act = sealed(
        an_act(person, matter, seen + 1, now, form["key"], procedure="suggestion", step="contact", from_state="handling",
               to_state="handling", office="handler", basis="REP-06", data=data), found["head"],
    )  # fmt: skip
    found["version"], found["head"] = seen + 1, act["hash"]
    found["due_on"] = min(
        (row[2] for row in clocks if row[1] not in STOPPED_BY_CONTACT and row[3] == "at_most"), default=None
    )
    moved = [found[name] for name in MATTER[3:] if name != "opened_on"]
    statements: list[Statement] = [(MOVE, [*moved, person.congress, matter, seen])]
    statements += [
        (TURN, [row[2], None, now.date(), False, person.congress, row[0]])
        for row in clocks
        if row[1] in STOPPED_BY_CONTACT
    ]
    statements += [
        insert("docket_act", ACT, **act),
        insert("procedures_contact", CONTACT, id=uuid7(), congress_id=person.congress, matter_id=matter, deputy_word="",
               deputy_comment="", **data),
        *_asked(person, matter, parties, now),
        told(person, matter, act["id"], "sponsor", now),
    ]  # fmt: skip
    if not contacted:
        statements.append((NOTE, [now.date(), person.congress, record]))
    return statements


def _asked(person: Person, matter: UUID, parties: list[Row], now: datetime) -> list[Statement]:
    """The sponsors are asked to confirm, once."""
    asked = {holder for role, holder, _name in parties if role == "asked_to_confirm"}
    return [
        a_party(person, matter, "asked_to_confirm", as_uuid(holder), name, now)
        for role, holder, name in parties
        if role == "sponsor" and holder not in asked
    ]
