"""Lifting the append-only triggers: to empty the tables after a test with real transactions, and to tamper on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, 'RAISE(ABORT') > 0"


@contextmanager
def lifted(database: Any = connection) -> Iterator[Any]:
    """A cursor in whose transaction the database refuses nothing; the triggers are back when the block ends."""
    on, off = (_postgresql if database.vendor == "postgresql" else _sqlite)(database)
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        yield cursor
        for statement in on:
            cursor.execute(statement)


def _postgresql(database: Any) -> tuple[list[str], list[str]]:
    """As a replica the session fires no ordinary trigger; a test's own server lets it say so."""
    return ["SET session_replication_role = DEFAULT"], ["SET session_replication_role = replica"]


def _sqlite(database: Any) -> tuple[list[str], list[str]]:
    with database.cursor() as cursor:
        cursor.execute(TRIGGERS)
        triggers = cursor.fetchall()
    return [sql for _, sql in triggers], [f'DROP TRIGGER "{name}"' for name, _ in triggers]


_plain_flush = BaseDatabaseOperations.execute_sql_flush


def flush_past_triggers(operations: BaseDatabaseOperations, statements: list[str]) -> None:
    """Django's emptying of tables, which the append-only tables would refuse."""
    with lifted(operations.connection):
        _plain_flush(operations, statements)
