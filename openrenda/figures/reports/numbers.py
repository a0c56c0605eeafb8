"""Numbers in the author's own words: which of them claim something that no figure stands behind.

Years, days, articles, ordinals, names of things (31号区块, 12345热线) and marks of lists are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

COUNTED = "件个次人项条名场篇部份家户万亿元天期处座台届月位"
ARABIC = r"\d[\d,]*(?:\.\d+)?"
HAN_DIGITS = "零〇一二三四五六七八九十百千万两"
NUMBER = re.compile(
    rf"(?P<arabic>{ARABIC})(?P<tail>(?:余|多|%|％|[万亿])*)|(?P<han>[{HAN_DIGITS}]*[十百千万][{HAN_DIGITS}]*)(?=[余多]?[{COUNTED}])"
)
EXEMPT = re.compile(
    r"(?P<date>\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}\s*[—–-]\s*\d{4}\s*年|(?:\d{4}年)?\d{1,2}月(?:份|\d{1,2}日)?|\d{4}\s*年(?:度)?|\d{1,2}[日时]|[一二三四五六七八九十]+月)"
    rf"|(?P<article>第\s*[\d{HAN_DIGITS}]+(?:[条款项章节编届次期号位批]|个五年)?(?:会议)?|[\d{HAN_DIGITS}]+届)"
    r"|(?P<named>[〔\[（(]\d{4}[〕\])）]\s*\d*号?|\d+号|\d{3,}热线|[“\"《][^”\"》\n]{0,30}[”\"》]|[A-Za-z]+-?\d+|\d+[A-Za-z]+)"
    r"|(?P<mark>(?m:^\s*\d+[.、)）]\s))"
)
BEFORE, AFTER = 24, 16


class Loose(NamedTuple):
    """A number in the text with what stands around it."""

    text: str
    start: int
    before: str
    after: str


def loose(text: str) -> Iterator[Loose]:
    """The numbers of a text that are no figures."""
    exempt = [match.span() for match in EXEMPT.finditer(text)]
    for found in NUMBER.finditer(text):
        start, end = found.span()
        if not any((first <= start and end <= last) or (start < last and first < end) for first, last in exempt):
            yield Loose(found[0], start, text[max(0, start - BEFORE) : start], text[end : end + AFTER])


PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ]{1,6}(?=[件个次人项条名场篇部份家户万亿元%％余多年月日])"
    r"|(?<![A-Za-z0-9])[XＸ]{2,6}(?![A-Za-z0-9])"
    r"|(?<!\d)×(?=[件个次人项条名场篇部份家户万亿元%％余多])|×{2,}|[○〇□]{2,}"
    r"|待填|待补充?|待核实|此处填写|_{3,}|＿{2,}|（\s*）|\(\s*\)|【\s*】|\{\s*\}|[?？]{3,}"
)


def placeholders(text: str) -> Iterator[tuple[str, int]]:
    """What was left to be filled in: X, ××, 待填, empty brackets."""
    for found in PLACEHOLDER.finditer(text):
        yield found[0], found.start()
