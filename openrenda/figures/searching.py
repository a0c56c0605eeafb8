"""Finding a figure by words: its label, its key, its formula, and the words that mean the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from openrenda.search import segment

from .language import Figure

SYNONYMS = Path(__file__).with_name("synonyms.toml")
THE_LABEL, IN_LABEL, IN_KEY, IN_FORMULA, BY_SYNONYM = 20, 8, 6, 2, 1


@cache
def synonyms() -> tuple[frozenset[str], ...]:
    """Groups of words that mean the same here."""
    return tuple(frozenset(group) for group in tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["groups"])


def find(words: str, figures: Iterable[Figure]) -> list[Figure]:
    """The figures that the words mean, the best first; all of them, in their order, when no word was said."""
    listed = list(figures)
    asked = [word for word in dict.fromkeys([*words.split(), *segment(words)]) if word.strip()]
    if not asked:
        return listed
    scored = [(score(asked, one), place, one) for place, one in enumerate(listed)]
    return [one for points, _place, one in sorted(scored, key=lambda row: (-row[0], row[1])) if points]


def score(asked: list[str], one: Figure) -> int:
    """How well a figure answers."""
    points = 0
    for word in asked:
        lowered = word.lower()
        meant = {
            other
            for group in synonyms()
            if any(known in word or word in known for known in group if len(word) > 1)
            for other in group
        }
        points += THE_LABEL * (word == one.label or lowered == one.key)
        points += IN_LABEL * (word in one.label or lowered in one.label_en.lower())
        points += IN_KEY * (lowered in one.key)
        points += IN_FORMULA * (word in one.formula)
        points += BY_SYNONYM * any(other in one.label for other in meant - {word})
    return points
