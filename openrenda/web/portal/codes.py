"""Codes in public addresses: a row's id written shorter, in letters and digits that can be read aloud.

The code is computed from the id and back, so an address needs no table, never changes and never meets another.
"""

from __future__ import annotations

from uuid import UUID

from openrenda.spelling import ALPHABET, drawn, in_groups, tidy

LENGTH = 26
QUERY_CHARACTERS = 12
_BITS = 128

__all__ = ["ALPHABET", "LENGTH", "QUERY_CHARACTERS", "code_of", "id_of", "in_groups", "query_number", "tidy"]


def code_of(row_id: UUID) -> str:
    """The 26 characters of an id."""
    rest, letters = row_id.int, []
    for _ in range(LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))


def id_of(code: str) -> UUID | None:
    """The id behind a code, or None when the text is no code."""
    letters = tidy(code)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    value = 0
    for letter in letters:
        value = value * len(ALPHABET) + ALPHABET.index(letter)
    return UUID(int=value) if value < 1 << _BITS else None


def query_number() -> str:
    """A new number to ask with: twelve characters (60 bits) that nobody can guess."""
    return drawn(QUERY_CHARACTERS)
