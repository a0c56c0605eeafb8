"""The list behind a number: pages by key, and only the number of a matter that the reader may not look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.actor import Actor
from openrenda.docket.asking import seen_among
from openrenda.docket.situation import book_of
from openrenda.documents.workbooks import Column, Sheet, write_workbook
from openrenda.figures import Figure, Period, marks
from openrenda.figures.reading import evidence
from openrenda.kept import Answers, Kept
from openrenda.tenancy import current_congress_id

from .. import cells

PAGE_ROWS = 50
MOST_EXPORTED = 20_000
CHUNK_ROWS = 500
OUT_OF_SIGHT = declared("（不在您可以查看的范围内）")

Rows = QuerySet[Any]


@dataclass
class Page:
    """One page of rows, and the keys of the pages around it."""

    rows: list[dict[str, Any]]
    before: UUID | None = None
    after: UUID | None = None


KEPT = Kept(marks.TELLING)


class Listed:
    """The rows behind a number."""

    def __init__(self, one: Figure, rows: Callable[[], Rows]) -> None:
        self.one, self.rows = one, rows

    def count(self) -> int:
        """How many they are."""
        return self.rows().count()

    def page(self, before: UUID | None, after: UUID | None) -> Page:
        """One page of them."""
        return page_of(self.rows(), self.one, before, after)


class Undivided(Listed):
    """The rows of a side, with the statements that count them and list the first page kept."""

    def __init__(self, one: Figure, side: str, period: Period, organs: Collection[UUID]) -> None:
        super().__init__(one, lambda: evidence(one, period, side, organs))
        self.side, self.period, self.organs = side, period, organs

    def count(self) -> int:
        """How many they are."""
        return self._answers.count(0)

    def page(self, before: UUID | None, after: UUID | None) -> Page:
        """One page of them."""
        if before is not None or after is not None:
            return super().page(before, after)
        return _first(self._answers.rows(1))

    @cached_property
    def _answers(self) -> Answers:
        one, organs, period = self.one, frozenset(self.organs), self.period
        key = (one.key, one.definition, self.side, organs, marks.kind(period), book_of(current_congress_id()).version)
        stand_in = marks.marked(period)

        def ask(marked: bool) -> tuple[Rows, Rows]:
            rows = evidence(one, stand_in if marked else period, self.side, organs)
            return rows.order_by().values("pk"), fields(rows, one)[: PAGE_ROWS + 1]

        return KEPT.about(key, ask, marks.days(stand_in), marks.days(period))


def whole(one: Figure, side: str, period: Period, organs: Collection[UUID] = ()) -> Listed:
    """The undivided list of a side."""
    return Undivided(one, side, period, organs)


def _first(found: list[dict[str, Any]], after: UUID | None = None) -> Page:
    more, found = len(found) > PAGE_ROWS, found[:PAGE_ROWS]
    return Page(found, found[0]["id"] if found and after else None, found[-1]["id"] if more else None)


def page_of(rows: Rows, one: Figure, before: UUID | None, after: UUID | None) -> Page:
    """One page, found by key: one query, whatever the number of rows before it."""
    if before is not None:
        found = list(fields(rows.filter(pk__lt=before).order_by("-id"), one)[: PAGE_ROWS + 1])
        more, found = len(found) > PAGE_ROWS, found[:PAGE_ROWS][::-1]
        return Page(found, found[0]["id"] if found and more else None, found[-1]["id"] if found else None)
    rows = rows.filter(pk__gt=after) if after is not None else rows
    return _first(list(fields(rows.order_by("id"), one)[: PAGE_ROWS + 1]), after)


def fields(rows: Rows, one: Figure) -> Rows:
    """The columns of the list."""
    return rows.values(
        "id", "matter_id", "matter__number", "matter__title", *(column.path for column in one.population.columns)
    )


def key_in(text: str) -> UUID | None:
    """A page's key from an address; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def open_to(actor: Actor, rows: Iterable[dict[str, Any]]) -> frozenset[UUID]:
    """The matters among them that this person may look at."""
    return seen_among(actor, (row["matter_id"] for row in rows))


def table(one: Figure, rows: list[dict[str, Any]], actor: Actor, export_url: str) -> dict[str, Any]:
    """The rows as `components/data_table.html` wants them."""
    columns = [{"key": "number", "label": _("编号")}, {"key": "title", "label": _("标题"), "wide": True}]
    columns += [{"key": f"c{place}", "label": shown.words} for place, shown in enumerate(one.population.columns)]
    seen = open_to(actor, rows)
    return {
        "key": "evidence", "caption": one.words, "caption_hidden": True, "columns": columns, "export_url": export_url,
        "rows": [_row(one, row, row["matter_id"] in seen) for row in rows],
        "empty": {"title": _("没有一件"), "text": _("这个数字是零，所以清单是空的。")},
    }  # fmt: skip


def _row(one: Figure, row: dict[str, Any], seen: bool) -> dict[str, Any]:
    number = cells.number(row["matter__number"] or "—")
    if not seen:
        hidden = [number, _(OUT_OF_SIGHT), *("" for _column in one.population.columns)]
        return {"key": str(row["id"]), "label": row["matter__number"], "cells": hidden}
    url = reverse("web:matter", args=[row["matter_id"]])
    listed = [
        number,
        cells.link(row["matter__title"], url),
        *(_cell(row[column.path]) for column in one.population.columns),
    ]
    return {"key": str(row["id"]), "url": url, "label": row["matter__title"], "cells": listed}


def _cell(value: Any) -> Any:
    if isinstance(value, date):
        return cells.day(value)
    return "" if value is None else value


def workbook(one: Figure, rows: Rows, actor: Actor, notes: list[str]) -> bytes:
    """The whole list as a workbook, under the same rule of sight."""
    columns = [Column(_("编号")), Column(_("标题")), *(Column(shown.words) for shown in one.population.columns)]
    limit = _("最多导出 %(limit)s 行。") % {"limit": MOST_EXPORTED}
    sheet = Sheet(one.words, columns, _exported(one, rows, actor), title=one.words, notes=[*notes, limit])
    return write_workbook([sheet])


def _exported(one: Figure, rows: Rows, actor: Actor) -> Iterator[list[Any]]:
    found = islice(fields(rows.order_by("id"), one)[:MOST_EXPORTED].iterator(chunk_size=CHUNK_ROWS), MOST_EXPORTED)
    paths = [shown.path for shown in one.population.columns]
    while chunk := list(islice(found, CHUNK_ROWS)):
        seen = open_to(actor, chunk)
        for row in chunk:
            sight = row["matter_id"] in seen
            rest = [row[path] if sight else None for path in paths]
            yield [row["matter__number"] or None, row["matter__title"] if sight else _(OUT_OF_SIGHT), *rest]
