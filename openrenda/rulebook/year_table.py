"""The yearly table of working days as an office loads it: the State Council's arrangement as CSV text.

Columns 日期, 安排 (上班 or 休息), 名称. Only days that differ from an ordinary week are needed, and 1 January always, which
marks the year as complete.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from .models import CalendarDay
from .resolution import forget

COLUMNS = ("日期", "安排", "名称")
WORKING = {"上班": True, "班": True, "休息": False, "休": False, "放假": False}
WRITTEN_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be used: its line in the text, and why."""

    line: int
    message: str


def load_year(year: int, text: str) -> list[RowError]:
    """Replace a year of the editable calendar by the rows of ``text``; nothing is changed when any row is wrong.

    :returns: what is wrong, row by row; empty when the year was loaded.
    """
    days, errors = read_year(year, text)
    if errors:
        return errors
    with transaction.atomic():
        CalendarDay.objects.filter(day__year=year).delete()
        CalendarDay.objects.bulk_create(days)
    forget()
    transaction.on_commit(forget)
    return []


def read_year(year: int, text: str) -> tuple[list[CalendarDay], list[RowError]]:
    """The rows of a year and what is wrong with them; nothing is written."""
    lines = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    header = [cell.strip() for cell in lines[0]] if lines else []
    if header[: len(COLUMNS)] != list(COLUMNS):
        return [], [RowError(1, f"第一行应当是表头：{'、'.join(COLUMNS)}。原有日历没有改变。")]
    days: dict[date, CalendarDay] = {}
    errors = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _read_row(year, [cell.strip() for cell in cells])
        if isinstance(row, str):
            errors.append(RowError(number, row))
        elif row.day in days:
            errors.append(RowError(number, f"{row.day:%Y年%-m月%-d日}重复出现，请只保留一行。"))
        else:
            days[row.day] = row
    if not errors and date(year, 1, 1) not in days:
        errors.append(RowError(1, f"缺少{year}年1月1日。年度表应当完整，请补上元旦一行。"))
    return list(days.values()), errors


def _read_row(year: int, cells: list[str]) -> CalendarDay | str:
    written, arranged, name = [*cells, "", "", ""][:3]
    found = WRITTEN_DAY.fullmatch(unicodedata.normalize("NFKC", written))
    try:
        day = date(int(found[1] or year), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None:
        return f"“{written}”不是日期，请写成{year}-01-01或者1月1日。"
    if day.year != year:
        return f"“{written}”不是{year}年的日期。"
    if arranged not in WORKING:
        return f"“{arranged}”不认识，请写“上班”或者“休息”。"
    if len(name) > NAME_LENGTH:
        return f"名称超过{NAME_LENGTH}个字，请缩短。"
    return CalendarDay(day=day, working=WORKING[arranged], name=name)
