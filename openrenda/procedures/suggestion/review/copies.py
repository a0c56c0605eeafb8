"""Whether a reply is another one again: how much of it stands there word for word, and side by side."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from openrenda.search.snippets import Piece
from openrenda.search.words import folded

from .sentences import sentences

# Runs tell whether a reply is another one again, with other numbers and names; stretches, whether a good part of it is: those of
# one organ share sentences anyhow, but seldom one that follows another.
RUN, STRETCH = 8, 24
COPIED, PARTLY = 0.75, 0.4
# Sentences stand side by side when they share this much; equal runs shorter than that are chance.
ALIKE, SHORTEST_MARK = 0.5, 4
MOST_SHOWN = 3
# Of a longer sentence the beginning is shown: comparing takes the square of the length.
LONGEST_MARKED = 300
# Shorter replies are alike without having been copied.
SHORTEST = 40
_MARKS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Other:
    """A reply that went out before: ``key`` is whatever the caller knows it by."""

    key: Any
    text: str

    @cached_property
    def runs(self) -> frozenset[str]:
        """Its runs of eight characters."""
        return runs(self.text)

    @cached_property
    def stretches(self) -> frozenset[str]:
        """Its runs of twenty-four."""
        return runs(self.text, STRETCH)


@dataclass(frozen=True)
class Row:
    """A sentence of the draft beside the sentence of the other reply it resembles; either may be missing."""

    draft: tuple[Piece, ...]
    other: tuple[Piece, ...]


@dataclass(frozen=True)
class Copy:
    """Another reply that this one repeats, nearly whole or in part, and how much of this one stands there."""

    other: Other
    whole: bool
    share: float
    rows: tuple[Row, ...]


def runs(text: str, length: int = RUN) -> frozenset[str]:
    """The runs of so many characters of a text; marks are left out, and one number is like another."""
    letters = _NUMBER.sub("0", "".join(_MARKS.split(folded(text))))
    return frozenset(letters[at : at + length] for at in range(len(letters) - length + 1))


def copies(text: str, others: Iterable[Other]) -> list[Copy]:
    """The replies that this one repeats, the most repeated first, at most three."""
    own, long = runs(text), runs(text, STRETCH)
    if len(text) < SHORTEST or not long:
        return []
    found: list[tuple[bool, float, Other]] = []
    for other in others:
        share = len(own & other.runs) / len(own)
        if share >= COPIED:
            found.append((True, share, other))
        elif share >= PARTLY and (part := len(long & other.stretches) / len(long)) >= PARTLY:
            found.append((False, part, other))
    found.sort(key=lambda one: one[:2], reverse=True)
    return [
        Copy(other, whole, round(share, 2), side_by_side(text, other.text))
        for whole, share, other in found[:MOST_SHOWN]
    ]


def side_by_side(text: str, other: str) -> tuple[Row, ...]:
    """The sentences of both in the order of the draft, equal runs marked; what has no partner stands alone."""
    left = [one.text for one in sentences(text)]
    right = [one.text for one in sentences(other)]
    pairs = {number: _pairs(sentence) for number, sentence in enumerate(right)}
    rows: list[Row] = []
    free = dict(pairs)
    for sentence in left:
        own = _pairs(sentence)
        best = max(free, key=lambda number: _alike(own, free[number]), default=None)
        if best is None or _alike(own, free[best]) < ALIKE:
            rows.append(Row((Piece(sentence),), ()))
            continue
        del free[best]
        rows.append(Row(*_marked(sentence, right[best])))
    return (*rows, *(Row((), (Piece(right[number]),)) for number in free))


def _pairs(text: str) -> Counter[str]:
    letters = _NUMBER.sub("0", "".join(_MARKS.split(folded(text))))
    return Counter(map("".join, itertools.pairwise(letters)))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0


def _marked(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left, right = left[:LONGEST_MARKED], right[:LONGEST_MARKED]
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    equal = [block for block in blocks if block.size >= SHORTEST_MARK]
    return (
        _pieces(left, [(block.a, block.a + block.size) for block in equal]),
        _pieces(right, [(block.b, block.b + block.size) for block in equal]),
    )


def _pieces(text: str, spans: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.text)
