"""What somebody typed, understood: words that must all be there, and quoted phrases that must stand as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from openrenda.search.words import folded, is_ideograph, place_words, plain_words, wide_blanks_narrowed

LONGEST_QUESTION = 200
MOST_WORDS = 24


@dataclass(frozen=True)
class Question:
    """A query. Nothing in it is syntax but a pair of quotation marks; every other mark only parts words."""

    loose: str
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, query: str) -> Question:
        """Read a query of at most 200 characters; what is longer is cut off."""
        text = folded(query)[:LONGEST_QUESTION]
        phrases = (" ".join(phrase.split()) for phrase in re.findall(r'"([^"]*)"', text))
        loose = re.sub(r'"[^"]*"', " ", text).replace('"', " ")
        return cls(" ".join(loose.split()), tuple(phrase for phrase in phrases if plain_words(phrase)))

    @cached_property
    def words(self) -> list[str]:
        """The words asked for, those of the phrases too, as they stand in the index.

        A single ideograph beside longer words is not asked for: elsewhere it may be part of a word (``幸福路｜口``).
        """
        words = list(dict.fromkeys(plain_words(" ".join([self.loose, *self.phrases]))))[:MOST_WORDS]
        return [word for word in words if len(word) > 1 or word.isascii()] or words

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """What must stand as it is: the phrases, and the names of places that are not one word of the index."""
        names = (name for name in place_words(self.loose) if name not in self.words)
        return (*self.phrases, *names)

    @cached_property
    def parts(self) -> list[str]:
        """The words, for titles, marking and weighing: a phrase is one of them."""
        return list(dict.fromkeys([*self.phrases, *plain_words(self.loose)]))[:MOST_WORDS]

    @cached_property
    def compared(self) -> Callable[[str], str]:
        """How a text is made ready for the words to be looked for in it. Ideographs stand in every text as they were typed, and only the
        blanks between them may be wide; all else is folded, which takes a hundred times as long."""
        letters = "".join([self.loose, *self.phrases]).replace(" ", "")
        return wide_blanks_narrowed if all(map(is_ideograph, letters)) else folded

    @property
    def is_short_chinese(self) -> bool:
        """Whether it may be part of a word or lie across two; words in latin letters are parted by blanks."""
        letters = "".join([self.loose, *self.phrases])
        return len(letters) <= 6 and not letters.isascii()
