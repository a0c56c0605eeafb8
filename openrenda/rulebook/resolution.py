"""From a congress to its book, kept in the process so that asking again costs no query.

A congress's own values and the calendar are read again at most every ``RULEBOOK_RECHECK_SECONDS`` (default 10), and at once
after a change made in this process. So a change made in another process is seen within that time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .book import Book
from .calendar import Calendar
from .errors import RulebookError
from .library import library
from .rule import OWN, as_number
from .validation import option_value_problem, rule_value_problem


class CongressLike(Protocol):
    """What the rulebook needs to know of a congress."""

    @property
    def id(self) -> Any: ...
    @property
    def division_code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Something read from the database, and when (monotonic seconds)."""

    thing: Any
    read_at: float

    @property
    def fresh(self) -> bool:
        return monotonic() - self.read_at < float(getattr(settings, "RULEBOOK_RECHECK_SECONDS", 10))


_books: dict[Any, Kept] = {}
_calendars: dict[tuple[str, ...], Kept] = {}
_versions: dict[str, Book] = {}
_saved: set[str] = set()


def book_for(congress: CongressLike) -> Book:
    """The book that holds for a congress today: nation, place, own values. No query when asked again soon."""
    from . import storage

    kept = _books.get(congress.id)
    if kept is not None and kept.fresh and (kept.thing.version in _saved or storage.is_waiting(kept.thing.version)):
        return kept.thing  # type: ignore[no-any-return]
    read_at = monotonic()
    book = _resolve(library().code_for(congress.division_code), storage.own_values(congress.id))
    if book.version not in _saved:
        storage.save_version(book.version, book.content, _saved.add)
    _books[congress.id] = Kept(book, read_at)
    return book


def book_at(version: str) -> Book:
    """The book with that version, as it was.

    :raises RulebookError: when no such version was kept.
    """
    if version not in _versions:
        from . import storage

        content = storage.content_of(version)
        if content is None:
            raise RulebookError(f"没有留存规则簿版本“{version}”。请从备份中恢复该版本后再试。")
        _versions[version] = Book.from_content(content)
    return _versions[version]


def current_calendar(fixed_holidays: tuple[str, ...]) -> Calendar:
    """The calendar with the edited days as they stand."""
    kept = _calendars.get(fixed_holidays)
    if kept is None or not kept.fresh:
        from . import storage

        read_at = monotonic()
        kept = Kept(Calendar(storage.edited_days(), fixed_holidays), read_at)
        _calendars[fixed_holidays] = kept
    return kept.thing  # type: ignore[no-any-return]


def forget() -> None:
    """Read everything anew at the next question; versions already kept stay."""
    _books.clear()
    _calendars.clear()
    _saved.clear()


def value_on(congress: CongressLike, row_id: str, day: date) -> Any:
    """The value of a rule or option on a day: the congress's own as it had been set by then, else that of the packs.

    What is set for later days leaves earlier ones as they were.
    """
    from . import storage

    own = storage.own_value_on(congress.id, row_id, day)
    if own is not None and not library().statute(row_id):
        return own[0]
    book = library().book(library().code_for(congress.division_code))
    return book[row_id].value if row_id in book else book.option(row_id)


def own_values_of(congress: CongressLike, row_id: str) -> list[Any]:
    """Every value that a congress set for a row, with day, basis and who set it, the newest first."""
    from . import storage

    return list(storage.own_values_of(congress.id, row_id))


def set_local_value(
    congress: CongressLike, row_id: str, value: Any, *, basis: str, set_by: str, since: date | None = None
) -> None:
    """Set a congress's own value for a practice or local row or an option, from a day on (today when not given).

    :raises RulebookError: for a row of national law, an unknown row, or a value that does not fit.
    """
    from . import storage

    book = book_for(congress)
    if not basis.strip():
        raise RulebookError("请写明依据（本级的办法、决定或者主任会议纪要）。取值没有改变。")
    problem = _local_problem(book, row_id, value)
    if problem:
        raise RulebookError(f"{problem}取值没有改变。")
    storage.write_own_value(congress.id, row_id, since or timezone.localdate(), value=value, basis=basis, set_by=set_by)
    _books.pop(congress.id, None)
    transaction.on_commit(lambda: _books.pop(congress.id, None))


def _local_problem(book: Book, row_id: str, value: Any) -> str:
    row = book[row_id] if row_id in book else book.option_row(row_id)
    statute = library().statute(row_id)
    if statute:
        return f"“{row.title}”由{statute.citation}规定，本级不能改动。"
    data = {"value": value, "unit": getattr(row, "unit", ""), "limit": getattr(row, "limit", "")}
    if row_id in book:
        problem = rule_value_problem(data)
    else:
        option = book.option_row(row_id)
        problem = option_value_problem(data, {"value": option.value, "choices": option.choices})
    return f"“{row.title}”{problem}" if problem else ""


def _resolve(code: str, values: Mapping[str, tuple[Any, str]]) -> Book:
    return _resolved(code, json.dumps(values, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=512)
def _resolved(code: str, values: str) -> Book:
    book = library().book(code)
    own: dict[str, tuple[Any, str]] = json.loads(values)
    # A row that is national law, or has become so since, keeps the law's value.
    own = {row_id: kept for row_id, kept in own.items() if not library().statute(row_id)}
    if own:
        book = _with_own(book, own)
    return _versions.setdefault(book.version, book)


def _with_own(book: Book, own: Mapping[str, tuple[Any, str]]) -> Book:
    """The book with a congress's values laid over it."""
    rules = [
        replace(rule, value=as_number(own[rule.id][0]), law=own[rule.id][1], article="", also=(), pack=OWN)
        if rule.id in own
        else rule
        for rule in book.rules()
    ]
    options = [
        replace(option, value=own[option.id][0], law=own[option.id][1], article="", also=(), pack=OWN)
        if option.id in own
        else option
        for option in book.options()
    ]
    return Book(book.packs, rules, options)
