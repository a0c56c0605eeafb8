"""Text that lies encrypted in the database: telephone numbers and second-factor secrets (个人信息保护法第五十一条).

AES-256-GCM with a key derived from the installation's sealed key. Such a column can be neither searched nor sorted.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

_NONCE_BYTES = 12
_MARK = "v1:"


class CannotOpen(ValueError):
    """A sealed value does not open with this installation's key."""


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"openrenda.people.sealed")
    return AESGCM(derive.derive(secret.encode()))


def _current() -> AESGCM:
    return _cipher(getattr(settings, "SEALED_KEY", "") or settings.SECRET_KEY)


def seal(text: str) -> str:
    """The text encrypted; empty stays empty."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE_BYTES)
    return _MARK + base64.b64encode(nonce + _current().encrypt(nonce, text.encode(), None)).decode()


def unseal(token: str) -> str:
    """The text again.

    :raises CannotOpen: when the key is another one or the value was changed.
    """
    if not token:
        return ""
    try:
        raw = base64.b64decode(token.removeprefix(_MARK), validate=True)
        return _current().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("a sealed value does not open: is OPENRENDA_SEALED_KEY the one it was sealed with?") from error


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Plain text in Python, encrypted in the database."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return unseal(value) if isinstance(value, str) else value
