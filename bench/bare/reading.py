"""The works that read: the list, the inbox and the matter page. They ask what the product's page shows and format it by f-string."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import UTC, date, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from .store import Database, Row, as_uuid
from .writing import No, Person

SESSION = "SELECT session_data FROM django_session WHERE session_key = ? AND expire_date > ?"
SEAT = """
    SELECT s.key, s.holder, s.title, a.name, a.password, a.session_key_stamp, a.language, o.name FROM people_seat s
    JOIN people_account a ON a.id = s.account_id AND a.is_active
    LEFT JOIN people_organ o ON o.id = s.holder AND o.congress_id = s.congress_id
    WHERE s.congress_id = ? AND s.id = ? AND s.account_id = ? AND s.since <= ? AND (s.until IS NULL OR s.until >= ?)
"""


def person_of(database: Database, session_key: str) -> Person:
    """Who is asking, from the session row and the seat row.

    :raises No: when nobody is signed in.
    """
    now = datetime.now(UTC)
    found = database.rows(SESSION, session_key, now)
    if not found:
        raise No(403)
    session = unpacked(found[0][0])
    account, seat, congress = (UUID(session[name]) for name in ("_auth_user_id", "people.seat", "people.congress"))
    rows = database.rows(SEAT, congress, seat, account, now.date(), now.date())
    if not rows:
        raise No(403)
    key, holder, title, name, *_account, organ = rows[0]
    return Person(account, congress, key, as_uuid(holder), name, organ or title or key)


def unpacked(data: str) -> dict[str, Any]:
    """What the session row holds. Its signature is not checked: the row comes from our own database."""
    body = data.rsplit(":", 2)[0]
    packed = body.startswith(".")
    raw = base64.urlsafe_b64decode(body.lstrip(".") + "=" * (-len(body.lstrip(".")) % 4))
    return json.loads(zlib.decompress(raw) if packed else raw)  # type: ignore[no-any-return]


UNREAD = "SELECT id FROM channels_notice WHERE congress_id = ? AND account = ? AND read_at IS NULL LIMIT 100"


def unread(database: Database, person: Person) -> int:
    """How many notices wait."""
    return len(database.rows(UNREAD, person.congress, person.account))


# The list

LIST = """
    SELECT m.id, m.number, m.title, m.state, m.opened_on, m.due_on, m.closed_on, s.sponsor_name, s.cosigners, s.organ_name,
           c.name, s.session_name, s.assigned_on, s.replied_on, s.result_class, s.result
    FROM docket_matter m
    JOIN procedures_suggestion s ON s.matter_id = m.id AND s.congress_id = m.congress_id
    LEFT JOIN people_category c ON c.id = s.category_id AND c.congress_id = s.congress_id
    WHERE m.congress_id = ? AND m.procedure = 'suggestion' AND m.state NOT IN ('draft', 'settled')
"""
SORTED = {
    "newest": "m.opened_on DESC NULLS LAST, m.id DESC",
    "oldest": "m.opened_on NULLS LAST, m.id",
    "due": "m.due_on NULLS LAST, m.id",
}
REGISTERS = """
    SELECT 'saved', 0, id, name, address FROM web_savedfilter WHERE congress_id = ? AND account = ? AND "procedure" = 'suggestion'
    UNION ALL SELECT 'category', position, id, name, '' FROM people_category WHERE congress_id = ?
    UNION ALL SELECT 'organ', position, id, name, '' FROM people_organ WHERE congress_id = ? AND kind <> 'congress_committee'
    UNION ALL SELECT 'session', t.number, s.id, CAST(s.number AS text), CAST(t.number AS text) FROM people_session s
        JOIN people_term t ON t.id = s.term_id AND t.congress_id = s.congress_id WHERE s.congress_id = ?
"""


def listing(database: Database, person: Person, query: str) -> str:
    """Fifty suggestions, filtered and sorted."""
    if person.seat != "deputy_office":
        raise No(404)
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    sql = LIST
    values: list[Any] = [person.congress]
    if "state" in asked:
        sql, values = f"{sql} AND m.state = ?", [*values, asked["state"]]
    if "organ" in asked:
        sql, values = f"{sql} AND s.organ_id = ?", [*values, UUID(asked["organ"])]
    if "year" in asked:
        year = int(asked["year"])
        sql, values = (
            f"{sql} AND m.opened_on >= ? AND m.opened_on <= ?",
            [*values, date(year, 1, 1), date(year, 12, 31)],
        )
    rows = database.rows(f"{sql} ORDER BY {SORTED[asked.get('sort', 'newest')]} LIMIT 51", *values)
    owner = person.congress
    registers = database.rows(REGISTERS, owner, person.account, owner, owner, owner)
    options = "".join(f'<option value="{row[2]}">{escape(str(row[3]))}</option>' for row in registers)
    lines = "".join(map(line, rows[:50]))
    return f"<header>{escape(person.name)} {unread(database, person)}</header><select>{options}</select><table>{lines}</table>"


def line(row: Row) -> str:
    """A line of a list."""
    cells = "".join(f"<td>{escape(str(value))}</td>" for value in row[3:] if value is not None)
    address = f"/matters/{as_uuid(row[0])}/"
    return f'<tr data-url="{address}"><td>{escape(row[1])}</td><td><a href="{address}">{escape(row[2])}</a></td>{cells}</tr>'


# The inbox

WAITING = """
    SELECT id, "procedure", state, number, title, due_on FROM docket_matter
    WHERE congress_id = ? AND closed_on IS NULL AND (
        "procedure" = 'suggestion' AND state IN ('declining', 'district_review', 'extension_asked', 'meeting', 'received')
        OR "procedure" = 'enterprise-order' AND state IN ('placed', 'raised')
        OR "procedure" = 'bill' AND state IN ('referred', 'submitted'))
    ORDER BY due_on, id LIMIT 1000
