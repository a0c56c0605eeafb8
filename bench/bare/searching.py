"""The works that search: one indexed query each, weighed by nothing but age, and lines by f-string."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from urllib.parse import parse_qs
from uuid import UUID

from .reading import unread
from .store import Database, Row, Sqlite, as_uuid
from .writing import Form, No, Person

ROWS = 20
COLUMNS = "d.subject, d.kind, d.title, substr(d.text, 1, 400), m.number, m.state, m.opened_on, s.organ_name"
TABLES = """
    JOIN docket_matter m ON m.id = d.subject AND m.congress_id = d.congress_id
    JOIN procedures_suggestion s ON s.matter_id = m.id AND s.congress_id = m.congress_id
    WHERE d.congress_id = ? AND m."procedure" = 'suggestion' AND m.state NOT IN ('draft', 'settled')
"""
SQLITE = f"""
    SELECT {COLUMNS} FROM search_word w JOIN search_row r ON r.number = w.rowid JOIN search_searchdocument d ON d.id = r.document
    {TABLES} AND w.search_word MATCH ? ORDER BY w.rowid DESC LIMIT {ROWS}
"""
POSTGRES = f"SELECT {COLUMNS} FROM search_searchdocument d {TABLES} AND d.vector @@ ?::tsquery ORDER BY COALESCE(d.id, d.id) DESC LIMIT {ROWS}"
ORGANS = "SELECT id, name FROM people_organ WHERE congress_id = ? ORDER BY position, code"


def mark(congress: UUID) -> str:
    """What begins each term of the congress in the index."""
    return base64.b32encode(hashlib.blake2s(congress.bytes, digest_size=5).digest())[:4].decode().lower()


def found(database: Database, person: Person, words: list[str], joined: str) -> list[Row]:
    """The newest texts that carry the words, all of them or any."""
    begins = mark(person.congress)
    if isinstance(database, Sqlite):
        return database.rows(SQLITE, person.congress, f" {joined} ".join(f'"{begins}:{word}"' for word in words))
    sign = {"AND": " & ", "OR": " | "}[joined]
    return database.rows(POSTGRES, person.congress, sign.join(f"'{begins}:{word}'" for word in words))


def search(database: Database, person: Person, query: str) -> str:
    """Twenty texts that carry the words, with the words marked."""
    if person.seat != "deputy_office":
        raise No(404)
    words = parse_qs(query)["q"][0].split()
    options = "".join(
        f'<option value="{row[0]}">{escape(row[1])}</option>' for row in database.rows(ORGANS, person.congress)
    )
    lines = "".join(_line(row, words) for row in found(database, person, words, "AND"))
    return (
        f"<header>{escape(person.name)} {unread(database, person)}</header><select>{options}</select><ol>{lines}</ol>"
    )


def similar(database: Database, person: Person, form: Form) -> str:
    """Texts that carry any two neighbouring characters of the title, newest first."""
    if person.seat != "deputy":
        raise No(404)
    title = form["title"]
    rows = found(database, person, [title[at : at + 2] for at in range(2, len(title) - 2)], "OR")[:5]
    lines = (f'<li><a href="/matters/{as_uuid(row[0])}/">{escape(row[2])}</a> {row[5]} {row[6]}</li>' for row in rows)
    return f"<ul>{''.join(lines)}</ul>"


def _line(row: Row, words: list[str]) -> str:
    title, text = escape(row[2]), escape(row[3])
    for word in words:
        title, text = title.replace(word, f"<mark>{word}</mark>"), text.replace(word, f"<mark>{word}</mark>")
    rest = " ".join(escape(str(value)) for value in row[4:] if value)
    return f'<li><a href="/matters/{as_uuid(row[0])}/">{title}</a><p>{text[:200]}</p><p>{rest}</p></li>'


def figure(database: Database, person: Person, statements: list[tuple[str, list[object]]]) -> str:
    """The number and the list behind it, by the statements that the product's figures are made of."""
    if person.seat != "deputy_office":
        raise No(404)
    parts = [f"<header>{escape(person.name)} {unread(database, person)}</header>"]
    for sql, values in statements:
        parts += [_fact(row) for row in database.rows(sql, *values)[:ROWS]]
    return "".join(parts)


def _fact(row: Row) -> str:
    if len(row) < 4:
        return f"<p>{row[0]}</p>"
    cells = "".join(f"<td>{escape(str(value))}</td>" for value in row[2:] if value is not None)
    return f'<tr data-url="/matters/{as_uuid(row[1])}/"><td><a href="/matters/{as_uuid(row[1])}/">{escape(str(row[3]))}</a></td>{cells}</tr>'
