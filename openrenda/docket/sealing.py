"""Sealed fields: encrypted at rest, replaced in the act by a salted digest, opened only by an act of its own.

The salt is kept with the value, inside the ciphertext: a telephone number could otherwise be found from its digest by trying all.
"""

from __future__ import annotations

import secrets
from typing import Any

from openrenda.ciphers import CannotOpen, decrypt, encrypt

from .language import Procedure
from .ledger import digest
from .models import Act, SealedValue

SEALED = "sealed"


def sealed_fields(table: Procedure) -> set[str]:
    """The names of all form fields that the procedure seals."""
    return {name for group in table.sealed for name in group.fields}


def seal_fields(act: Act, table: Procedure) -> list[SealedValue]:
    """Take sealed values out of the act's data and return their encrypted rows."""
    rows = []
    for name in sealed_fields(table).intersection(act.data):
        salted = f"{secrets.token_hex(16)}:{act.data[name]}"
        act.data[name] = {SEALED: digest(salted)}
        rows.append(
            SealedValue(congress_id=act.congress_id, matter=act.matter, act=act, field=name, ciphertext=encrypt(salted))
        )
    return rows


def sealed_names(data: dict[str, Any]) -> list[str]:
    """The names of the values that an act's data holds as digests only."""
    return [name for name, value in data.items() if isinstance(value, dict) and list(value) == [SEALED]]


def unseal(row: SealedValue) -> str:
    """The value that was sealed.

    :raises openrenda.ciphers.CannotOpen: when none of the keys in settings closed it.
    """
    return decrypt(row.ciphertext).partition(":")[2]


def is_as_recorded(row: SealedValue, data: dict[str, Any]) -> bool:
    """Whether a sealed value is the one whose digest its act holds."""
    recorded = data.get(row.field)
    try:
        return isinstance(recorded, dict) and recorded.get(SEALED) == digest(decrypt(row.ciphertext))
    except CannotOpen:
        return False
