"""What a resident without an account is handed: a number to ask with and a link of her own. The database keeps their digests alone.

Both are computed from the row's id under the installation's secret key, so that a request sent twice gets the same ones, and neither
can be read out of a copied database.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac

from openrenda.spelling import ALPHABET, in_groups, tidy

__all__ = ["digest", "in_groups", "link_of", "number_of", "tidy"]

NUMBER_CHARACTERS, LINK_CHARACTERS = 12, 32


def number_of(row_id: UUID) -> str:
    """The number with which one may ask about a row: 60 bits."""
    return _letters("openrenda.tickets.number", row_id, NUMBER_CHARACTERS)


def link_of(row_id: UUID) -> str:
    """The part of a personal address by which its owner is known: 160 bits."""
    return _letters("openrenda.tickets.link", row_id, LINK_CHARACTERS)


def digest(ticket: str) -> str:
    """What is kept of a number or a link."""
    return hashlib.sha256(tidy(ticket).encode()).hexdigest()


def _letters(purpose: str, row_id: UUID, count: int) -> str:
    made = salted_hmac(purpose, row_id.hex, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in made[:count])
