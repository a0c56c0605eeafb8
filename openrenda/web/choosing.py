"""What somebody chose in a filter bar, read from the address: what makes no sense is as if it were not there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openrenda.search.questions import LONGEST_QUESTION

YEARS = range(1954, 2200)


def words_of(text: str) -> str:
    """What is searched for, on one line."""
    return " ".join(text[:LONGEST_QUESTION].replace("\x00", " ").split())


def year_of(text: str) -> int | None:
    """A year in four digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS else None


def row_of(text: str) -> UUID | None:
    """The row of a register."""
    try:
        return UUID(text)
    except ValueError:
        return None


def whole_year(year: int) -> tuple[date, date]:
    """Its first and its last day."""
    return date(year, 1, 1), date(year, 12, 31)


def select(name: str, label: Any, options: Iterable[tuple[Any, Any]], chosen: str) -> dict[str, Any]:
    """A field of the filter bar, with "all" in front."""
    rows = [{"value": "", "label": _("全部"), "selected": not chosen}]
    rows += [{"value": str(key), "label": words, "selected": str(key) == chosen} for key, words in options]
    return {"name": name, "label": label, "kind": "select", "options": rows}
