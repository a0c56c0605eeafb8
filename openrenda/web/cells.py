"""Small pieces of a page as safe text, for table cells and wherever an include would be too slow.

Lists show hundreds of cells, so these are plain functions. Every value is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

CLOCK_WORDS = ("on_time", "soon", "late", "paused", "stopped")


def icon(name: str) -> SafeString:
    """A decorative icon from static/img/icons.svg. The word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', _sprite(), name
    )


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("img/icons.svg")


def link(text: Any, url: str) -> SafeString:
    """A title that opens its matter, cut to three lines on screen and whole in print."""
    return format_html('<a class="row-link clamp" href="{}">{}</a>', url, text)


def number(value: Any) -> SafeString:
    """An official number, kept on one line."""
    return format_html('<span class="cell-number">{}</span>', value)


def evidence(value: Any, url: str, label: str = "") -> SafeString:
    """A number that opens its list. Without a list there is no number: the answer is then empty."""
    if not url:
        return mark_safe("")
    hidden = format_html('<span class="visually-hidden">{}</span>', label) if label else ""
    return format_html('<a class="evidence number" href="{}">{}{}</a>', url, value, hidden)


def day(value: date | None) -> SafeString:
    """A legal day in words (2026年3月5日), or a dash when there is none."""
    if value is None:
        return mark_safe("—")
    return format_html('<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), date_format(value))


def clock(status: str, days_left: int | None = None) -> SafeString:
    """The short form of a clock: shape and word. `days_left` counts days, negative when late.

    Raises ValueError for a status that is none of on_time, soon, late, paused, stopped.
    """
    if status not in CLOCK_WORDS:
        raise ValueError(f"unknown clock status {status!r}")
    return format_html('<span class="clock clock-{}">{}{}</span>', status, icon(status), clock_words(status, days_left))


def clock_words(status: str, days_left: int | None) -> str:
    """What a clock says in words: 还有 12 天, 今天到期, 超期 3 天, 已暂停, 已办结."""
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
    """Several short values, one under the other."""
    return format_html_join("", "<div>{}</div>", ((value,) for value in values))


def table_rows(table: dict[str, Any]) -> SafeString:
    """The rows of `components/data_table.html`. A cell is plain text (escaped) or safe text from this module."""
    columns = [_column_attributes(column) for column in table["columns"]]
    rows = [_row(row, columns, table) for row in table["rows"]]
    return mark_safe("".join(rows))


def _column_attributes(column: dict[str, Any]) -> str:
    kinds = " ".join(kind for kind in ("numeric", "wide") if column.get(kind))
    attributes = f' data-label="{conditional_escape(column["label"])}"'
    if kinds:
        attributes += f' class="{kinds}"'
    return attributes + (" hidden" if column.get("hidden") else "")


def _row(row: dict[str, Any], columns: list[str], table: dict[str, Any]) -> str:
    parts = [f'<tr tabindex="-1" data-url="{conditional_escape(row.get("url", ""))}">']
    if table.get("form_id"):
        parts.append(_tick(row, table["form_id"]))
    parts += [
        f"<td{attributes}>{conditional_escape(cell)}</td>"
        for attributes, cell in zip(columns, row["cells"], strict=True)
    ]
    return "".join(parts) + "</tr>\n"


def _tick(row: dict[str, Any], form_id: str) -> SafeString:
    return format_html(
        '<td class="tick"><label><input type="checkbox" name="row" value="{}" form="{}"{}>'
        '<span class="visually-hidden">{}</span></label></td>',
        row["key"],
        form_id,
        mark_safe(" checked") if row.get("ticked") else "",
        gettext("选择：%(label)s") % {"label": row["label"]},
    )
