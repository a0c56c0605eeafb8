"""What clerks type into cells, and what it means: text, whole numbers and dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

Cell = str | int | float | date | None

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
SERIAL_ORIGIN = date(1899, 12, 30)
SERIALS = range(10_000, 110_000)  # days: 1927 to 2201; smaller numbers are years or counts, not dates

WIDE = {code: code - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(*span)}
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_CONTROLS = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_UNSEEN = [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
_UNWANTED: dict[int, str | None] = {**dict.fromkeys([*_CONTROLS, *_UNSEEN]), **_SPACES}
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DATE = re.compile(r"(\d{4})(?:年|[-./．、·]) ?(\d{1,2})(?:月|[-./．、·]) ?(\d{1,2})(?:日|号)?(?:[ T].*)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


def tidy(text: str) -> str:
    """The same words without what the eye cannot see: odd spaces, invisible and control characters, blank edges.

    Lines stay lines; full-width digits and letters stay as written, because a published text must not be bent.
    """
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNWANTED)
    lines = [re.sub(" {2,}", " ", line).strip() for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def normalise(text: str) -> str:
    """`tidy`, and full-width digits and letters made half-width: for codes, names of columns and other keys."""
    return tidy(text).translate(WIDE)


def cell_text(value: Cell) -> str:
    """A cell as text for a person: 31.0 is "31", a date is "2026-03-05", nothing is ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else tidy(str(value))


def name_of(value: Cell) -> str:
    """A Chinese name without the spaces that pad it to three characters ("张　三"); "Ai Li" keeps its space."""
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", normalise(cell_text(value)))


def parse_integer(value: Cell) -> int:
    """A whole number from 31, 31.0, "31", "31.0", "３１", "1,200". Raises ValueError with a sentence."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = normalise(cell_text(value)).replace(",", "").replace("，", "")
    if re.fullmatch(r"[-+]?[0-9]{1,15}(\.0+)?", text):
        return int(text.split(".")[0])
    if not text:
        raise ValueError(_("这里没有填数字。"))
    raise ValueError(_("“%(value)s”不是整数，请只填数字，例如 31。") % {"value": cell_text(value)})


def parse_date(value: Cell) -> date:
    """A date as clerks write it: "2026年3月5日", "2026.3.5", "2026/3/5", "20260305", "二〇二六年三月五日".

    Serials are the day numbers that Excel keeps (46086 is 2026-03-05). Full-width digits are read too; a time after
    the date is dropped. Raises ValueError with a sentence.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = normalise(cell_text(value))
    if not text:
        raise ValueError(_("这里没有填日期。"))
    if re.fullmatch(r"[0-9]{5}(\.[0-9]*)?", text) and int(float(text)) in SERIALS:
        return SERIAL_ORIGIN + timedelta(days=int(float(text)))
    parts = _date_parts(text)
    if parts is None:
        raise ValueError(
            _("“%(value)s”不是能识别的日期，请写成 2026-03-05 或 2026年3月5日。") % {"value": cell_text(value)}
        )
    return _real_date(parts, cell_text(value))


def _date_parts(text: str) -> tuple[int, int, int] | None:
    compact = text.replace(" ", "")
    if han := _HAN_DATE.fullmatch(compact):
        year, month, day = han.groups()
        return int(year.translate(_HAN_DIGITS)), _han_number(month), _han_number(day)
    if match := _DATE.fullmatch(text) or _DATE.fullmatch(compact) or _COMPACT_DATE.fullmatch(compact):
        year, month, day = match.groups()
        return int(year), int(month), int(day)
    return None


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_HAN_DIGITS))
    return 10 * int(tens.translate(_HAN_DIGITS) or 1) + int(ones.translate(_HAN_DIGITS) or 0)


def _real_date(parts: tuple[int, int, int], written: str) -> date:
    if not EARLIEST_YEAR <= parts[0] <= LATEST_YEAR:
        words = {"value": written, "first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise ValueError(_("“%(value)s”的年份不在 %(first)d 至 %(last)d 年之间，请核对。") % words)
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(_("“%(value)s”这一天不存在，请核对月份和日期。") % {"value": written}) from None


def cell_from(value: object) -> Cell:
    """A cell from whatever a reader gives: whole floats become integers, codes lose full-width digits, "" is None."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "seconds")
    if value is None or isinstance(value, int | date):
        return value
    text = tidy(str(value))
    code = text.translate(WIDE)
    return (code if code.isascii() else text) or None
