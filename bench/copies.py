"""Rows made through the engine, copied by SQL under new identifiers to other places: what a database of years looks like, in minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

from openrenda.docket.models import Matter

# For a model and a column: what stands there in the copy, where it is not what stands in the original (``own``).
Value = Callable[[Any, str, str], str | None]
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
    "postgresql": "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)",
}


def copy(
    models: Sequence[Any], procedure: str, places: Sequence[dict[str, UUID]], open_copies: int, value: Value
) -> None:
    """Copy every matter of a procedure to every place; what is still open to the first few only.

    :param places: for each copy the rows that take the place of the originals', under the names by which ``value`` knows them (``c.name``).
    """
    if not places:
        return
    with connection.cursor() as cursor:
        _tables(cursor, procedure, places)
        for model in models:
            with _indexes_afterwards(cursor, model._meta.db_table):
                cursor.execute(_copy_sql(model, open_copies, value))
        cursor.execute("DROP TABLE bench_copy")
        cursor.execute("DROP TABLE bench_original")


def fingerprint(own: str) -> str:
    """What a copy has in place of an identifier or a digest, as text."""
    return f"copied({own}, c.n)" if connection.vendor == "sqlite" else f"md5({own}::text || ':' || c.n)"


@contextmanager
def _indexes_afterwards(cursor: Any, table: str) -> Iterator[None]:
    """Copied identifiers come in no order: an index made at the end is made many times sooner than one kept up to date."""
    cursor.execute(INDEXES[connection.vendor], [table])
    found = cursor.fetchall()
    if connection.vendor == "postgresql":
        # What refers to what is right by construction; the database need not look for each row.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
    for name, _sql in found:
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    for _name, sql in found:
        cursor.execute(sql)


def _tables(cursor: Any, procedure: str, places: Sequence[dict[str, UUID]]) -> None:
    """One row a copy: its number, and what takes the originals' places. And the originals, with which are open."""
    sqlite = connection.vendor == "sqlite"
    kind, names = ("text" if sqlite else "uuid"), list(places[0])
    cursor.execute(f"CREATE TABLE bench_copy (n integer PRIMARY KEY, {', '.join(f'{name} {kind}' for name in names)})")
    rows = [(n, *(_stored(place[name]) for name in names)) for n, place in enumerate(places, start=1)]
    cursor.executemany(f"INSERT INTO bench_copy VALUES ({', '.join(['%s'] * (len(names) + 1))})", rows)
    cursor.execute(f"CREATE TABLE bench_original (id {kind} PRIMARY KEY, still_open boolean)")
    matters = f"SELECT id, closed_on IS NULL FROM {Matter._meta.db_table} WHERE procedure = %s"
    cursor.execute(f"INSERT INTO bench_original {matters}", [procedure])
    if sqlite:
        connection.connection.create_function("copied", 2, _copied, deterministic=True)


def _stored(value: UUID) -> str:
    return value.hex if connection.vendor == "sqlite" else str(value)


def _copied(identifier: str | None, number: int) -> str | None:
    return None if identifier is None else hashlib.md5(f"{identifier}:{number}".encode()).hexdigest()


def _copy_sql(model: Any, open_copies: int, value: Value) -> str:
    """INSERT … SELECT of one table: identifiers become those of the copy, everything else stays."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    values = [_value(model, column, value) for column in columns]
    matter = f"{table}.{'id' if model is Matter else 'matter_id'}"
    return (
        f"INSERT INTO {table} ({', '.join(map(connection.ops.quote_name, columns))}) SELECT {', '.join(values)} FROM {table} "
        f"JOIN bench_original o ON o.id = {matter} CROSS JOIN bench_copy c WHERE c.n <= {open_copies} OR NOT o.still_open"
    )


def _value(model: Any, column: str, value: Value) -> str:
    own = f"{model._meta.db_table}.{connection.ops.quote_name(column)}"
    if column in ("id", "matter_id", "act_id"):
        return fingerprint(own) if connection.vendor == "sqlite" else f"{fingerprint(own)}::uuid"
    if column == "number" and model is Matter:
        return f"CASE WHEN {own} = '' THEN '' ELSE {own} || '-' || c.n END"
    return value(model, column, own) or own
