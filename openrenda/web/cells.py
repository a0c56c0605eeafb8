"""Small pieces of a page as safe text, for table cells and wherever an include would be too slow.

Lists show hundreds of cells, so these are plain functions. Every value is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from openrenda.languages import language

CLOCK_WORDS = ("on_time", "soon", "late", "paused", "stopped")


# Kept, because a list draws the same few icons hundreds of times; far more names than there are icons.
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """A decorative icon from static/img/icons.svg. The word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


def escaped(value: Any) -> str:
    """Text as it may stand in a page. Most cells are words and numbers without any sign to be escaped."""
    text = value if isinstance(value, str) else str(value)
    if hasattr(value, "__html__") or text.isalnum():
        return text
    return escape(text)


def link(text: Any, url: str) -> SafeString:
    """A title that opens its matter, cut to three lines on screen and whole in print."""
    return SafeString(f'<a class="row-link clamp" href="{escaped(url)}">{escaped(text)}</a>')


def number(value: Any) -> SafeString:
    """An official number, kept on one line."""
    return SafeString(f'<span class="cell-number">{escaped(value)}</span>')


def one_line(value: Any) -> SafeString:
    """A few words that are not to be broken."""
    return SafeString(f'<span class="nowrap">{escaped(value)}</span>')


def evidence(value: Any, url: str, label: str = "") -> SafeString:
    """A number that opens its list. Without a list there is no number: the answer is then empty."""
    if not url:
        return SafeString("")
    hidden = f'<span class="visually-hidden">{escaped(label)}</span>' if label else ""
    return SafeString(f'<a class="evidence number" href="{escaped(url)}">{escaped(value)}{hidden}</a>')


def day(value: date | None) -> SafeString:
    """A legal day in words (2026年3月5日), or a dash when there is none."""
    return SafeString("—") if value is None else _day(value, language())


@lru_cache(maxsize=4096)
def _day(value: date, _language: str) -> SafeString:
    return SafeString(f'<time class="nowrap" datetime="{value.isoformat()}">{date_format(value)}</time>')


def day_words(value: date) -> str:
    """A legal day in the reader's words. A page says a few days again and again."""
    return _day_words(value, language())


@lru_cache(maxsize=4096)
def _day_words(value: date, _language: str) -> str:
    return date_format(value)


def clock(status: str, days_left: int | None = None) -> SafeString:
    """The short form of a clock: shape and word. `days_left` counts days, negative when late.

    Raises ValueError for a status that is none of on_time, soon, late, paused, stopped.
    """
    if status not in CLOCK_WORDS:
        raise ValueError(f"unknown clock status {status!r}")
    return _clock(status, days_left, language())


@lru_cache(maxsize=4096)
def _clock(status: str, days_left: int | None, _language: str) -> SafeString:
    words = escaped(clock_words(status, days_left))
    return SafeString(f'<span class="clock clock-{status}">{icon(status)}{words}</span>')


def clock_words(status: str, days_left: int | None) -> str:
    """What a clock says in words: 还有 12 天, 今天到期, 超期 3 天, 已暂停, 已办结."""
    return _clock_words(status, days_left, language())


@lru_cache(maxsize=4096)
def _clock_words(status: str, days_left: int | None, _language: str) -> str:
    if status == "paused":
        return gettext("已暂停")
    if status == "stopped":
        return gettext("已办结")
    if days_left is None:
        return gettext("没有期限")
    if days_left < 0:
        return ngettext("超期 %(days)d 天", "超期 %(days)d 天", -days_left) % {"days": -days_left}
    if days_left == 0:
        return gettext("今天到期")
    return ngettext("还有 %(days)d 天", "还有 %(days)d 天", days_left) % {"days": days_left}


def lines(values: Iterable[Any]) -> SafeString:
    """Several short values, one under the other; nothing for those that say nothing."""
    return SafeString("".join(f"<div>{escaped(value)}</div>" for value in values if value))


def options(offered: Iterable[dict[str, Any]]) -> SafeString:
    """The options of a choice, of which a filter bar shows hundreds. Each {value, label, selected}."""
    return SafeString(
        "".join(
            f'<option value="{escaped(one["value"])}"{" selected" if one.get("selected") else ""}>{escaped(one["label"])}</option>'
            for one in offered
        )
    )


def table_rows(table: dict[str, Any]) -> SafeString:
    """The rows of `components/data_table.html`. A cell is plain text (escaped) or safe text from this module."""
    columns = [_column_attributes(column) for column in table["columns"]]
    form_id = escaped(table.get("form_id", ""))
    words = escaped(gettext("选择："))
    rows = []
    for row in table["rows"]:
        tick = _tick(row, form_id, words) if form_id else ""
        cells = [
            f"<td{attributes}>{escaped(cell)}</td>" for attributes, cell in zip(columns, row["cells"], strict=True)
        ]
        rows.append(f'<tr tabindex="-1" data-url="{escaped(row.get("url", ""))}">{tick}{"".join(cells)}</tr>\n')
    return SafeString("".join(rows))


def _column_attributes(column: dict[str, Any]) -> str:
    kinds = " ".join(kind for kind in ("numeric", "wide") if column.get(kind))
    attributes = f' data-label="{escaped(column["label"])}"'
    if kinds:
        attributes += f' class="{kinds}"'
    return attributes + (" hidden" if column.get("hidden") else "")


def _tick(row: dict[str, Any], form_id: str, words: str) -> str:
    checked = " checked" if row.get("ticked") else ""
    return (
        f'<td class="tick"><label><input type="checkbox" name="row" value="{escaped(row["key"])}" form="{form_id}"{checked}>'
        f'<span class="visually-hidden">{words}{escaped(row["label"])}</span></label></td>'
    )
