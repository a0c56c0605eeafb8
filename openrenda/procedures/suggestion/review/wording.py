"""What words weigh: those that tell one matter from another, and those that say nothing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from openrenda.search.words import folded, place_words, plain_words

WORDING = Path(__file__).parent / "data" / "wording.toml"
_CLAUSE = re.compile(r"[，,、：:。！？!?；;]+")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千]+(?=[个处条件名次户台座盏米公元年月日])")
# How many telling words a sentence of formulas may carry and still say nothing.
SPARE = 1


@cache
def wording() -> dict[str, tuple[str, ...]]:
    """The lists of the data file, the longest first so that none hides another."""
    lists = tomllib.loads(WORDING.read_text(encoding="utf-8"))
    return {name: tuple(sorted(words, key=len, reverse=True)) for name, words in lists.items()}


@cache
def _common() -> frozenset[str]:
    return frozenset(wording()["common"])


def telling(text: str) -> list[str]:
    """The words that tell what a text is about: of two characters at least, no place, no number, none that stand everywhere."""
    places = "".join(place_words(text))
    words = dict.fromkeys(plain_words(text))
    return [
        word for word in words
        if len(word) > 1 and word not in _common() and word not in places and not word[0].isdigit()
    ]  # fmt: skip


def without(text: str, *lists: str) -> str:
    """The text with the phrases of the lists taken out."""
    text = folded(text)
    for name in lists:
        for phrase in wording()[name]:
            text = text.replace(phrase, "，")
    return text


def named(text: str, name: str) -> list[str]:
    """The phrases of a list that stand in the text."""
    return [phrase for phrase in wording()[name] if phrase in text]


def is_courtesy(text: str) -> bool:
    """Whether a sentence is politeness and nothing else."""
    return bool(named(text, "courtesy")) and not _rest(text)


def says_nothing(text: str) -> bool:
    """Whether a sentence is made of formulas: no number, no place, and hardly a word that tells what is meant."""
    return bool(named(text, "empty")) and not _rest(text)


def _rest(text: str) -> bool:
    """Whether anything that can be checked is left when the formulas are taken out."""
    if _DIGIT.search(text) or place_words(text):
        return True
    rest = _CLAUSE.sub(" ", without(text, "empty", "courtesy"))
    return len(telling(rest)) > SPARE
