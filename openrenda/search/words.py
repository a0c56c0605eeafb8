"""Chinese text into words. What is stored and what is asked go through the same function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba

VOCABULARY = Path(__file__).parent / "data" / "vocabulary.txt"
LONGEST_WORD = 40

# Full-width forms and quotation marks of every kind; one character stays one character, so that places in the text keep.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„‟「」『』〝〞«»"), '"')
_FOLDS = _WIDTHS | _QUOTATION_MARKS
# No database takes a zero character or half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"\d+\.\d+|[^\W_]+")
# What follows a name of two characters or more: the last two are enough to know it by (``人民｜南路``, ``南路``).
_PLACE = re.compile(
    "(?=([^\\W\\da-z_]{2})(大道|大桥|新村|街道|社区|小区|花园|广场|公园|市场|[路街巷弄桥村镇乡苑湾里]))"
)


def narrowed(text: str) -> str:
    """The text with full-width letters, digits and marks made narrow. As long as before."""
    return _UNSTORABLE.sub(" ", text).translate(_WIDTHS)


def folded(text: str) -> str:
    """The text as it is compared: narrow, small letters, one kind of quotation mark. As long as before."""
    plain = _UNSTORABLE.sub(" ", text).translate(_FOLDS)
    small = plain.lower()
    if len(small) == len(plain):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)


def wide_blanks_narrowed(text: str) -> str:
    """The text as ideographs are looked for in it. As long as before."""
    return text.replace("\u3000", " ")


def is_ideograph(letter: str) -> bool:
    """Whether folding leaves the letter as it is, and makes none such of any other."""
    return "\u4e00" <= letter <= "\u9fff"


def segment(text: str) -> list[str]:
    """Every word of a text, once: as it reads, and every word of the dictionary that stands in it anywhere.

    The second is for recall: one and the same word is cut differently in different company (``小区｜内``, ``小｜区内``).
    Numbers, latin words and pictographs are words; punctuation is left out. A single character is a word where it
    stands by itself.
    """
    text = folded(text)
    # A piece that comes again has no new words in it.
    inside = (word for word in _words(dict.fromkeys(_segmenter().cut_all(text))) if len(word) > 1)
    return list(dict.fromkeys([*_words(dict.fromkeys(_segmenter().cut_for_search(text))), *inside]))


def plain_words(text: str) -> list[str]:
    """The words of a text side by side in their order, none inside another; each is among those of :func:`segment`."""
    return list(_words(_segmenter().cut(folded(text))))


def place_words(text: str) -> list[str]:
    """The ends of the place names in a text: two characters and what kind of place follows (``幸福路``, ``平里社区``).

    A segmenter does not know the names of small places, so they are told by their endings; everyday words that end so
    (``道路``, ``老旧小区``, ``改造｜道路``) are none.
    """
    found = _PLACE.findall(folded(text))
    names = dict.fromkeys(name + ending for name, ending in found if not _is_everyday(name, ending))
    return [name for name in names if not any(other != name and other.endswith(name) for other in names)]


def title_pieces(text: str) -> list[str]:
    """Every character and every two neighbouring characters; a latin word or a number is one piece.

    Any part of a title is found through its pieces, wherever the words begin and end.
    """
    pieces: list[str] = []
    for run in re.findall(r"[a-z0-9.]+|[^\W_a-z0-9]+|[^\w\s]", folded(text)):
        if run.isascii():
            pieces += _WORD.findall(run)
        elif _WORD.match(run):
            pieces += [*run, *map("".join, pairwise(run))]
        else:
            pieces += _pictographs(run)
    return pieces


@cache
def dictionary() -> str:
    """Which dictionary segments the text: stored with each document, so that old ones can be found and redone."""
    return f"{version('rjieba')}-{sha256(VOCABULARY.read_bytes()).hexdigest()[:8]}"


def _is_everyday(name: str, ending: str) -> bool:
    """Whether a common noun of the dictionary ends there, or a verb stands where the name would."""
    kinds = {
        word: _segmenter().tag(word)[0][1]
        for word in (name + ending, name[-1] + ending, name)
        if _segmenter().has_word(word)
    }
    return kinds.pop(name, "") in ("v", "vn", "d") or any(kind in ("n", "s", "r", "f", "l") for kind in kinds.values())


def _words(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        if piece.isalnum():  # nearly all of them: one word as it stands
            yield piece[:LONGEST_WORD]
        else:
            yield from [word[:LONGEST_WORD] for word in _WORD.findall(piece)] or _pictographs(piece)


def _pictographs(piece: str) -> list[str]:
    return [letter for letter in piece if unicodedata.category(letter) == "So"]


@cache
def _segmenter() -> rjieba.Jieba:
    import rjieba  # its dictionary takes thirty megabytes, and not every process searches

    segmenter = rjieba.Jieba()
    for line in VOCABULARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            segmenter.add_word(line, None, "n")
    return segmenter
