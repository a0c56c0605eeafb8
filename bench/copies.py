"""Rows made through the engine, copied by SQL under new identifiers to other places: what a database of years looks like, in minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from openrenda.docket.models import Matter

from .bulk import indexes_afterwards

# For a model and a column: what stands there in the copy, where it is not what stands in the original (``own``).
Value = Callable[[Any, str, str], str | None]
IDENTIFIER = "(lpad(to_hex(c.n), 8, '0') || substr(md5({own}::text || ':' || c.n), 9))::uuid"


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
            _copy_table(cursor, model, len(places), open_copies, value)
        cursor.execute("DROP TABLE bench_copy")
        cursor.execute("DROP TABLE bench_matter")


def fingerprint(own: str) -> str:
    """What a copy has in place of a digest, as text."""
    return f"copied({own}, c.n)" if connection.vendor == "sqlite" else f"md5({own}::text || ':' || c.n)"


def _copy_table(cursor: Any, model: Any, times: int, open_copies: int, value: Value) -> None:
    """One table, a copy of all originals after the other: identifiers then come in their order, and a matter's rows lie together."""
    table, of = model._meta.db_table, "id" if model is Matter else "matter_id"
    rows = f"SELECT {table}.* FROM {table} JOIN bench_matter m ON m.id = {table}.{of}"
    cursor.execute(f"CREATE TABLE bench_original AS {rows}")
    copying = _copy_sql(model, value)
    with indexes_afterwards(cursor, table):
        for number in range(1, times + 1):
            if number == open_copies + 1:
                cursor.execute(
                    f"DELETE FROM bench_original WHERE {of} IN (SELECT id FROM bench_matter WHERE still_open)"
                )
            cursor.execute(copying, [number])
    cursor.execute("DROP TABLE bench_original")


def _tables(cursor: Any, procedure: str, places: Sequence[dict[str, UUID]]) -> None:
    """One row a copy: its number, and what takes the originals' places. And the matters that are copied, with which are open."""
    sqlite = connection.vendor == "sqlite"
    kind, names = ("text" if sqlite else "uuid"), list(places[0])
    cursor.execute(f"CREATE TABLE bench_copy (n integer PRIMARY KEY, {', '.join(f'{name} {kind}' for name in names)})")
    rows = [(n, *(_stored(place[name]) for name in names)) for n, place in enumerate(places, start=1)]
    cursor.executemany(f"INSERT INTO bench_copy VALUES ({', '.join(['%s'] * (len(names) + 1))})", rows)
    cursor.execute(f"CREATE TABLE bench_matter (id {kind} PRIMARY KEY, still_open boolean)")
    matters = f"SELECT id, closed_on IS NULL FROM {Matter._meta.db_table} WHERE procedure = %s"
    cursor.execute(f"INSERT INTO bench_matter {matters}", [procedure])
    if sqlite:
        connection.connection.create_function("copied", 2, _copied, deterministic=True)


def _stored(value: UUID) -> str:
    return value.hex if connection.vendor == "sqlite" else str(value)


def _copied(identifier: str | None, number: int) -> str | None:
    """The copy's identifier: its number in front, as time stands in front of those that the product makes."""
    if identifier is None:
        return None
    return f"{number:08x}" + hashlib.md5(f"{identifier}:{number}".encode()).hexdigest()[8:]


def _copy_sql(model: Any, value: Value) -> str:
    """INSERT … SELECT of one copy of one table: identifiers become those of the copy, everything else stays."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(_value(model, column, value) for column in columns)
    named = ", ".join(map(connection.ops.quote_name, columns))
    return f"INSERT INTO {model._meta.db_table} ({named}) SELECT {values} FROM bench_original o CROSS JOIN bench_copy c WHERE c.n = %s"


def _value(model: Any, column: str, value: Value) -> str:
    own = f"o.{connection.ops.quote_name(column)}"
    if column in ("id", "matter_id", "act_id"):
        return fingerprint(own) if connection.vendor == "sqlite" else IDENTIFIER.format(own=own)
    if column == "number" and model is Matter:
        return f"CASE WHEN {own} = '' THEN '' ELSE {own} || '-' || c.n END"
    return value(model, column, own) or own
