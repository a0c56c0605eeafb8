"""Connections and values of the bare handler: psycopg through a pool, or sqlite3 with one connection a thread."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID

Row = Sequence[Any]
Statement = tuple[str, Sequence[Any]]


class Database(Protocol):
    """What a handler asks of the database during one request. Statements are written with ``?`` marks."""

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query."""

    def write(self, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction; False, and nothing written, when the first one changes no row."""

    def replace(self, read: str, put: str, made: Callable[[Row], object], *keys: Any) -> None:
        """In one transaction read the row with these keys, which nobody else changes meanwhile, and put there what is made of it."""


class Store(Protocol):
    """Where requests get their database from."""

    def request(self) -> AbstractContextManager[Database]:
        """A connection for one request."""


def store_at(address: str, pool_size: int = 8) -> Store:
    """The store behind a database address as the product is given it."""
    if address.startswith("sqlite:///"):
        return SqliteStore(address.removeprefix("sqlite:///"))
    return PostgresStore(address, pool_size)


# SQLite


class SqliteStore:
    """SQLite opened as the product opens it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.local = threading.local()

    @contextmanager
    def request(self) -> Iterator[Database]:
        """The thread's own connection."""
        if not hasattr(self.local, "database"):
            connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
            for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-20000"):
                connection.execute(f"PRAGMA {setting}")
            self.local.database = Sqlite(connection)
        yield self.local.database


class Sqlite:
    """One SQLite connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query."""
        return self.connection.execute(sql, list(map(as_text, values))).fetchall()

    def write(self, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            for number, (sql, values) in enumerate(statements):
                done = self.connection.execute(sql, list(map(as_text, values))).rowcount
                if number == 0 and not done:
                    self.connection.execute("ROLLBACK")
                    return False
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        return True

    def replace(self, read: str, put: str, made: Callable[[Row], object], *keys: Any) -> None:
        """The whole database is this transaction's own."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            (row,) = self.rows(read, *keys)
            self.connection.execute(put, list(map(as_text, (made(row), *keys))))
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise


def as_text(value: Any) -> Any:
    """A value as the product stores it in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict | list) else value


# PostgreSQL


class PostgresStore:
    """PostgreSQL through psycopg's pool."""

    def __init__(self, address: str, size: int) -> None:
        from psycopg_pool import ConnectionPool

        self.pool = ConnectionPool(address, min_size=1, max_size=size, kwargs={"autocommit": True}, open=True)

    @contextmanager
    def request(self) -> Iterator[Database]:
        """A connection for one request."""
        with self.pool.connection() as connection:
            yield Postgres(connection)


class Postgres:
    """One PostgreSQL connection. psycopg prepares by itself what it is asked often."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query."""
        return list(self.connection.execute(with_percent(sql), list(map(as_json, values))).fetchall())

    def write(self, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction."""
        from psycopg import Rollback

        written = True
        with self.connection.transaction() as transaction:
            for number, (sql, values) in enumerate(statements):
                written = (
                    bool(self.connection.execute(with_percent(sql), list(map(as_json, values))).rowcount) or number > 0
                )
                if not written:
                    raise Rollback(transaction)
        return written

    def replace(self, read: str, put: str, made: Callable[[Row], object], *keys: Any) -> None:
        """The row is locked."""
        with self.connection.transaction():
            (row,) = self.rows(f"{read} FOR UPDATE", *keys)
            self.connection.execute(with_percent(put), [made(row), *keys])


@cache
def with_percent(sql: str) -> str:
    """The statement in psycopg's own style of marks."""
    return sql.replace("%", "%%").replace("?", "%s")


def as_json(value: Any) -> Any:
    """A value as psycopg wants it."""
    from psycopg.types.json import Jsonb

    return Jsonb(value) if isinstance(value, dict | list) else value


def as_uuid(value: Any) -> UUID:
    """An identifier as either database gives it."""
    return value if isinstance(value, UUID) else UUID(value)
