"""The one place that knows how rows belong to a congress.

Three kinds of table, told apart by base class (docs/architecture.md, "Data and scale"):
*tenant* tables derive from :class:`TenantModel` and carry ``congress``; *reference* tables derive from
:class:`ReferenceModel` and are shared by every congress; Django's own tables are *local*.

Every query on a tenant table is filtered by the congress in context, and refuses to run without one.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models

_current: ContextVar[uuid.UUID | None] = ContextVar("current_congress", default=None)


class NoCongress(RuntimeError):
    """A tenant table was asked without a congress in context."""


class CrossCongressLink(ValueError):
    """A row of one congress was to refer to a row of another."""


def uuid7() -> uuid.UUID:
    """A time-ordered identifier (RFC 9562, version 7), made by the application."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value)


def current_congress_id() -> uuid.UUID:
    """The congress in context.

    :raises NoCongress: when there is none.
    """
    congress_id = _current.get()
    if congress_id is None:
        raise NoCongress("no congress in context: wrap the call in congress_scope(congress)")
    return congress_id


@contextmanager
def congress_scope(congress: Any) -> Iterator[None]:
    """Run the block for one congress, given as a row or as its id."""
    token = _current.set(getattr(congress, "pk", congress))
    try:
        yield
    finally:
        _current.reset(token)


class TenantManager(models.Manager):  # type: ignore[type-arg]
    """Sees the rows of the congress in context and no others."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(congress_id=current_congress_id())


class ReferenceModel(models.Model):
    """A small table shared by all congresses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class TenantModel(models.Model):
    """A row of one congress. The congress is taken from the context and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    congress = models.ForeignKey(
        "people.Congress",
        models.PROTECT,
        related_name="+",
        db_index=False,
        editable=False,
        default=current_congress_id,
        verbose_name="人大",
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _do_update(  # type: ignore[no-untyped-def]
        self, base_qs, using, pk_val, values, update_fields, forced_update
    ) -> bool:
        kept = [item for item in values if item[0].name != "congress"]
        return super()._do_update(  # type: ignore[misc,no-any-return]
            base_qs.filter(congress_id=self.congress_id), using, pk_val, kept, update_fields, forced_update
        )


class TenantFK(models.ForeignKey):  # type: ignore[type-arg]
    """A reference from one tenant row to another of the same congress.

    Every join it makes carries the congress as well, so that a database sharded by congress answers from one shard;
    and a link to another congress's row is refused before it is written, on either database.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        if on_delete not in (models.PROTECT, models.CASCADE):
            raise ValueError("TenantFK allows PROTECT and CASCADE only")
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def get_joining_fields(self, reverse_join: bool = False) -> tuple[tuple[Any, Any], ...]:
        pairs = super().get_joining_fields(reverse_join)
        ours = self.model._meta.get_field("congress")
        theirs = self.remote_field.model._meta.get_field("congress")
        return (*pairs, (theirs, ours) if reverse_join else (ours, theirs))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if value is not None:
            self._refuse_another_congress(model_instance, value)
        return value

    def _refuse_another_congress(self, row: Any, value: Any) -> None:
        known: Any = row._state.fields_cache.get(self.name)
        if known is not None:
            same = known.congress_id == row.congress_id
        else:
            same = _is_there(self.remote_field.model, row.congress_id, value)
        if not same:
            raise CrossCongressLink(f"{row._meta.label}.{self.name} refers to a row of another congress")


def _is_there(model: Any, congress: uuid.UUID, key: uuid.UUID) -> bool:
    """Whether the congress has that row. Asked for each reference that is written, so the mapper does not make it anew."""
    quoted, pk = connection.ops.quote_name, model._meta.pk
    sql = f"SELECT 1 FROM {quoted(model._meta.db_table)} WHERE congress_id = %s AND {quoted(pk.column)} = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [pk.get_db_prep_value(value, connection) for value in (congress, key)])
        return cursor.fetchone() is not None
