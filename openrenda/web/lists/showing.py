"""A page of a list as its template, its export and its print show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openrenda.docket.language import Procedure, Step
from openrenda.docket.offices import sits
from openrenda.docket.reading import switched_on
from openrenda.procedures.listing import Column

from .. import cells
from ..access import DEPUTY_SEATS
from ..addresses import matter_url
from ..labels import label_of
from ..lateness import clock_status
from ..preferences import hidden_columns
from .query import ORDERS, PAGE_CHOICES, VIEWS, Listing, Page
from .registers import Registers

BATCH_FORM = "batch"
YEARS_BACK = 8
SHORT_CHARACTERS = 6
# A state or choice is a word of the interface: it is not broken inside a word.
WORD_CHARACTERS = 20


class Words:
    """Turns stored values into words, once a list."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.today = timezone.localdate()
        self.states = {state.key: str(label_of(state)) for state in listing.table.states}
        self.choices = {
            column.key: {value: str(label) for value, label in column.choices(listing.book)}
            for column in listing.shown.columns
            if column.choices
        }

    def plain(self, column: Column, row: dict[str, Any]) -> Any:
        """The value as an export has it: text, number or day."""
        value = row[column.path]
        if column.kind == "state":
            return self.states.get(value, value)
        if column.kind == "choice":
            return self.choices[column.key].get(value, value)
        if column.kind == "due":
            return None if row["closed_on"] else value
        return value

    def cell(self, column: Column) -> Callable[[dict[str, Any]], SafeString | str]:
        """How a page shows the values of a column. A word that stands in many rows is made into a cell once."""
        path = column.path
        if column.kind == "title":
            return lambda row: cells.link(row[path], row["url"])
        if column.kind == "number":
            return lambda row: cells.number(row[path] or "—")
        if column.kind == "day":
            return lambda row: cells.day(row[path])
        if column.kind == "due":
            return self._clock
        words = self.states if column.kind == "state" else self.choices.get(column.key, {})
        ready = {value: _short(word, WORD_CHARACTERS) for value, word in words.items()}
        most = WORD_CHARACTERS if words else SHORT_CHARACTERS
        return lambda row: ready[row[path]] if row[path] in ready else _short(row[path], most)

    def _clock(self, row: dict[str, Any]) -> SafeString | str:
        due: date | None = row["due_on"]
        if row["closed_on"]:
            return cells.clock("stopped")
        return cells.clock(clock_status(due, self.today), (due - self.today).days) if due else "—"


def _short(value: Any, most: int = SHORT_CHARACTERS) -> SafeString | str:
    """A short value stays on one line."""
    text = "" if value is None else str(value)
    return cells.one_line(text) if len(text) <= most else text


def shown_columns(request: HttpRequest, listing: Listing) -> list[Column]:
    """The columns this reader sees: her own choice where she made one, else those that are not off by default."""
    hidden = _hidden(request, listing)
    return [column for column in listing.shown.columns if column.key not in hidden]


def _hidden(request: HttpRequest, listing: Listing) -> frozenset[str]:
    if f"columns_{listing.table.key}" in request.COOKIES:
        fixed = {column.key for column in listing.shown.columns if column.fixed}
        return hidden_columns(request, listing.table.key) - fixed
    return frozenset(column.key for column in listing.shown.columns if column.hidden)


def table_context(request: HttpRequest, listing: Listing, page: Page, *, ticks: bool) -> dict[str, Any]:
    """The table as `components/data_table.html` wants it."""
    words, hidden = Words(listing), _hidden(request, listing)
    columns = [_head(column, listing, hidden) for column in listing.shown.columns]
    shown = [words.cell(column) for column in listing.shown.columns]
    rows = []
    for found in page.rows:
        row = {**found, "url": matter_url(found["id"])}
        rows.append(
            {"key": str(row["id"]), "url": row["url"], "label": row["title"], "cells": [cell(row) for cell in shown]}
        )
    return {
        "key": listing.table.key,
        "caption": label_of(listing.table),
        "caption_hidden": True,
        "columns": columns,
        "rows": rows,
        "form_id": BATCH_FORM if ticks else "",
        "export_url": f"{reverse('web:export', args=[listing.table.key])}?{listing.address()}",
        "count_words": _("本页 %(count)s 件，%(order)s") % {"count": len(rows), "order": listing.order.label},
        "empty": _empty(listing),
    }


def _head(column: Column, listing: Listing, hidden: frozenset[str]) -> dict[str, Any]:
    orders = [order for order in ORDERS if order.column == column.key]
    head = {
        "key": column.key, "label": column.label, "hidden": column.key in hidden, "fixed": column.fixed,
        "wide": column.kind == "title", "numeric": column.kind == "count",
    }  # fmt: skip
    if orders:
        at = orders.index(listing.order) if listing.order in orders else -1
        following = orders[(at + 1) % len(orders)]
        head["sort_url"] = f"?{listing.address(sort=following.key)}"
        if at >= 0:
            head["sorted"] = "descending" if listing.order.descending else "ascending"
    return head


def _empty(listing: Listing) -> dict[str, Any]:
    if listing.chosen or listing.words or listing.view:
        clear = {"label": _("清除条件"), "url": "?"}
        return {"title": _("没有符合条件的事项"), "text": _("可以去掉一两个条件再看。"), "action": clear}
    return {"title": _("这里还没有事项"), "text": _("有了以后会列在这里。")}


