"""The rulebook's reading and writing of its tables. Imported only when asked, since the tables need the apps to be ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from openrenda.tenancy import congress_scope

from .models import CalendarDay, LocalValue, RulebookVersion


class SavedWithTransaction:
    """Notes a version as saved when the transaction that wrote it commits."""

    def __init__(self, version: str, saved: Callable[[str], None]) -> None:
        self.version = version
        self._saved = saved

    def __call__(self) -> None:
        self._saved(self.version)


def own_values(congress_id: Any) -> dict[str, tuple[Any, str]]:
    """What a congress has set for itself and holds today: row id to value and basis."""
    with congress_scope(congress_id):
        rows = LocalValue.objects.filter(congress_id=congress_id, since__lte=timezone.localdate())
        return {row.rule: (row.value, row.basis) for row in rows.order_by("since")}


def own_value_on(congress_id: Any, row_id: str, day: date) -> tuple[Any] | None:
    """What a congress had set for a row as of a day, in a tuple; None when it had set nothing."""
    with congress_scope(congress_id):
        rows = LocalValue.objects.filter(congress_id=congress_id, rule=row_id, since__lte=day).order_by("-since")
        return rows.values_list("value").first()


def own_values_of(congress_id: Any, row_id: str) -> list[LocalValue]:
    """All that a congress ever set for a row, the newest first."""
    with congress_scope(congress_id):
        return list(LocalValue.objects.filter(congress_id=congress_id, rule=row_id).order_by("-since"))


def write_own_value(congress_id: Any, row_id: str, since: date, **values: str | int | bool | list[Any]) -> None:
    """Write a congress's own value from a day on; the same day's earlier value is replaced."""
    with congress_scope(congress_id):
        LocalValue.objects.update_or_create(
            congress_id=congress_id, rule=row_id, since=since, defaults={**values, "set_at": timezone.now()}
        )


def edited_days() -> dict[date, tuple[bool, str]]:
    """The days of the editable calendar: worked or not, and the name."""
    return {day: (working, name) for day, working, name in CalendarDay.objects.values_list("day", "working", "name")}


def content_of(version: str) -> str | None:
    """The kept content of a version."""
    return RulebookVersion.objects.filter(version=version).values_list("content", flat=True).first()


def save_version(version: str, content: str, saved: Callable[[str], None]) -> None:
    """Keep a version once; ``saved`` is told when it is committed, since a roll-back takes the row away again."""
    if not RulebookVersion.objects.filter(version=version).exists():
        RulebookVersion.objects.bulk_create([RulebookVersion(version=version, content=content)], ignore_conflicts=True)
    transaction.on_commit(SavedWithTransaction(version, saved))


def is_waiting(version: str) -> bool:
    """Whether the version was written in the transaction that is still open on this connection."""
    waiting = (item[1] for item in connection.run_on_commit)
    return any(isinstance(item, SavedWithTransaction) and item.version == version for item in waiting)
