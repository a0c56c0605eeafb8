"""A text cut into sentences that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one field of the reply."""

    field: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in its field."""
        return self.start + len(self.text)


def sentences(text: str, field: str = "") -> Iterator[Sentence]:
    """The sentences of a text; a semicolon and a new line end one too."""
    for found in _SENTENCE.finditer(text):
        words = found.group().strip()
        if words.strip("。！？!?；; "):
            yield Sentence(field, found.start() + len(found.group()) - len(found.group().lstrip()), words)
