"""Statements for the hot path: SQL built once per model from its own fields, for the rows that every step reads and writes.

The object mapper builds and compiles each statement anew, which costs more than the database takes to answer. These few
statements (insert rows, change named fields of one row, read the rows of one matter) are built from the model's fields once a
process and database, go through the same field conversions and keep the rules of :mod:`openrenda.tenancy`: the congress is in every one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
    UUIDField,
)

from openrenda.prepared import database, for_database, loaded, one_converter, run
from openrenda.tenancy import current_congress_id

Row = TypeVar("Row", bound=Model)
LARGEST_INSERT = 100
NOTHING = type(None)
# What a column of each kind may hold that the database takes as it is.
PLAIN: dict[type[Any], tuple[type, ...]] = {
    BooleanField: (bool, NOTHING), CharField: (str,), TextField: (str,), DateField: (NOTHING,), UUIDField: (NOTHING,),
    PositiveIntegerField: (int,), PositiveSmallIntegerField: (int,), DateTimeField: (NOTHING,),
}  # fmt: skip
PLAIN_FOR_POSTGRESQL: dict[type[Any], tuple[type, ...]] = {
    DateField: (date, NOTHING), DateTimeField: (datetime, NOTHING), ForeignKey: (UUID,), UUIDField: (UUID, NOTHING),
}  # fmt: skip


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model: a hundred at most in a statement, or more of them by PostgreSQL's way of copying; none is none."""
    if not rows:
        return
    model, here = type(rows[0]), database()
    if here.vendor == "postgresql" and len(rows) > LARGEST_INSERT:
        _copy(model, rows, here)
    else:
        for start in range(0, len(rows), LARGEST_INSERT):
            part = rows[start : start + LARGEST_INSERT]
            values = [value for row in part for value in _values(row, here)]
            run(_insert_sql(model, len(part), here.vendor), values)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _copy(model: type[Model], rows: Sequence[Model], here: BaseDatabaseWrapper) -> None:
    """The driver takes a statement of many values apart each time anew, which costs more than all the rest; a copied row is only written."""
    # Before the copying begins: a reference may ask the database whether it may be written, and the connection answers nothing meanwhile.
    written = [_values(row, here) for row in rows]
    here.ensure_connection()
    here.validate_no_broken_transaction()
    with here.wrap_database_errors, here.create_cursor().copy(_copy_sql(model)) as copy:
        for values in written:
            copy.write_row(values)


def change(row: Model, names: Sequence[str], **also: Any) -> bool:
    """Write named fields of one row; ``also`` are further conditions.

    :return: whether there was such a row.
    """
    model, here = type(row), database()
    by_name = _by_name(model)
    values = [by_name[name].get_db_prep_save(by_name[name].pre_save(row, False), here) for name in names]
    where = {"congress_id": row.congress_id, "id": row.pk, **also}  # type: ignore[attr-defined]
    values += [by_name[name].get_db_prep_value(value, here) for name, value in where.items()]
    columns = tuple(_column(by_name[name]) for name in names)
    return bool(run(_update_sql(model, columns, tuple(where), here.vendor), values).rowcount)


def remove(model: type[Model], **where: Any) -> None:
    """Delete the rows of the congress in context that hold these values; for tables that nothing refers to."""
    by_name, here = _by_name(model), database()
    where = {"congress_id": current_congress_id(), **where}
    values = [by_name[name].get_db_prep_value(value, here) for name, value in where.items()]
    run(_delete_sql(model, tuple(where), here.vendor), values)


def of_matter(model: type[Row], matter_id: Any, *, open_ones: str = "") -> list[Row]:
    """The rows of one matter in the congress in context; with ``open_ones``, only those where that column is empty."""
    vendor = database().vendor
    adapted = for_database(vendor)
    keys = [adapted(current_congress_id()), adapted(matter_id)]
    found = run(_select_sql(model, open_ones, vendor), keys).fetchall()
    names, converters = _reading(model, vendor)
    return [
        loaded(model, names, [value if c is None else c(value) for c, value in zip(converters, row, strict=True)])
        for row in found
    ]


def _values(row: Model, here: BaseDatabaseWrapper) -> list[Any]:
    """What a new row's columns get. Values that both databases take as they are skip the field's own conversion."""
    held = row.__dict__
    return [
        held[name] if type(held.get(name)) in plain else field.get_db_prep_save(field.pre_save(row, True), here)
        for name, plain, field in _written(type(row), here.vendor)
    ]


@cache
def _written(model: type[Model], vendor: str) -> tuple[tuple[str, tuple[type, ...], Field[Any, Any]], ...]:
    plain = PLAIN | (PLAIN_FOR_POSTGRESQL if vendor == "postgresql" else {})
    return tuple((field.attname, plain.get(type(field), ()), field) for field in _fields(model))


@cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)


@cache
def _by_name(model: type[Model]) -> dict[str, Field[Any, Any]]:
    """The fields under their names and under those of their columns."""
    return {name: field for field in _fields(model) for name in (field.name, field.attname)}


def _column(field: Field[Any, Any]) -> str:
    """The column of a field that has one, as all concrete fields do."""
    return str(field.column)


@cache
def _insert_sql(model: type[Model], rows: int, vendor: str) -> str:
    columns = [database().ops.quote_name(_column(field)) for field in _fields(model)]
    one = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES {', '.join([one] * rows)}"


@cache
def _copy_sql(model: type[Model]) -> str:
    columns = ", ".join(database().ops.quote_name(_column(field)) for field in _fields(model))
    return f"COPY {_table(model)} ({columns}) FROM STDIN"


@cache
def _update_sql(model: type[Model], columns: tuple[str, ...], where: tuple[str, ...], vendor: str) -> str:
    quote = database().ops.quote_name
    changes = ", ".join(f"{quote(column)} = %s" for column in columns)
    return f"UPDATE {_table(model)} SET {changes} WHERE {' AND '.join(f'{quote(name)} = %s' for name in where)}"


@cache
def _delete_sql(model: type[Model], where: tuple[str, ...], vendor: str) -> str:
    quote = database().ops.quote_name
    return f"DELETE FROM {_table(model)} WHERE {' AND '.join(f'{quote(name)} = %s' for name in where)}"


@cache
def _select_sql(model: type[Model], open_ones: str, vendor: str) -> str:
    quote = database().ops.quote_name
    columns = ", ".join(quote(_column(field)) for field in _fields(model))
    still = f" AND {quote(open_ones)} IS NULL" if open_ones else ""
    return f"SELECT {columns} FROM {_table(model)} WHERE congress_id = %s AND matter_id = %s{still}"


@cache
def _reading(model: type[Model], vendor: str) -> tuple[tuple[str, ...], tuple[Callable[[Any], Any] | None, ...]]:
    fields = _fields(model)
    return tuple(field.attname for field in fields), tuple(_converter(model, field) for field in fields)


def _converter(model: type[Model], field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What the object mapper would do to a value it reads, as one function; None where it does nothing."""
    column = field.get_col(model._meta.db_table)
    steps = [*database().ops.get_db_converters(column), *column.get_db_converters(database())]
    return one_converter(steps, column) if steps else None


def _table(model: type[Model]) -> str:
    return database().ops.quote_name(model._meta.db_table)
