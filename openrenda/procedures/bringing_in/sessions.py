"""How congresses write the session of a suggestion, and which session of the register, or series of numbers, that is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from openrenda.documents.cells import normalise

_DIGITS = "零一二三四五六七八九"
_NUMBER = r"([〇零一二三四五六七八九十百\d]+)"
_WRITTEN = re.compile(rf"第?{_NUMBER}届(?:人大|人民代表大会)?(?:第?{_NUMBER}次(?:会议)?)?(.*)")
BETWEEN = "闭会"
LONGEST_SERIES = 120


@dataclass(frozen=True)
class Written:
    """A session as a record names it: what could be told from the words, and the words."""

    words: str = ""
    term: int | None = None
    number: int | None = None

    @property
    def between(self) -> bool:
        """Raised when the congress was not sitting."""
        return BETWEEN in self.words

    @property
    def in_session(self) -> bool:
        """Raised at a session. Where the record says nothing, nothing is claimed."""
        return bool(self.words) and not self.between


def written(words: str) -> Written:
    """Read 第九届第三次会议, 十一届一次会议, 第十七届 or 十五届第六次会议闭会期间; other words are kept as words."""
    found = _WRITTEN.fullmatch(re.sub(r"\s", "", normalise(words)))
    if found is None or (found[3] and BETWEEN not in found[3]):
        return Written(words)
    return Written(words, _number(found[1]), _number(found[2]) if found[2] else None)


def series(congress: str, session: Written, year: int | None) -> str:
    """The series within which a number stands alone: the session, or the year where no session is told."""
    if session.term and session.number:
        name = f"{session.term}-{session.number}{BETWEEN if session.between else ''}"
    else:
        name = "·".join(part for part in (session.words, str(year or "")) if part)
    key = f"imported:{congress}:{name}" if congress else f"imported:{name}"
    return key if len(key) <= LONGEST_SERIES else f"imported:{hashlib.sha256(key.encode()).hexdigest()}"


def _number(words: str) -> int:
    """A number up to 999 in Chinese or Arabic digits."""
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for character in words.replace("〇", "零"):
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character) if character in _DIGITS else int(character)
    return total + digit
