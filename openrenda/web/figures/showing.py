"""Readings as rows of a table: the value, its part, its whole and what is left out, each number opening its list."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import dropwhile
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from openrenda.figures import EXCLUDED, PART, WHOLE, Figure, Reading, Slice, Split, split
from openrenda.figures.groups import NONE_KEY
from openrenda.figures.rates import interval
from openrenda.figures.reading import SMALLEST_COMPARED

from .. import cells
from ..charts import Point, line
from .asking import Asked

Link = Callable[[str], str]
LEAST_POINTS = 2
SHORT = re.compile(r"（| \(")


def linker(one: Figure, asked: Asked, **more: str) -> Link:
    """The address of the list behind each side of a figure."""
    return lambda side: f"{reverse('figures:evidence', args=[one.key, side])}?{asked.address(**more)}"


def side_label(one: Figure, side: str) -> str:
    """What a side of the figure is called."""
    return one.side_words(side) or (one.words if side == PART else "")


def number(reading: Reading, side: str, link: Link) -> SafeString | str:
    """One number that opens its list, with its unit; nothing where the figure has no such side."""
    one, count = reading.figure, reading.count(side)
    if count is None:
        return ""
    shown = cells.evidence(count, link(side), f" {one.words} {side_label(one, side)}")
    return format_html('<span class="nowrap">{} {}</span>', shown, one.unit.words)


def named(reading: Reading, side: str, link: Link) -> SafeString | str:
    """The same with what it counts."""
    shown = number(reading, side, link)
    return format_html("{} {}", shown, side_label(reading.figure, side)) if shown else ""


def value(reading: Reading, link: Link) -> SafeString | str:
    """The value: a count opens its list; a mean has its number of rows and a rate its numbers beside it."""
    if reading.figure.measure:
        return format_html('<strong class="number nowrap">{}</strong> {}', reading.value, number(reading, PART, link))
    if not reading.figure.is_rate:
        return number(reading, PART, link)
    return format_html('<strong class="number nowrap">{}</strong>', reading.value)


def short(reading: Reading, link: Link) -> SafeString | str:
    """The value with every number it is made of, for a table in which each figure has one column."""
    if not reading.figure.is_rate or not reading.whole:
        return value(reading, link) if reading.part or not reading.figure.measure else "—"
    sides = [
        cells.evidence(reading.count(side), link(side), side_label(reading.figure, side)) for side in (PART, WHOLE)
    ]
    return format_html(
        '<strong class="number nowrap">{}</strong> <span class="nowrap">{} / {}</span>', reading.value, *sides
    )


def overview(group: str, readings: list[Reading], asked: Asked) -> dict[str, Any]:
    """The figures of one group as `cells.table_rows` wants them."""
    rates = any(reading.figure.is_rate for reading in readings)
    labels = [_("统计项"), _("结果"), *([_("分子"), _("分母"), _("不计入")] if rates else [])]
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(labels)]
    rows = []
    for reading in readings:
        one, link = reading.figure, linker(reading.figure, asked)
        url = f"{reverse('figures:figure', args=[one.key])}?{asked.address()}"
        name = format_html('{}<span class="small soft">{}</span>', cells.link(one.words, url), one.formula_words)
        sides = [named(reading, side, link) if one.is_rate else "" for side in (PART, WHOLE, EXCLUDED) if rates]
        rows.append({"key": one.key, "url": url, "label": one.words, "cells": [name, value(reading, link), *sides]})
    return {"label": _(group), "columns": columns, "rows": rows}


def division(one: Figure, way: Split, asked: Asked, organs: Any) -> dict[str, Any]:
    """A divided figure as `cells.table_rows` wants it; over the years with a line."""
    slices = split(one, asked.period, way.key, organs)
    chart = trend(slices) if way.trend else ""
    if way.trend:
        slices = list(dropwhile(_empty, slices))
    shown = [row for row in slices if row.key != NONE_KEY or not _empty(row)]
    heads = [way.words, _("结果"), *(_head(one, side) for side in (PART, WHOLE, EXCLUDED) if one.is_rate), _("说明")]
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(heads)]
    rows = [{"key": row.key, "label": row.label, "cells": _slice(one, way, row, asked)} for row in shown]
    return {
        "label": way.words,
        "columns": columns,
        "rows": rows,
        "note": _(way.note) if way.note else "",
        "chart": chart,
    }


def _empty(row: Slice) -> bool:
    return not any(row.reading.count(side) for side in (PART, WHOLE, EXCLUDED))


def _head(one: Figure, side: str) -> str:
    names = {PART: _("分子"), WHOLE: _("分母"), EXCLUDED: _("不计入")}
    label = SHORT.split(side_label(one, side))[0]
    return _("%(side)s：%(label)s") % {"side": names[side], "label": label} if label else names[side]


def _slice(one: Figure, way: Split, row: Slice, asked: Asked) -> list[Any]:
    link = linker(one, asked, by=way.key, group=row.key)
    sides = [number(row.reading, side, link) for side in (PART, WHOLE, EXCLUDED)] if one.is_rate else []
    return [row.label, value(row.reading, link), *sides, cells.one_line(remark(row.reading, way))]


def remark(reading: Reading, way: Split) -> str:
    """Why a row must not be compared with the others, if it must not."""
    reasons = []
    if way.trend and reading.period.as_of < reading.period.since:
        return _("尚未开始")
    if way.trend and reading.period.unfinished:
        reasons.append(_("截至%(day)s，未满期") % {"day": date_format(reading.period.as_of)})
    if reading.too_few and reading.whole:
        reasons.append(_("样本过少（不足%(count)s）") % {"count": SMALLEST_COMPARED})
    return _("%(reasons)s，不作比较") % {"reasons": _("；").join(reasons)} if reasons else ""


def facts(one: Figure, reading: Reading, citation: str, asked: Asked) -> list[tuple[str, Any]]:
    """Everything a reader has to know about a number."""
    link = linker(one, asked)
    rows: list[tuple[str, Any]] = [(_("口径"), one.formula_words)]
    if one.is_rate:
        rows += [(_("分子"), named(reading, PART, link)), (_("分母"), named(reading, WHOLE, link))]
        if one.excluded is not None:
            rows.append((_("不计入"), named(reading, EXCLUDED, link)))
        rows.append((_("百分比取舍"), _(reading.rounding)))
        if interval(reading):
            rows.append((_("置信区间（95%）"), interval(reading)))
        if reading.too_few:
            rows.append((_("比较"), _("分母不足%(count)s，不作比较") % {"count": SMALLEST_COMPARED}))
    elif one.measure:
        rows.append((_("平均数取舍"), _(reading.rounding)))
    rows += [(_("单位"), one.unit.words), (_("依据"), citation or one.basis)]
    rows.append((_("口径版本"), _("第%(number)s版") % {"number": one.definition}))
    return rows


def beside(readings: list[Reading], asked: Asked) -> dict[str, Any]:
    """The figures that stand beside a rate: how much there was to do, what is late, how many answered."""
    return {**overview("", readings, asked), "label": _("一起看")}


def trend(slices: list[Slice]) -> SafeString | str:
    """A line over the years; a single point is no trend."""
    shown = list(dropwhile(_empty, slices))
    if len(shown) < LEAST_POINTS:
        return ""
    return line([_point(row) for row in shown])


def _point(row: Slice) -> Point:
    reading = row.reading
    height = (
        float(reading.part) if reading.whole is None else 100 * reading.part / reading.whole if reading.whole else 0.0
    )
    return Point(row.label, height, reading.value, reading.period.unfinished)
