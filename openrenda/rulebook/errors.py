"""What can go wrong with the rulebook."""

from __future__ import annotations

from dataclasses import dataclass


class RulebookError(Exception):
    """A pack, a value or a question that the rulebook refuses; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a pack: check id, sentence, what to do."""

    check: str
    message: str
    hint: str
