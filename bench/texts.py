"""What the search index holds of the copied matters: some thousand different texts, dealt out among them by SQL.

Every matter has the text of a suggestion, every answered one that of a reply. The texts are those of
invented districts, as the demo makes them; each is segmented once, as the write path does it, and stored under as many subjects as it takes.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import connection

from openrenda.docket.models import Matter
from openrenda.search import Document, index_all
from openrenda.search.models import SearchDocument
from openrenda.search.tests.district import texts
from openrenda.tenancy import uuid7

from .bulk import indexes_afterwards

MOST_DIFFERENT = 4_000
TOGETHER = 200
REPLY_CHARACTERS = 200
OTHERS = 9000
NOT_FOUND = ("draft", "settled")
NOT_ANSWERED = ("draft", "settled", "street_review", "district_review", "received", "assigned", "handling", "drafted")


def fill(size: int) -> None:
    """Put the texts in place of those that the originals brought with them."""
    SearchDocument.objects.all().delete()
    different = min(size, MOST_DIFFERENT)
    pairs = [(uuid7(), place_in_line) for place_in_line in range(different)]
    _write(pairs)
    with connection.cursor() as cursor:
        _number(cursor, pairs)
        # The database has to know how much there is before it chooses how to join it.
        cursor.execute("ANALYZE")
        with indexes_afterwards(cursor, SearchDocument._meta.db_table):
            cursor.execute(_deal(different, "suggestion", NOT_FOUND))
            cursor.execute(_deal(different, "reply", NOT_ANSWERED))
        cursor.execute("DROP TABLE bench_text")
    SearchDocument.objects.filter(subject__in=[key for key, _place in pairs]).delete()


def _write(pairs: list[tuple[Any, int]]) -> None:
    written = texts(len(pairs))
    documents = []
    for (key, number), (title, text) in zip(pairs, written, strict=True):
        answer = written[number * 7 % len(written)][1][:REPLY_CHARACTERS]
        documents.append(Document(key, "suggestion", "suggestion", title, text, public=True))
        documents.append(Document(key, "reply", "suggestion", title, answer, public=True))
    for start in range(0, len(documents), TOGETHER):
        index_all(documents[start : start + TOGETHER])


def _number(cursor: Any, pairs: list[tuple[Any, int]]) -> None:
    sqlite = connection.vendor == "sqlite"
    cursor.execute(f"CREATE TABLE bench_text (n integer PRIMARY KEY, subject {'text' if sqlite else 'uuid'})")
    rows = [(number, key.hex if sqlite else str(key)) for key, number in pairs]
    cursor.executemany("INSERT INTO bench_text VALUES (%s, %s)", rows)


def _deal(different: int, kind: str, left_out: tuple[str, ...]) -> str:
    """INSERT … SELECT: the n-th matter gets the n-th text, and begins again when they are used up."""
    table = SearchDocument._meta.db_table
    own = {"id": _key(kind), "subject": "m.id", "state": "m.state"}
    columns = [field.column for field in SearchDocument._meta.concrete_fields]
    values = [own.get(column, f"d.{connection.ops.quote_name(column)}") for column in columns]
    states = ", ".join(f"'{state}'" for state in left_out)
    return (
        f"INSERT INTO {table} ({', '.join(map(connection.ops.quote_name, columns))}) SELECT {', '.join(values)} "
        f"FROM (SELECT id, congress_id, state, (row_number() OVER (ORDER BY id) - 1) % {different} AS n "
        f"FROM {Matter._meta.db_table} WHERE {connection.ops.quote_name('procedure')} = 'suggestion' AND state NOT IN ({states})) m "
        f"JOIN bench_text t ON t.n = m.n JOIN {table} d ON d.congress_id = m.congress_id AND d.subject = t.subject AND d.kind = '{kind}'"
    )


def _key(kind: str) -> str:
    """The key of a copied text: made of its matter's, and none of those in use."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("key_of_text", 2, _made, deterministic=True)
        return f"key_of_text(m.id, '{kind}')"
    return f"(substr(m.id::text, 1, 8) || substr(md5(m.id::text || ':{kind}'), 9))::uuid"


def _made(matter: str, kind: str) -> str:
    return matter[:8] + hashlib.md5(f"{matter}:{kind}".encode()).hexdigest()[8:]


def drafts(number: int) -> list[tuple[str, str]]:
    """Title and text of suggestions that somebody is writing in a district of which nothing is stored."""
    return texts(900, seed=OTHERS)[:: 900 // number][:number]
