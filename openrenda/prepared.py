"""Questions asked again and again: the object mapper makes their SQL once, and each time only the values are new.

Making a statement costs several times what the database takes to answer it. A :class:`Prepared` question is written with the
object mapper like any other and answers with the same rows; a test holds each to that. It stands beside :mod:`openrenda.tenancy`:
the congress in context is in every statement, as it is in every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models import DateField, Field, Model, QuerySet, UUIDField
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, ValuesIterable, ValuesListIterable

from openrenda.tenancy import congress_scope, current_congress_id

Row = TypeVar("Row")
Convert = Callable[[Any], Any]
Make = Callable[[Sequence[Any]], Any]
CONGRESS = UUID("3f1d2c5e-8a7b-4c6d-9e0f-a1b2c3d4e5f6")
LARGEST_EVERYWHERE = 32_767


class Prepared(Generic[Row]):
    """One question. ``ask`` builds it from the marks, which stand for the values that differ from time to time.

    :param marks: for each name a value of the right type found nowhere else in the question; a list of such values where any
        number of values up to its length may be given.
    :raises ValueError: when a mark is a number that a small column cannot hold. To the object mapper such a question has no
        answer on PostgreSQL whatever is asked afterwards, and has one on SQLite.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any]], **marks: Any) -> None:
        if any(isinstance(mark, int) and abs(mark) > LARGEST_EVERYWHERE for mark in marks.values()):
            raise ValueError(f"a mark beyond {LARGEST_EVERYWHERE}")
        self.ask, self.marks = ask, marks
        self._kept: dict[str, Statement | None] = {}

    def rows(self, **values: Any) -> list[Row]:
        """All rows of the answer, in the congress in context: objects, tuples or dictionaries, as the question says.

        :raises ValueError: when more values are given for a list than it has marks.
        """
        statement = self._statement()
        if statement is None:
            return []
        make = statement.make
        return [make(found) for found in run(statement.sql, statement.params(values)).fetchall()]

    def first(self, **values: Any) -> Row | None:
        """The first row of the answer, or None."""
        statement = self._statement()
        found = None if statement is None else run(statement.sql, statement.params(values)).fetchone()
        return None if statement is None or found is None else statement.make(found)

    def _statement(self) -> Statement | None:
        """The statement for this kind of database; None when no row can ever answer, which the object mapper knows unasked."""
        vendor = database().vendor
        if vendor not in self._kept:
            with congress_scope(CONGRESS):
                try:
                    self._kept[vendor] = Statement(self.ask(**self.marks), self.marks)
                except EmptyResultSet:
                    self._kept[vendor] = None
        return self._kept[vendor]


class Text:
    """A statement's text for one kind of database, and where each value goes."""

    def __init__(self, sql: str, params: Sequence[Any], marks: Mapping[str, Any]) -> None:
        self.sql = sql
        self.for_database = for_database(database().vendor)
        self.lists = {name: len(mark) for name, mark in marks.items() if isinstance(mark, list)}
        names = {str(self.for_database(mark)): place for mark, place in _places({**marks, "congress": CONGRESS})}
        self.template = list(params)
        self.places = [
            (at, *names[key]) for at, value in enumerate(params) if (key := str(self.for_database(value))) in names
        ]
        self.of_congress = any(name == "congress" for _at, name, _number in self.places)

    def params(self, values: Mapping[str, Any]) -> list[Any]:
        """What is sent with the text for these values.

        :raises ValueError: when more values are given for a list than it has marks.
        """
        values = {**values, **{name: _filled(values[name], most) for name, most in self.lists.items()}}
        if self.of_congress:
            values["congress"] = current_congress_id()
        given, adapted = self.template.copy(), self.for_database
        for at, name, number in self.places:
            value = values[name]
            given[at] = adapted(value if number is None else value[number])
        return given


class Statement(Text):
    """A question as text, and how a row becomes what was asked for.

    :raises EmptyResultSet: when no row can ever answer.
    """

    def __init__(self, asked: QuerySet[Any], marks: Mapping[str, Any]) -> None:
        compiler = asked.query.get_compiler(connection=database())
        sql, params = compiler.as_sql()
        super().__init__(sql, params, marks)
        self.make = _maker(asked, compiler)


def _places(marks: Mapping[str, Any]) -> Iterator[tuple[Any, tuple[str, int | None]]]:
    for name, mark in marks.items():
        if isinstance(mark, list):
            yield from ((one, (name, number)) for number, one in enumerate(mark))
        else:
            yield mark, (name, None)


def _filled(values: Iterable[Any], most: int) -> list[Any]:
    """As many values as there are marks: the last one again, which changes nothing."""
    given = list(values)
    if not 0 < len(given) <= most:
        raise ValueError(f"{len(given)} values for {most} marks")
    return given + given[-1:] * (most - len(given))


