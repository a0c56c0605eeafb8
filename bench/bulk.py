"""Many rows at once: indexes are made at the end, and PostgreSQL does not wait for its disk meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# The settings of PostgreSQL while data are made that are thrown away if the machine fails.
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "8GB",
    "autovacuum": "off",
}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
    "postgresql": "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)",
}


@contextmanager
def indexes_afterwards(cursor: Any, table: str) -> Iterator[None]:
    """An index made at the end is made many times sooner than one kept up to date, the word index of texts most of all."""
    cursor.execute(INDEXES[connection.vendor], [table])
    found = cursor.fetchall()
    if connection.vendor == "postgresql":
        # What refers to what is right by construction; the database need not look for each row.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    for name, _sql in found:
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    for _name, sql in found:
        cursor.execute(sql)


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """PostgreSQL does not wait for its disk meanwhile, and has written everything at the end: only then is anything measured."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for name, value in CARELESS.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        cursor.execute("SELECT pg_reload_conf()")
        yield
        cursor.execute("ALTER SYSTEM RESET ALL")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("CHECKPOINT")
    os.sync()
