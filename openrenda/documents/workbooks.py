"""Workbooks 工作簿 that go out: exports and import templates as .xlsx, the same bytes for the same content."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openrenda.documents.cells import Cell

CELL_LIMIT_CHARACTERS = 32_767
CUT_NOTE = gettext_lazy("……（超过单元格上限，后文见系统）")
WIDTH_SAMPLE_ROWS = 200
WIDEST_CHARACTERS = 60
TEMPLATE_ROWS = 2_000
FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 – a constant in file properties keeps the bytes equal


@dataclass(frozen=True)
class Column:
    """One column: its name, and for templates what to write there. `kind` is text, integer, number or date."""

    name: str
    kind: str = "text"
    note: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    width: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet: columns (names will do), rows in the same order, an optional title line above the header."""

    name: str
    columns: Sequence[Column | str]
    rows: Iterable[Sequence[Cell]] = ()
    title: str = ""
    notes: Sequence[str] = field(default=())


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx with styled, frozen and filterable headers. Text is always text: "=1+1" is shown, never counted."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    workbook.set_properties({"created": FIXED_DATE, "author": "", "comments": ""})
    styles = _styles(workbook)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(workbook.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles)
    workbook.close()
    return target.getvalue()


def write_template(
    name: str, columns: Sequence[Column], examples: Sequence[Sequence[Cell]], notes: Sequence[str]
) -> bytes:
    """An import template: notes above the header, lists to choose from, examples on a second sheet.

    Examples stand on their own sheet so that a clerk who forgets to delete them does not import them.
    """
    explained = [
        *notes,
        *(_("%(name)s：%(note)s") % {"name": column.name, "note": column.note} for column in columns if column.note),
    ]
    blank = Sheet(name, columns, notes=explained)
    return write_workbook(
        [blank, Sheet(_("填写示例"), columns, examples, notes=[_("本页只是示例，导入时不读取本页。")])]
    )


def _styles(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    edge = {"border": 1, "border_color": "#BFBFBF"}
    return {
        "title": workbook.add_format({**base, "bold": True, "font_size": 14}),
        "note": workbook.add_format({**base, "font_color": "#595959", "text_wrap": True, "valign": "top"}),
        "header": workbook.add_format({**base, **edge, "bold": True, "bg_color": "#E8EEF7", "text_wrap": True}),
        "required": workbook.add_format({**base, **edge, "bold": True, "bg_color": "#FCE4D6", "text_wrap": True}),
        "text": workbook.add_format({**base, **edge, "num_format": "@", "text_wrap": True}),
        "quoted": workbook.add_format({**base, **edge, "num_format": "@", "text_wrap": True, "quote_prefix": True}),
        "number": workbook.add_format({**base, **edge, "num_format": "General"}),
        "date": workbook.add_format({**base, **edge, "num_format": "yyyy-mm-dd"}),
    }


def _sheet_name(name: str, taken: set[str]) -> str:
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:31] or "表"
    candidates = itertools.chain([clean], (f"{clean[:27]}（{number}）" for number in itertools.count(2)))
    found = next(candidate for candidate in candidates if candidate.lower() not in taken)
    taken.add(found.lower())
    return found


def _write_sheet(page: Worksheet, sheet: Sheet, styles: dict[str, Format]) -> None:
    columns = [column if isinstance(column, Column) else Column(column) for column in sheet.columns]
    rows = iter(sheet.rows)
    sample = list(itertools.islice(rows, WIDTH_SAMPLE_ROWS))
    _set_widths(page, columns, sample, styles)
    line = _write_head(page, sheet, columns, styles)
    page.freeze_panes(line, 0)
    last = line - 1
    for last, row in enumerate(itertools.chain(sample, rows), line):
        for place, value in enumerate(row):
            _write_cell(page, (last, place), value, styles)
    if columns and last >= line:
        page.autofilter(line - 1, 0, last, len(columns) - 1)
    _set_validation(page, columns, line)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(line - 1)


def _write_head(page: Worksheet, sheet: Sheet, columns: Sequence[Column], styles: dict[str, Format]) -> int:
    """Title, notes and header; the number of lines written."""
    line = 0
    if sheet.title:
        page.write_string(line, 0, sheet.title, styles["title"])
        line += 1
    if sheet.notes:
        page.set_row(line, 15.5 * len(sheet.notes) + 4)
        text = "\n".join(sheet.notes)
        page.merge_range(line, 0, line, max(len(columns) - 1, 5), text, styles["note"])
        line += 1
    for place, column in enumerate(columns):
        page.write_string(line, place, column.name, styles["required" if column.required else "header"])
    return line + 1


def _write_cell(page: Worksheet, at: tuple[int, int], value: Any, styles: dict[str, Format]) -> None:
    if value is None or value == "":
        page.write_blank(*at, None, styles["text"])
    elif isinstance(value, bool):
        page.write_string(*at, _("是") if value else _("否"), styles["text"])
    elif isinstance(value, int | float) and abs(value) < 10**15:
        page.write_number(*at, value, styles["number"])
    elif isinstance(value, date):
        page.write_datetime(*at, datetime(value.year, value.month, value.day), styles["date"])  # noqa: DTZ001 – a day
    else:
        text = str(value)
        if len(text) > CELL_LIMIT_CHARACTERS:
            note = str(CUT_NOTE)
            text = text[: CELL_LIMIT_CHARACTERS - len(note)] + note
        page.write_string(*at, text, styles["quoted" if text[0] in "=+-@\t\r" else "text"])


def _set_widths(
    page: Worksheet, columns: Sequence[Column], rows: list[Sequence[Cell]], styles: dict[str, Format]
) -> None:
    for place, column in enumerate(columns):
        texts = [column.name, *(str(row[place]) for row in rows if place < len(row) and row[place] is not None)]
        width = column.width or min(WIDEST_CHARACTERS, max(8, *(_columns_of(text) for text in texts)) + 3)
        style = styles["date"] if column.kind == "date" else styles["text"] if column.kind == "text" else None
        page.set_column(place, place, width, style)


def _columns_of(text: str) -> int:
    """Width of the longest line in half-width characters."""
    return max((sum(1 if character.isascii() else 2 for character in line) for line in text.split("\n")), default=0)


def _set_validation(page: Worksheet, columns: Sequence[Column], line: int) -> None:
    for place, column in enumerate(columns):
        area = (line, place, line + TEMPLATE_ROWS, place)
        if column.choices and sum(len(choice) + 1 for choice in column.choices) <= 255:
            message = _("请从下拉列表中选择：%(choices)s") % {"choices": _("、").join(column.choices)}
            page.data_validation(
                *area, {"validate": "list", "source": list(column.choices), "error_title": column.name[:32],
                        "error_message": message[:255]}
            )  # fmt: skip