"""
LATE = """
    SELECT c.matter_id, c."key", c.whose, c.due_on, m.number, m.title, m.state FROM docket_runningclock c
    JOIN docket_matter m ON m.id = c.matter_id AND m.congress_id = c.congress_id
    WHERE c.congress_id = ? AND c.stopped_on IS NULL AND c.paused_on IS NULL AND c.due_on < ?
        AND c."limit" NOT IN ('at_least', 'right') AND m.state NOT IN ('draft', 'settled')
    ORDER BY c.due_on, c.id LIMIT 13
"""
UNFINISHED = """
    SELECT form, data, saved_at FROM docket_autosave
    WHERE congress_id = ? AND account = ? AND form LIKE 'new:%' AND matter_id IS NULL ORDER BY saved_at DESC LIMIT 20
"""
SHOWN_IN_GROUP = 6


def inbox(database: Database, person: Person) -> str:
    """What waits for the deputies' office, with its counts, and what is late."""
    if person.seat != "deputy_office":
        raise No(404)
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in database.rows(WAITING, person.congress):
        groups.setdefault((row[1], row[2]), []).append(row)
    shown = [row for rows in groups.values() for row in rows[:SHOWN_IN_GROUP]]
    late = database.rows(LATE, person.congress, datetime.now(UTC).date())
    names = _names(database, person, [row[0] for row in shown] + [row[0] for row in late])
    unfinished = database.rows(UNFINISHED, person.congress, person.account)
    parts = [f"<header>{escape(person.name)} {unread(database, person)} {len(unfinished)}</header>"]
    for (procedure, state), rows in groups.items():
        parts.append(f"<h2>{procedure} {state} {len(rows)}</h2>")
        parts += [
            f'<a href="/matters/{as_uuid(row[0])}/">{row[3]} {escape(row[4])} {row[5]}</a>'
            for row in rows[:SHOWN_IN_GROUP]
        ]
    parts += [
        f'<a href="/matters/{as_uuid(row[0])}/">{row[4]} {escape(row[5])} {row[3]} {escape("、".join(names.get(row[0], [])))}</a>'
        for row in late
    ]
    return "".join(parts)


def _names(database: Database, person: Person, matters: list[Any]) -> dict[Any, list[str]]:
    """The parties of the shown matters, by matter."""
    if not matters:
        return {}
    marks = ", ".join("?" * len(matters))
    sql = f"SELECT matter_id, name FROM docket_party WHERE congress_id = ? AND until IS NULL AND matter_id IN ({marks})"
    found: dict[Any, list[str]] = {}
    for matter, name in database.rows(sql, person.congress, *matters):
        found.setdefault(matter, []).append(name)
    return found


# The matter page

OF_MATTER = {
    "parties": "SELECT role, holder, name, since FROM docket_party WHERE congress_id = ? AND matter_id = ? AND until IS NULL",
    "clocks": 'SELECT "key", rule, whose, started_on, due_on, paused_on, stopped_on, extended FROM docket_runningclock '
    "WHERE congress_id = ? AND matter_id = ? ORDER BY due_on",
    "record": "SELECT s.*, c.name, o.name, w.name FROM procedures_suggestion s "
    "LEFT JOIN people_category c ON c.id = s.category_id AND c.congress_id = s.congress_id "
    "LEFT JOIN people_organ o ON o.id = s.organ_id AND o.congress_id = s.congress_id "
    "LEFT JOIN people_organ w ON w.id = s.street_id AND w.congress_id = s.congress_id "
    "WHERE s.congress_id = ? AND s.matter_id = ?",
    "acts": "SELECT seq, step, from_state, to_state, took_effect, recorded_at, actor_name, office_name, agent_for, basis, "
    "rulebook, data FROM docket_act WHERE congress_id = ? AND matter_id = ? ORDER BY seq DESC",
    "files": "SELECT id, name, media_type, size, uploaded_at FROM docket_file WHERE congress_id = ? AND matter_id = ? "
    "ORDER BY uploaded_at DESC LIMIT 200",
    "replies": "SELECT * FROM procedures_reply WHERE congress_id = ? AND matter_id = ?",
    "commitments": "SELECT * FROM procedures_commitment WHERE congress_id = ? AND matter_id = ?",
    "judgements": "SELECT * FROM procedures_judgement WHERE congress_id = ? AND matter_id = ?",
}
MATTER = (
    "SELECT id, number, title, state, opened_on, closed_on, due_on FROM docket_matter WHERE congress_id = ? AND id = ?"
)
CHAIN = """
    SELECT m.id, m.number, m.title, m.state, l.kind FROM docket_link l
    JOIN docket_matter m ON m.congress_id = l.congress_id AND m.id = CASE WHEN l.matter_id = ? THEN l.origin_id ELSE l.matter_id END
    WHERE l.congress_id = ? AND (l.matter_id = ? OR l.origin_id = ?)
    UNION ALL SELECT id, number, title, state, 'child' FROM docket_matter WHERE congress_id = ? AND parent_id = ? LIMIT 50
"""


