"""Personal data hidden in texts that go to the public portal 隐去个人信息 (个人信息保护法, articles 25 and 28).

Found: mobile and landline numbers, identity numbers, bank cards, e-mail addresses, WeChat and QQ names, numbers of
certificates, licence plates, home addresses from the building or door number on.

Limits. This is a net, not a judge. Of names it hides those it is given; it does not know health, family matters, numbers written in
words, pictures or scanned pages, and it cannot tell the telephone of an office from that of a person, so it hides
both. A person looks at every text before it is published; `spans` shows her what was hidden and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from openrenda.documents.cells import WIDE

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"

LABELS = {
    "identity": "身份证号",
    "bank_card": "银行卡号",
    "certificate": "证件号码",
    "mobile": "手机号",
    "landline": "电话号码",
    "email": "电子邮箱",
    "messenger": "网络账号",
    "plate": "车牌号",
    "address": "门牌号",
    "name": "姓名",
}


@dataclass(frozen=True)
class Span:
    """A hidden piece: its place in the original text and its kind (a key of LABELS)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Redacted:
    """The text to show and what was taken out of the original."""

    text: str
    spans: tuple[Span, ...]


_D = r"(?<![0-9A-Za-z])"
_NUMBER = r"[0-9一二三四五六七八九十百]{1,5}"
_BUILDING = rf"(?:{_NUMBER}|[A-Za-z])(?:栋|幢|座|号[楼院]?)"
_UNIT = rf"{_NUMBER} ?单元"
_ROOM = r"(?:[0-9]{1,2}(?:楼|层))?[0-9]{1,5}(?:室|户|房|号房?(?![楼院]))"
_PLATE_HEADS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新"  # GA 36-2018, first character


def redact(text: str, names: Iterable[str] = ()) -> Redacted:
    """Replace personal data by 〔…已隐去〕. Words outside the spans stay as they are; doing it twice changes nothing.

    :param names: names of persons that are to be hidden too (see :mod:`openrenda.documents.residents`).
    """
    taken = list(_named(text, names))
    hidden = bytearray(len(text))
    for span in taken:
        hidden[span.start : span.end] = b"1" * (span.end - span.start)
    plain = text.translate(WIDE)  # full-width digits, one for one, so that places stay the same
    for kind, pattern, holds in _PATTERNS:
        for match in pattern.finditer(plain):
            group = match.lastindex or 0
            start, end = match.span(group)
            if holds(match[group]) and not any(hidden[start:end]):
                taken.append(Span(start, end, kind))
                hidden[start:end] = b"1" * (end - start)
    spans = tuple(sorted(taken, key=lambda span: span.start))
    return Redacted(_without(text, spans), spans)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with these names hidden, and nothing else."""
    return _without(text, tuple(_named(text, names)))


def _named(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Where the names stand, the longest first where one holds another."""
    wanted = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if wanted:
        for match in re.finditer("|".join(map(re.escape, wanted)), text):
            yield Span(match.start(), match.end(), "name")


def _without(text: str, spans: tuple[Span, ...]) -> str:
    pieces, place = [], 0
    for span in spans:
        pieces += [text[place : span.start], f"〔{LABELS[span.kind]}已隐去〕"]
        place = span.end
    return "".join([*pieces, text[place:]])


def _digits(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper()


def is_identity(text: str) -> bool:
    """18 characters with a right check character, or 18 or 15 with a real day of birth (a slip of the pen still names one)."""
    number = _digits(text)
    if len(number) == 18:
        return _check_character(number) == number[17] or _real_day(number[6:14])
    return len(number) == 15 and number.isdigit() and _real_day("19" + number[6:12])


def _check_character(number: str) -> str:
    return IDENTITY_CHECKS[sum(int(d) * w for d, w in zip(number[:17], IDENTITY_WEIGHTS, strict=True)) % 11]


def _real_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def is_bank_card(text: str) -> bool:
    """16 to 19 digits with a right Luhn check digit."""
    digits = [int(digit) for digit in reversed(_digits(text))]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return 16 <= len(digits) <= 19 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("email", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"), bool),
    ("identity", re.compile(_D + r"[1-9][0-9]{5}[ -]?(?:19|20)?[0-9]{6}[ -]?[0-9]{3}[0-9Xx]?(?![0-9A-Za-z])"), is_identity),
    ("bank_card", re.compile(_D + r"[3-9][0-9]{3}(?:[ -]?[0-9]{4}){2,3}[ -]?[0-9]{1,4}(?![0-9A-Za-z])"), is_bank_card),
    ("bank_card", re.compile(r"(?<=[卡账帐]号)(?:码|[是为:： ]){0,3}([0-9](?:[ -]?[0-9]){7,24})"), bool),
    ("certificate", re.compile(r"(?<=证号|件号|照号)(?:码|[是为:： ]){0,3}([A-Za-z0-9]{6,20})"), bool),
    ("mobile", re.compile(r"(?<![0-9])(?:(?:\+|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9]|\.[0-9]|[元万亿])"), bool),
    ("landline", re.compile(r"(?<![0-9])[(（]?0[0-9]{2,3}[)）]?[ -]?[2-9][0-9]{6,7}(?:[ 转-]{1,2}[0-9]{1,5})?(?![0-9])"), bool),
    ("landline", re.compile(r"(?:电话|座机|致电|联系方式)(?:号码|[是为:： ]){0,3}([2-9][0-9]{6,7})(?![0-9])"), bool),
    ("messenger", re.compile(r"(?:微信|QQ|qq|WeChat)(?:号码?|[是为:： ]){0,3}([A-Za-z0-9_-]{5,20})"), bool),
    ("plate", re.compile(rf"[{_PLATE_HEADS}][A-HJ-NP-Z][·. ]?(?=[A-Z]{{0,5}}[0-9])[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]"), bool),
    ("address", re.compile(rf"(?:{_BUILDING}[ -]?){{1,3}}(?:{_UNIT}[ -]?(?:{_ROOM}|[0-9]{{2,5}})?|{_ROOM})|{_UNIT}[ -]?{_ROOM}"), bool),
    ("address", re.compile(r"(?<=[\u4e00-\u9fff])[0-9]{1,3}-[0-9]{1,2}-[0-9]{1,4}(?:室|号)?(?![0-9-])"), bool),
    ("address", re.compile(rf"(?:家住|住址|住在|居住于|现住)[^，。；\n]{{0,30}}?({_NUMBER}号(?!线)[^，。；、\n]{{0,12}})"), bool),
)  # fmt: skip
