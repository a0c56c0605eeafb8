"""The lists behind the figures, and the statements that the figures' own room sends for them, for the bare handler to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from openrenda.docket.situation import book_of
from openrenda.figures import Figure, in_year
from openrenda.figures.language import PART
from openrenda.figures.reading import evidence
from openrenda.figures.registry import figures
from openrenda.tenancy import congress_scope, current_congress_id
from openrenda.web.figures.listing import PAGE_ROWS, fields

Statement = tuple[str, list[Any]]
SIDE = PART


def last_year() -> int:
    """The year that is measured: a whole one."""
    return timezone.localdate().year - 1


def address_of(one: Figure) -> str:
    """The page of the list behind a figure's number."""
    return f"/figures/{one.key}/{SIDE}/?year={last_year()}"


def addresses() -> list[str]:
    """The pages of all figures."""
    return [address_of(one) for one in figures()]


def statements(congress: Any) -> dict[str, list[Statement]]:
    """By address: the number and the first page of its list, as SQL with its values in the database's own style."""
    found = {}
    with congress_scope(congress):
        period = in_year(last_year(), timezone.localdate())
        # What a process reads once, the congress and its rules, is no part of a page.
        book_of(current_congress_id())
        for one in figures():
            with written_down() as sent:
                rows = evidence(one, period, SIDE)
                rows.count()
                list(fields(rows, one)[: PAGE_ROWS + 1])
            found[address_of(one)] = sent
    return found


@contextmanager
def written_down() -> Iterator[list[Statement]]:
    """The statements that are sent meanwhile."""
    sent: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        sent.append(_plain(sql, list(values or ()), context["cursor"]))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        yield sent


def _plain(sql: str, values: list[Any], cursor: Any) -> Statement:
    """SQLite's marks; on PostgreSQL the values written into the statement, as the product's client does it."""
    if connection.vendor == "sqlite":
        return sql % (("?",) * len(values)), [
            str(value) if not isinstance(value, int | float | None) else value for value in values
        ]
    from psycopg import ClientCursor

    return ClientCursor(connection.connection).mogrify(sql, values), []
