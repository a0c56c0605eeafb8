"""Official numbers without gaps: the counter is taken inside the step's own transaction, on either database."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from openrenda.tenancy import uuid7

from .models import Series


def take(congress_id: UUID, key: str) -> int:
    """The next number of a series, first 1. A rolled back step gives its number back."""
    table = connection.ops.quote_name(Series._meta.db_table)
    ident, owner = (Series._meta.pk.get_db_prep_value(value, connection) for value in (uuid7(), congress_id))
    sql = (
        f"INSERT INTO {table} (id, congress_id, key, last) VALUES (%s, %s, %s, 1) "
        f"ON CONFLICT (congress_id, key) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [ident, owner, key])
        return int(cursor.fetchone()[0])