def filters_context(listing: Listing, registers: Registers) -> dict[str, Any]:
    """The filter bar as `components/filter_bar.html` wants it."""
    key = listing.table.key
    address = listing.address()
    fields = _fields(listing, registers)
    return {
        "action": reverse("web:list", args=[key]),
        "search": {"name": "q", "value": listing.words, "label": _("编号、标题、内容")},
        "fields": fields,
        "hidden": [{"name": "view", "value": listing.view}] if listing.view else [],
        "chosen": [
            {
                "label": _chip(fields, item.name, item.value),
                "url": f"?{listing.address(**{item.name: None})}",
            }
            for item in listing.chosen
        ],
        "clear_url": "?" + (f"view={listing.view}" if listing.view else ""),
        "saved": [
            {
                "label": name,
                "url": f"?{kept}",
                "current": kept == address,
                "drop_url": reverse("web:drop-filter", args=[key, row]),
            }
            for row, name, kept in registers.saved
        ],
        "save_url": reverse("web:save-filter", args=[key]) if address else "",
        "address": address,
    }


def _fields(listing: Listing, registers: Registers) -> list[dict[str, Any]]:
    table = listing.table
    year = timezone.localdate().year
    fields = [_select(listing, "state", _("状态"), [(state.key, label_of(state)) for state in table.states])]
    if len(table.stages) > 1:
        fields.append(_select(listing, "stage", _("阶段"), _stages(table)))
    if listing.actor.seat in DEPUTY_SEATS:
        return fields[:1]
    fields.append(_select(listing, "year", _("年度"), [(str(y), str(y)) for y in range(year, year - YEARS_BACK, -1)]))
    fields += [_select(listing, item.key, item.label, _options(listing, item, registers)) for item in listing.filters()]
    fields.append(
        _select(listing, "sort", _("排序"), [(order.key, order.label) for order in ORDERS], listing.order.key)
    )
    sizes = [(str(size), ngettext("%(count)s 件", "%(count)s 件", size) % {"count": size}) for size in PAGE_CHOICES]
    fields.append(_select(listing, "rows", _("每页"), sizes, str(listing.page_rows)))
    return fields


def _stages(table: Procedure) -> list[tuple[str, Any]]:
    """The stages that a matter stands in; one that only what hangs on it goes through is none of these."""
    own = {state.stage for state in table.states}
    return [(key, _(label)) for key, label in table.stages if key in own]


def _options(listing: Listing, item: Any, registers: Registers) -> list[tuple[str, Any]]:
    if item.kind == "register":
        return list(registers.choices.get(item.register, []))
    if item.kind in ("flag", "some"):
        return [("yes", _("是")), ("no", _("否"))]
    if item.kind == "mine":
        return [("yes", _("只看本街道"))]
    return list(item.choices(listing.book)) if item.choices else []


def _select(listing: Listing, name: str, label: Any, options: list[Any], value: str | None = None) -> dict[str, Any]:
    present = listing.value(name) if value is None else value
    first = [{"value": "", "label": _("全部"), "selected": not present}] if value is None else []
    same = present.replace("-", "")
    rows = [{"value": key, "label": text, "selected": str(key).replace("-", "") == same} for key, text in options]
    return {"name": name, "label": label, "kind": "select", "options": first + rows}


def _chip(fields: list[dict[str, Any]], name: str, value: str) -> str:
    """A filter in use, in words."""
    for row in fields:
        if row["name"] == name:
            words = next((str(option["label"]) for option in row["options"] if option["selected"]), value)
            return f"{row['label']}：{words}"
    return value


def in_words(listing: Listing, registers: Registers) -> str:
    """All conditions of the list in one line, for the head of an export or a printed list."""
    parts = [str(dict(VIEWS)[listing.view])] if listing.view else []
    fields = _fields(listing, registers)
    parts += [_chip(fields, item.name, item.value) for item in listing.chosen]
    if listing.words:
        parts.append(_("搜索“%(words)s”") % {"words": listing.words})
    return "；".join(parts) or _("全部")


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """The sister lists."""
    return [
        {"label": label, "url": f"?{listing.address(view=key)}", "current": listing.view == key, "count": None}
        for key, label in VIEWS
        if key != "invited" or _is_invited(listing)
    ]


def _is_invited(listing: Listing) -> bool:
    """Whether the procedure ever invites somebody in this seat."""
    steps = [step for step in listing.table.steps if step.invites]
    return any(sits(office, listing.actor) for step in steps for office in step.offices)


def batch_steps(listing: Listing) -> list[Step]:
    """The steps that may be taken on many matters at once by this seat."""
    return [
        step
        for step in listing.table.steps
        if step.batch and switched_on(step, listing.book) and any(sits(o, listing.actor) for o in step.offices)
    ]


def batch_context(listing: Listing) -> dict[str, Any] | None:
    """The batch bar as `components/batch_bar.html` wants it."""
    steps = batch_steps(listing)
    if not steps:
        return None
    key = listing.table.key
    actions = [
        {"label": label_of(step), "value": step.key, "main": False, "url": reverse("web:batch", args=[key, step.key])}
        for step in steps
    ]
    back = [{"name": "back", "value": listing.address()}]
    return {"form_id": BATCH_FORM, "url": actions[0]["url"], "actions": actions, "hidden": back}


def printed_cell(words: Words, column: Column, row: dict[str, Any]) -> SafeString | str:
    """A value on paper: days and short words on one line, titles without their links."""
    value = words.plain(column, row)
    if value is None:
        return ""
    if isinstance(value, date):
        return cells.day(value)
    return cells.number(value) if column.kind == "number" else _short(value)
