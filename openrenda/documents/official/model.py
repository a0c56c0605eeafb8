"""What an official document says, free of any file format (GB/T 9704-2012, sections 5 to 10).

`document` is the 文件 layout with head, red line and 版记; `letter` is the 信函 layout with two double red lines; `feature` is an article
in the same type: a title, who it is from, and the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

DIGITS = "零一二三四五六七八九"
LAYOUTS = ("document", "letter", "feature")
_NUMBER = re.compile(r"[^\s〔〕第]+〔[12]\d{3}〕[1-9]\d*号")


@dataclass(frozen=True)
class Text:
    """A paragraph. Level 0 is running text; levels 1 to 4 are headings and get 一、（一）1.（1） by themselves."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Table:
    """A table with a repeated head row. `widths` are shares of the line; text is wrapped, never cut."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""

    def shares(self) -> list[float]:
        """Width of each column as a share of 1."""
        widths = self.widths or (1.0,) * len(self.headers)
        return [width / sum(widths) for width in widths]


Block = Text | Table


@dataclass(frozen=True)
class Attachment:
    """An attachment bound with the document: listed as 附件说明 under the text, printed on pages of its own."""

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class OfficialDocument:
    """One document. Empty fields are left out of the page.

    Raises ValueError with a sentence for a number that is not 机关代字〔年份〕号 or an unknown layout.
    """

    title: str
    issuer: str
    number: str = ""
    addressees: str = ""
    blocks: tuple[Block, ...] = ()
    signed_by: str = ""
    dated: date | None = None
    sealed: bool = True
    layout: str = "document"
    class_mark: str = ""
    disclosure_mark: str = ""
    attachments: tuple[Attachment, ...] = ()
    contact_note: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS:
            raise ValueError(_("没有“%(layout)s”这种公文格式。") % {"layout": self.layout})
        if self.number and not _NUMBER.fullmatch(self.number):
            sentence = _("发文字号“%(number)s”不合格式，应写成：机关代字〔年份〕序号，例如 某人常〔2026〕12号。")
            raise ValueError(sentence % {"number": self.number})

    @property
    def marks(self) -> list[str]:
        """Lines at the top right of the first page."""
        named = (("类别标记", self.class_mark), ("公开属性", self.disclosure_mark))
        return [f"{name}：{mark}" for name, mark in named if mark]

    @property
    def attachment_lines(self) -> list[tuple[str, str]]:
        """(label, name) of the 附件说明; the label of a single attachment carries no number."""
        if len(self.attachments) == 1:
            return [("附件：", self.attachments[0].title)]
        numbered = enumerate(self.attachments, 1)
        return [(("附件：" if n == 1 else "　　　") + f"{n}.", attachment.title) for n, attachment in numbered]

    @property
    def ends_landscape(self) -> bool:
        return bool(self.attachments) and self.attachments[-1].landscape

    @property
    def copies_line(self) -> str:
        return f"抄送：{'，'.join(self.copies)}。" if self.copies else ""

    @property
    def printed_line(self) -> tuple[str, str] | None:
        """(organ, date) of the last line of the 版记; letters and articles carry none (GB/T 9704-2012, 10.1)."""
        if self.layout != "document" or not (self.printed_by and self.printed_on):
            return None
        return self.printed_by, f"{long_date(self.printed_on)}印发"

    def signature(self) -> list[tuple[str, float]]:
        """(text, blank characters at the right) of the signing organ and the date."""
        if self.dated is None:
            return [(self.signed_by, 2.0)] if self.signed_by else []
        day = long_date(self.dated)
        if not self.signed_by:
            return [(day, 4.0)]
        place = _under_seal if self.sealed else _without_seal
        return list(zip((self.signed_by, day), place(measure(self.signed_by), measure(day)), strict=True))


@dataclass(frozen=True)
class Part:
    """One piece of a volume: what its line in the contents shows, and its text."""

    number: str
    title: str
    blocks: tuple[Block, ...]
    byline: str = ""


@dataclass(frozen=True)
class Volume:
    """A compiled volume 汇编: cover, contents with page numbers, then each part on a page of its own."""

    title: str
    parts: tuple[Part, ...]
    compiled_by: str = ""
    dated: date | None = None
    subtitle: str = ""
    contents_heads: tuple[str, str, str] = field(default=("编号", "题目", "页码"))


def _under_seal(organ: float, day: float) -> tuple[float, float]:
    """The date has 4 blanks at its right and the organ stands centred over it; a long organ keeps to the edge."""
    organ_blanks = 4 + (day - organ) / 2
    return (organ_blanks, 4.0) if organ_blanks >= 0 else (0.0, (organ - day) / 2)


def _without_seal(organ: float, day: float) -> tuple[float, float]:
    """The date begins 2 characters to the right of where the organ begins; the longer line has 2 blanks."""
    day_blanks = organ - day
    return (2.0, day_blanks) if day_blanks >= 2 else (4 + day - organ, 2.0)


def measure(text: str) -> float:
    """Width in Chinese characters: half-width characters count half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def long_date(day: date) -> str:
    """Arabic numerals, full year, no leading zeros: 2026年3月5日 (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def long_days(first: date, last: date) -> str:
    """One day, or the first and the last of several: 2026年3月30日至4月1日, without saying again what both have."""
    if last == first:
        return long_date(first)
    year, month = "" if last.year == first.year else f"{last.year}年", f"{last.month}月"
    return f"{long_date(first)}至{year}{month if year or last.month != first.month else ''}{last.day}日"


def han(number: int) -> str:
    """Chinese numerals of 0 to 9999, as names of terms and sessions carry them: 12 is 十二, 105 is 一百零五."""
    if not 0 <= number <= 9999:
        raise ValueError(_("%(number)s 太大，不能写成中文数字。") % {"number": number})
    if number < 10:
        return DIGITS[number]
    written = "".join(
        DIGITS[int(digit)] + ("" if digit == "0" else unit)
        for digit, unit in zip(str(number), ["千", "百", "十", ""][-len(str(number)) :], strict=True)
    )
    written = re.sub("零+", "零", written).rstrip("零")
    return written.removeprefix("一") if 10 <= number < 20 else written


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the numbers of headings put in front of their words."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Text) and block.level:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield Text(_ordinal(block.level, counts[block.level - 1]) + block.text, block.level)
        else:
            yield block


def _ordinal(level: int, number: int) -> str:
    return (f"{han(number)}、", f"（{han(number)}）", f"{number}.", f"（{number}）")[level - 1]


def paragraphs(text: str) -> tuple[Text, ...]:
    """Running text with a paragraph a line; the headings of a text that numbers itself are recognised."""
    return tuple(Text(line.strip(" 　")) for line in text.splitlines() if line.strip(" 　"))


def title_lines(title: str, longest: int = 20) -> list[str]:
    """A title broken between words into as few lines of at most `longest` characters, of nearly equal length."""
    count = -(-int(measure(title) + 0.5) // longest)
    for lines in (_in_lines(title, count), _in_lines(title, count + 1)):
        if all(measure(line) <= longest for line in lines):
            return lines
    return [title[start : start + longest] for start in range(0, len(title), longest)]


def _in_lines(title: str, count: int) -> list[str]:
    lines, rest = [], title
    for left in range(count, 1, -1):
        cut = _cut(rest, round(len(rest) / left))
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [line for line in [*lines, rest] if line]


def _cut(text: str, size: int) -> int:
    """The end of a word nearest to `size`, not before a mark that closes and not after one that opens."""
    import rjieba  # its dictionary is only worth loading for titles that need breaking

    ends = list(itertools.accumulate(len(word) for word in rjieba.cut(text)))[:-1]
    fit = [end for end in ends if text[end] not in "》）”、，。：；的" and text[end - 1] not in "《（“〔第届次"]
    return min(fit or ends or [size], key=lambda end: (abs(end - size), -end))