def for_database(vendor: str) -> Convert:
    """Ids, days and moments as a kind of database's driver takes them: as they are, or as Django writes them in SQLite."""
    return _as_it_is if vendor == "postgresql" else _for_sqlite


def _as_it_is(value: Any) -> Any:
    return value


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value


def database() -> BaseDatabaseWrapper:
    """The connection itself. There is one database; Django's stand-in for it looks it up at every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def run(sql: str, params: Sequence[Any]) -> Any:
    """Execute a statement, with ``%s`` for each value, and answer with the driver's own cursor.

    Django's layers between are left out where nobody listens to them (the log of queries, wrappers around them), as they
    cost more than a small question itself. Its errors, and its refusal of a broken transaction, are the same.
    """
    here = database()
    if here.queries_logged or here.execute_wrappers:
        listened = here.cursor()
        listened.execute(sql, params)
        return listened
    here.ensure_connection()
    here.validate_no_broken_transaction()
    with here.wrap_database_errors:
        if here.vendor == "sqlite":
            return here.connection.execute(_with_question_marks(sql), params)
        return here.create_cursor().execute(sql, params)


@lru_cache(maxsize=2048)
def _with_question_marks(sql: str) -> str:
    """The statement as the driver of SQLite wants it; the same as Django makes of it each time."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")


# From rows of the database to what was asked for


def _maker(asked: QuerySet[Any], compiler: Any) -> Make:
    converted = _converted(compiler)
    kind = asked._iterable_class  # type: ignore[attr-defined]
    if issubclass(kind, ModelIterable):
        make = _object_maker(compiler.klass_info, compiler.select, compiler.annotation_col_map)
        return lambda found: make(converted(found))
    if issubclass(kind, ValuesListIterable):
        return lambda found: tuple(converted(found))
    if issubclass(kind, ValuesIterable):
        query = asked.query
        names = [*query.extra_select, *query.values_select, *query.annotation_select]
        return lambda found: dict(zip(names, converted(found), strict=True))
    raise TypeError(f"{kind.__name__} cannot be prepared")


def _converted(compiler: Any) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """The object mapper's conversions of a row, as one function."""
    steps = compiler.get_converters([column for column, _sql, _alias in compiler.select[: compiler.col_count]])
    converters = [(at, one_converter(functions, column)) for at, (functions, column) in steps.items()]
    if not converters:
        return lambda found: found

    def convert(found: Sequence[Any]) -> Sequence[Any]:
        values = list(found)
        for at, one in converters:
            values[at] = one(values[at])
        return values

    return convert


def one_converter(functions: Sequence[Callable[..., Any]], column: Any) -> Convert:
    """What the object mapper would do to a value it reads from a column, as one function of the value."""
    here = database()
    plainer = FROM_SQLITE.get(type(column.output_field)) if here.vendor == "sqlite" else None
    if plainer is not None and len(functions) == 1:
        return plainer
    if len(functions) == 1:
        (only,) = functions
        return lambda value: only(value, column, here)

    def convert(value: Any) -> Any:
        for function in functions:
            value = function(value, column, here)
        return value

    return convert


# What Django has written into SQLite. The driver knows days in columns, but not in expressions.
FROM_SQLITE: dict[type[Field[Any, Any]], Convert] = {
    DateField: lambda value: date.fromisoformat(value) if isinstance(value, str) else value,
    UUIDField: lambda value: None if value is None else UUID(int=int(value, 16)),
}


def _object_maker(info: dict[str, Any], select: Sequence[Any], annotations: dict[str, int]) -> Make:
    places = info["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    related = [_related_maker(one, select) for one in info.get("related_klass_infos", ())]
    model = info["model"]

    def make(values: Sequence[Any]) -> Any:
        row = loaded(model, names, values[first:last])
        for populate in related:
            populate(values, row)
        for name, at in annotations.items():
            setattr(row, name, values[at])
        return row

    return make


def _related_maker(info: dict[str, Any], select: Sequence[Any]) -> Callable[[Sequence[Any], Any], None]:
    make = _object_maker(info, select, {})
    key = info["model"]._meta.pk.attname
    at = next(place for place in info["select_fields"] if select[place][0].target.attname == key)
    set_here, set_there = info["local_setter"], info["remote_setter"]

    def populate(values: Sequence[Any], row: Any) -> None:
        other = None if values[at] is None else make(values)
        set_here(row, other)
        if other is not None:
            set_there(other, row)

    return populate


def loaded(model: type[Any], names: Sequence[str], values: Sequence[Any]) -> Any:
    """A row as it comes from the database. What a model's constructor checks is true of such a row, so it is not called."""
    row: Model = object.__new__(model)
    row.__dict__.update(zip(names, values, strict=True))
    state = row._state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return row
