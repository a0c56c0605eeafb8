"""Readings as rows of a table: the value, its part, its whole and what is left out, each number opening its list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openrenda.figures import EXCLUDED, PART, WHOLE, Figure, Reading, Slice, Split, split
from openrenda.figures.reading import SMALLEST_COMPARED

from .. import cells
from .asking import Asked

Link = Callable[[str], str]


def name_of(one: Figure) -> str:
    """The figure's label in the reader's language."""
    return one.label_en if (get_language() or "").startswith("en") and one.label_en else one.label


def linker(one: Figure, asked: Asked, **more: str) -> Link:
    """The address of the list behind each side of a figure."""
    return lambda side: f"{reverse('figures:evidence', args=[one.key, side])}?{asked.address(**more)}"


def side_label(one: Figure, side: str) -> str:
    """What a side of the figure is called."""
    return {PART: one.part_label or one.label, WHOLE: one.whole_label, EXCLUDED: one.excluded_label}[side]


def number(reading: Reading, side: str, link: Link, *, named: bool = True) -> SafeString | str:
    """One number with its list and what it counts; nothing where the figure has no such side."""
    one, count = reading.figure, reading.count(side)
    if count is None:
        return ""
    label = side_label(one, side)
    shown = cells.evidence(count, link(side), f" {name_of(one)} {label}")
    return (
        format_html("{} {}", shown, one.unit.label)
        if not named
        else format_html("{} {} {}", shown, one.unit.label, label)
    )


def value(reading: Reading, link: Link) -> SafeString | str:
    """The value: a count opens its list; a rate has its numbers beside it."""
    if not reading.figure.is_rate:
        return number(reading, PART, link, named=False)
    return format_html("<strong class='number'>{}</strong>", reading.value)


def overview(group: str, readings: list[Reading], asked: Asked) -> dict[str, Any]:
    """The figures of one group as `cells.table_rows` wants them."""
    columns = [
        {"label": _("统计项"), "wide": True}, {"label": _("结果")}, {"label": _("分子")}, {"label": _("分母")},
        {"label": _("不计入")}, {"label": _("口径")},
    ]  # fmt: skip
    rows = []
    for reading in readings:
        one, link = reading.figure, linker(reading.figure, asked)
        url = f"{reverse('figures:figure', args=[one.key])}?{asked.address()}"
        sides = [number(reading, side, link) if one.is_rate else "" for side in (PART, WHOLE, EXCLUDED)]
        listed = [cells.link(name_of(one), url), value(reading, link), *sides, one.formula]
        rows.append({"key": one.key, "url": url, "label": name_of(one), "cells": listed})
    return {"key": "figures", "label": group, "columns": columns, "rows": rows}


def division(one: Figure, way: Split, asked: Asked, organs: Any) -> dict[str, Any]:
    """A divided figure as `components/data_table.html` wants it."""
    slices = split(one, asked.period, way.key, organs)
    heads = [way.label, _("结果"), *([_("分子"), _("分母"), _("不计入")] if one.is_rate else []), _("说明")]
    columns = [{"key": f"c{place}", "label": label, "wide": place == 0} for place, label in enumerate(heads)]
    rows = [{"key": row.key, "label": row.label, "cells": _slice(one, way, row, asked)} for row in slices]
    return {"key": f"by-{way.key}", "label": way.label, "columns": columns, "rows": rows, "note": way.note}


def _slice(one: Figure, way: Split, row: Slice, asked: Asked) -> list[Any]:
    link = linker(one, asked, by=way.key, group=row.key)
    sides = [number(row.reading, side, link) for side in (PART, WHOLE, EXCLUDED)] if one.is_rate else []
    return [row.label, value(row.reading, link), *sides, remark(row.reading, way)]


def remark(reading: Reading, way: Split) -> str:
    """Why a row must not be compared with the others, if it must not."""
    words = []
    if way.trend and reading.period.as_of < reading.period.since:
        return _("尚未开始")
    if way.trend and reading.period.unfinished:
        words.append(_("截至%(day)s，未满期，不作比较") % {"day": date_format(reading.period.as_of)})
    if reading.too_few:
        words.append(_("样本过少（不足%(count)s），不作比较") % {"count": SMALLEST_COMPARED})
    return "；".join(words)


def facts(one: Figure, reading: Reading, citation: str, asked: Asked) -> list[tuple[str, Any]]:
    """Everything a reader has to know about a number."""
    link = linker(one, asked)
    rows: list[tuple[str, Any]] = [(_("统计期"), asked.words), (_("口径"), one.formula)]
    if one.is_rate:
        rows += [(_("分子"), number(reading, PART, link)), (_("分母"), number(reading, WHOLE, link))]
        if one.excluded is not None:
            rows.append((_("不计入"), number(reading, EXCLUDED, link)))
        rows.append((_("百分比取舍"), reading.rounding))
    rows += [(_("单位"), one.unit.label), (_("依据"), citation or one.basis)]
    rows.append((_("口径版本"), _("第%(number)s版") % {"number": one.definition}))
    return rows
