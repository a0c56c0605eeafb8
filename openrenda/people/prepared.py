"""Questions asked at every request: the object mapper makes their SQL once a thread, and each time only the values are new.

Making the statement costs several times what the database takes to answer it. The rows come back as the same objects.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

from openrenda.tenancy import congress_scope, current_congress_id

Row = TypeVar("Row", bound=Model)
CONGRESS = UUID("3f1d2c5e-8a7b-4c6d-9e0f-a1b2c3d4e5f6")


class Prepared(Generic[Row]):
    """One question. ``ask`` builds it from the marks, which stand for the values that differ from time to time.

    :param marks: a value of the right type for each name, found nowhere else in the question.
    """

    def __init__(self, ask: Callable[..., QuerySet[Row]], **marks: Any) -> None:
        self.ask, self.marks = ask, {**marks, "congress": CONGRESS}
        self.made = threading.local()

    def first(self, **values: Any) -> Row | None:
        """The first row of the answer, in the congress in context."""
        compiler, sql, places = self._made()
        given = {**values, "congress": current_congress_id()}
        params = [_for_database(given[name]) if name else value for name, value in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchone()
        return self._row(compiler, found) if found else None

    def _made(self) -> tuple[Any, str, list[tuple[str, Any]]]:
        kept = getattr(self.made, connection.vendor, None)
        if kept is None:
            with congress_scope(CONGRESS):
                query = self.ask(**{name: mark for name, mark in self.marks.items() if name != "congress"})[:1].query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            names = {str(_for_database(mark)): name for name, mark in self.marks.items()}
            kept = compiler, sql, [(names.get(str(value), ""), value) for value in params]
            setattr(self.made, connection.vendor, kept)
        return kept

    @staticmethod
    def _row(compiler: Any, found: Any) -> Row:
        """What ``ModelIterable`` makes of a row."""
        converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
        values = next(iter(compiler.apply_converters([found], converters))) if converters else found
        info, places = compiler.klass_info, compiler.klass_info["select_fields"]
        names = [compiler.select[place][0].target.attname for place in places]
        row: Row = info["model"].from_db(connection.alias, names, [values[place] for place in places])
        for related in get_related_populators(info, compiler.select, connection.alias):
            related.populate(values, row)
        for name, place in compiler.annotation_col_map.items():
            setattr(row, name, values[place])
        return row


def _for_database(value: Any) -> Any:
    """Ids and days as each database's driver takes them."""
    if connection.vendor == "postgresql":
        return value
    return value.hex if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value
