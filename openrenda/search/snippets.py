"""Text with the found words marked, as pieces that a template wraps; no markup is made here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from openrenda.search.words import folded

LENGTH = 90
_BEFORE = 20


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked where it is what was searched for."""

    text: str
    marked: bool = False


def marked(text: str, words: Iterable[str], compared: Callable[[str], str] = folded) -> tuple[Piece, ...]:
    """The whole text, cut at the words found in it; words that touch become one piece.

    :param compared: what makes the text ready for the words, without changing its length.
    """
    spans = _spans(compared(text), words)
    pieces: list[Piece] = []
    end = 0
    for start, stop in spans:
        pieces += [Piece(text[end:start]), Piece(text[start:stop], marked=True)]
        end = stop
    pieces.append(Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def snippet(text: str, words: Iterable[str], compared: Callable[[str], str] = folded) -> tuple[Piece, ...]:
    """About 90 characters of the text around the place where most of the words stand together."""
    wanted = list(words)
    starts = [start for start, _ in _spans(compared(text), wanted)]
    best = max(starts, key=lambda at: (sum(at <= start < at + LENGTH - _BEFORE for start in starts), -at), default=0)
    start = max(0, best - _BEFORE)
    part = " ".join(text[start : start + LENGTH].split())
    return marked(("…" if start else "") + part + ("…" if start + LENGTH < len(text) else ""), wanted, compared)


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    pattern = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True) if word)
    if not pattern:
        return []
    spans: list[tuple[int, int]] = []
    for found in re.finditer(pattern, text):
        if spans and spans[-1][1] == found.start():
            spans[-1] = (spans[-1][0], found.end())
        else:
            spans.append(found.span())
    return spans
