"""Articles in English: 《代表法》第五十一条第二款 is Deputies Law, art. 51(2)."""

from __future__ import annotations

import re

from django.utils.translation import gettext

DIGITS = "〇一二三四五六七八九"
TENS = {"十": 10, "百": 100, "千": 1000}
HAN = "[零〇一二三四五六七八九十百千]+"
ARTICLE = re.compile(rf"第({HAN})条(?:第({HAN})款)?(?:第({HAN})项)?")
PARAGRAPH = re.compile(rf"、第({HAN})款")
LAW = re.compile("《([^》]+)》")
MARKS = str.maketrans({"（": " (", "）": ")"})


def in_english(citation: str) -> str:
    """The citation with the law's English name, where it has one, and the numbers of article, paragraph and item."""
    text = LAW.sub(lambda found: gettext(found[1]), citation)
    return PARAGRAPH.sub(lambda found: f", ({number(found[1])})", ARTICLE.sub(_article, text)).translate(MARKS).strip()


def _article(found: re.Match[str]) -> str:
    article, paragraph, item = found.groups()
    inside = f"({number(paragraph)})" if paragraph else ""
    return f", art. {number(article)}{inside}" + (f", item {number(item)}" if item else "")


def number(words: str) -> int:
    """A number up to 9,999 as statutes write it: 一千二百五十九 is 1259."""
    total = digit = 0
    for character in words.replace("零", "〇"):
        if character in TENS:
            total += (digit or 1) * TENS[character]
            digit = 0
        else:
            digit = DIGITS.index(character)
    return total + digit
