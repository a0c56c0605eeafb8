"""Sealed fields: encrypted at rest, replaced in the act by a salted digest, opened only by an act of its own."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from .language import Procedure
from .ledger import digest
from .models import Act, SealedValue


def sealed_fields(table: Procedure) -> set[str]:
    """The names of all form fields that the procedure seals."""
    return {name for group in table.sealed for name in group.fields}


def seal_fields(act: Act, table: Procedure) -> list[SealedValue]:
    """Take sealed values out of the act's data and return their encrypted rows."""
    rows = []
    for name in sealed_fields(table).intersection(act.data):
        value = str(act.data[name])
        salt = secrets.token_hex(8)
        act.data[name] = {"sealed": digest(f"{salt}:{value}"), "salt": salt}
        rows.append(
            SealedValue(congress_id=act.congress_id, matter=act.matter, act=act, field=name, ciphertext=encrypt(value))
        )
    return rows


def encrypt(value: str) -> str:
    """Encrypt under the newest key."""
    return _cipher().encrypt(value.encode()).decode()


def decrypt(ciphertext: str) -> str:
    """Decrypt under any key still listed in settings.

    :raises cryptography.fernet.InvalidToken: when none of them made it.
    """
    return _cipher().decrypt(ciphertext.encode()).decode()


def matches(recorded: Any, value: str) -> bool:
    """Whether a value is the one an act's digest stands for."""
    return bool(recorded["sealed"] == digest(f"{recorded['salt']}:{value}"))


def _cipher() -> MultiFernet:
    """Keys are listed newest first, separated by commas; the secret key stands in where none is set."""
    listed = [key for key in settings.SEALED_KEY.split(",") if key] or [settings.SECRET_KEY]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in listed])