def matter_page(database: Database, person: Person, matter: UUID) -> str:
    """One matter with everything that hangs on it."""
    found = database.rows(MATTER, person.congress, matter)
    if not found or person.seat != "deputy_office" or found[0][3] == "draft":
        raise No(404)
    parts = [f"<header>{escape(person.name)} {unread(database, person)}</header><h1>{escape(found[0][2])}</h1>"]
    for name, sql in OF_MATTER.items():
        parts.append(f"<section><h2>{name}</h2>")
        parts += [_facts(row) for row in database.rows(sql, person.congress, matter)]
        parts.append("</section>")
    owner = person.congress
    parts += [_facts(row) for row in database.rows(CHAIN, matter, owner, matter, matter, owner, matter)]
    return "".join(parts)


def _facts(row: Row) -> str:
    return f"<p>{' '.join(escape(str(value)) for value in row if value not in (None, ''))}</p>"


# The API

TOKEN = """
    SELECT t.scopes, s.key, s.holder, s.account_id, a.name, o.name FROM api_apitoken t
    JOIN people_seat s ON s.id = t.seat_id AND s.congress_id = t.congress_id
    JOIN people_account a ON a.id = s.account_id AND a.is_active
    LEFT JOIN people_organ o ON o.id = s.holder AND o.congress_id = s.congress_id
    WHERE t.congress_id = ? AND t.digest = ? AND t.until >= ? AND t.revoked_on IS NULL
        AND s.since <= ? AND (s.until IS NULL OR s.until >= ?)
"""
COLUMNS = ("id", "procedure", "state", "number", "title", "opened_on", "state_since", "due_on", "closed_on", "public_since",
           "confidential", "version", "parent_id")  # fmt: skip
API_LIST = f"""
    SELECT {", ".join(COLUMNS)} FROM docket_matter
    WHERE congress_id = ? AND "procedure" = ? AND state = ? AND state NOT IN ('draft', 'settled')
    ORDER BY opened_on DESC, id DESC LIMIT 51
"""
API_MATTER = f"SELECT {', '.join(COLUMNS)} FROM docket_matter WHERE congress_id = ? AND id = ?"
API_RECORD = "SELECT * FROM procedures_suggestion WHERE congress_id = ? AND matter_id = ?"


def bearer_of(database: Database, header: str) -> Person:
    """Who is asking, from the token row and its seat.

    :raises No: for no token or one that is not good.
    """
    _prefix, congress_words, secret = header.removeprefix("Bearer ").split("_", 2)
    congress, today = UUID(congress_words), datetime.now(UTC).date()
    digest = hashlib.sha256(secret.encode()).hexdigest()
    found = database.rows(TOKEN, congress, digest, today, today, today)
    if not found or "read" not in found[0][0]:
        raise No(403)
    _scopes, key, holder, account, name, organ = found[0]
    return Person(as_uuid(account), congress, key, as_uuid(holder), name, organ or key)


def api_list(database: Database, person: Person, query: str) -> str:
    """Fifty matters as JSON."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    if person.seat != "deputy_office":
        raise No(404)
    rows = database.rows(API_LIST, person.congress, asked["procedure"], asked["state"])
    return as_words({"matters": [dict(zip(COLUMNS, row, strict=True)) for row in rows[:50]], "next": len(rows) > 50})


def api_item(database: Database, person: Person, matter: UUID) -> str:
    """One matter as JSON."""
    found = database.rows(API_MATTER, person.congress, matter)
    if not found or person.seat != "deputy_office" or found[0][2] == "draft":
        raise No(404)
    parts = {name: database.rows(OF_MATTER[name], person.congress, matter) for name in ("parties", "clocks")}
    (record,) = database.rows(API_RECORD, person.congress, matter)
    whole = dict(zip(COLUMNS, found[0], strict=True)) | {"record": list(record)}
    return as_words(whole | {name: list(map(list, rows)) for name, rows in parts.items()})


def as_words(content: Any) -> str:
    """JSON, with days and identifiers as text."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)
