"""Codes in public addresses: a row's id written shorter, in letters and digits that can be read aloud.

Crockford's base 32: no i, l, o or u, capital and small letters are the same, and what looks alike is read alike. The code is
computed from the id and back, so an address needs no table, never changes and never meets another.
"""

from __future__ import annotations

import secrets
from uuid import UUID

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
QUERY_CHARACTERS = 12
_ALIKE = str.maketrans({"i": "1", "l": "1", "o": "0"})
_BITS = 128


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


def tidy(code: str) -> str:
    """What was typed, without blanks and hyphens, in the one spelling."""
    return "".join(code.split()).replace("-", "").lower().translate(_ALIKE)


def query_number() -> str:
    """A new number to ask with: twelve characters (60 bits) that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(QUERY_CHARACTERS))


def in_groups(number: str) -> str:
    """A query number as it is shown: K7M2-4QXD-9PAB."""
    return "-".join(number[place : place + 4] for place in range(0, len(number), 4)).upper()
