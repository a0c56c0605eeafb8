"""Letters that can be read aloud and typed again: Crockford's base 32, for codes in addresses and on paper.

No i, l, o or u; capital and small letters are the same, and what looks alike is read alike.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ALIKE = str.maketrans({"i": "1", "l": "1", "o": "0"})


def tidy(code: str) -> str:
    """What was typed, without blanks and hyphens, in the one spelling."""
    return "".join(code.split()).replace("-", "").lower().translate(_ALIKE)


def drawn(characters: int) -> str:
    """So many letters drawn at random, five bits each, that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(characters))


def in_groups(letters: str) -> str:
    """Letters as they are shown, four at a time: K7M2-4QXD-9PAB."""
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4)).upper()
