"""What a cell of each kind of column may hold; every refusal is a sentence a clerk can act on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.documents.cells import Cell, cell_text, normalise, parse_date, parse_integer
from openrenda.languages import chinese
from openrenda.people.names import strokes
from openrenda.people.names.text import person_name

Reader = Callable[[Cell], Any]
YES_NO = {"yes": gettext_lazy("是"), "no": gettext_lazy("否")}
EARLIEST_BIRTH, LATEST_BIRTH = 1900, 2100

__all__ = [
    "Reader",
    "birth_year",
    "choice",
    "code",
    "date",
    "degrees",
    "email",
    "login",
    "month_day",
    "name",
    "names",
    "number",
    "phone",
    "stroke_digits",
    "text",
    "time_of_day",
    "yes_or_no",
]


def text(longest: int) -> Reader:
    """Words of at most so many characters, as they were written."""

    def read(value: Cell) -> str:
        words = cell_text(value)
        if len(words) > longest:
            raise ValueError(
                _("有 %(length)s 个字，最多 %(longest)s 个字，请缩短。") % {"length": len(words), "longest": longest}
            )
        return words

    return read


def code(longest: int) -> Reader:
    """A code: full-width letters and digits narrowed, blanks dropped."""
    limited = text(longest)
    return lambda value: limited(normalise(cell_text(value)).replace(" ", ""))


def login(value: Cell) -> str:
    """A login name: as a code, in small letters."""
    return str(code(100)(value)).lower()


def name(value: Cell) -> str:
    """A person's name: padding dropped, middle dots alike."""
    words = person_name(cell_text(value))
    if len(words) > 50:
        raise ValueError(_("姓名有 %(length)s 个字，最多 50 个字，请核对。") % {"length": len(words)})
    return words


def number(value: Cell) -> int:
    """A whole number from 0 to 32,767."""
    found = parse_integer(value)
    if not 0 <= found <= 32767:
        raise ValueError(_("“%(value)s”超出范围，请填 0 至 32767 之间的整数。") % {"value": found})
    return found


def birth_year(value: Cell) -> int:
    """A year of birth, also out of a date such as 1975-03 or 1975年3月."""
    written = normalise(cell_text(value))
    match = re.match(r"(\d{4})(?!\d{1,3}$)", written)
    year = int(match.group(1)) if match else 0
    if not EARLIEST_BIRTH <= year <= LATEST_BIRTH:
        raise ValueError(_("“%(value)s”不是出生年份，请填四位年份，例如 1975。") % {"value": written})
    return year


date = parse_date


def choice(labels: Mapping[str, Any]) -> Reader:
    """One of the labels (or its key), compared without blanks and full-width forms."""

    def read(value: Cell) -> str:
        written = _narrow(cell_text(value))
        found = _key_of(written, labels)
        if found is None:
            # Files are filled in in Chinese, whatever the page is read in.
            with chinese():
                found = _key_of(written, labels)
        if found is not None:
            return found
        allowed = _("、").join(str(label) for label in labels.values() if label)
        raise ValueError(_("“%(value)s”不在可选范围内，请填：%(allowed)s。") % {"value": written, "allowed": allowed})

    return read


def _key_of(written: str, labels: Mapping[str, Any]) -> str | None:
    return next((key for key, label in labels.items() if written in (key, _narrow(str(label)))), None)


def _narrow(words: str) -> str:
    return normalise(words).replace(" ", "")


def phone(value: Cell) -> str:
    """A telephone number: digits, with a leading + and dashes at will."""
    written = re.sub(r"[\s()（）]", "", normalise(cell_text(value)))
    if not re.fullmatch(r"\+?\d[\d-]{5,19}", written):
        raise ValueError(_("“%(value)s”不像电话号码，请只填数字。") % {"value": written})
    return written


def email(value: Cell) -> str:
    """An e-mail address."""
    written = normalise(cell_text(value)).replace(" ", "")
    try:
        validate_email(written)
    except ValidationError:
        raise ValueError(_("“%(value)s”不是电子邮箱地址，请核对。") % {"value": written}) from None
    return written


def stroke_digits(value: Cell) -> str:
    """Strokes of a name's first character as digits 1 to 5."""
    digits = normalise(cell_text(value)).replace(" ", "")
    strokes.override_key(digits, "一")
    return digits


def time_of_day(value: Cell) -> datetime.time:
    """A time such as 9:00, 09:00:00, 14：30 or 14时30分."""
    written = normalise(cell_text(value)).replace(" ", "")
    match = re.fullmatch(r"(\d{1,2})[:时点](\d{2})?(?::\d{2})?分?", written)
    hour, minute = (int(match.group(1)), int(match.group(2) or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError(_("“%(value)s”不是时间，请写成 9:00 或者 14:30。") % {"value": written})
    return datetime.time(hour, minute)


def degrees(most: int) -> Reader:
    """A longitude or latitude in degrees, to six decimals."""

    def read(value: Cell) -> Decimal:
        written = normalise(cell_text(value)).rstrip("°")
        try:
            found = Decimal(written).quantize(Decimal("0.000001"))
        except InvalidOperation:
            raise ValueError(
                _("“%(value)s”不是经纬度，请填十进制度数，例如 114.316200。") % {"value": written}
            ) from None
        if not -most <= found <= most:
            raise ValueError(_("“%(value)s”超出经纬度的范围，请核对。") % {"value": written})
        return found

    return read


def yes_or_no(value: Cell) -> bool:
    """是 or 否."""
    return bool(choice(YES_NO)(value) == "yes")


def names(value: Cell) -> list[tuple[str, int | None]]:
    """Names with commas between them, each with the year of birth in brackets where two bear the name: 张三、李明（1975）."""
    found = []
    for written in re.split(r"[、,，;；\n]", cell_text(value)):
        match = re.fullmatch(r"(.+?)(?:[(（](\d{4})[)）])?", written.strip())
        if match:
            found.append((name(match.group(1)), int(match.group(2)) if match.group(2) else None))
    return found


def month_day(value: Cell) -> int:
    """A day of the month."""
    found = parse_integer(value)
    if not 1 <= found <= 31:
        raise ValueError(_("“%(value)s”超出范围，请填 1 至 31 之间的整数。") % {"value": found})
    return found
