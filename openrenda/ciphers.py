"""Encryption at rest, one way for the whole house: telephone numbers, second-factor secrets, sealed fields (个人信息保护法第五十一条).

AES-256-GCM under keys derived from ``OPENRENDA_SEALED_KEY``. Several keys may be listed, newest first, separated by commas: the
first encrypts, all are tried for opening, so that a key can be changed without losing what the old one closed.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12
_MARK = "v1:"


class CannotOpen(ValueError):
    """An encrypted value does not open with any of this installation's keys."""


def encrypt(text: str) -> str:
    """The text encrypted under the newest key."""
    return _MARK + base64.b64encode(encrypt_bytes(text.encode())).decode()


def encrypt_bytes(data: bytes) -> bytes:
    """Bytes encrypted under the newest key; as long as they were, and 28 bytes."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _ciphers()[0].encrypt(nonce, data, None)


def decrypt(token: str) -> str:
    """The text again.

    :raises CannotOpen: when the key is another one or the value was changed.
    """
    try:
        raw = base64.b64decode(token.removeprefix(_MARK), validate=True)
    except ValueError as error:
        raise CannotOpen("this is not a value that was encrypted here") from error
    return decrypt_bytes(raw).decode()


def decrypt_bytes(raw: bytes) -> bytes:
    """The bytes again.

    :raises CannotOpen: when the key is another one or the bytes were changed.
    """
    for cipher in _ciphers():
        try:
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            continue
    raise CannotOpen("an encrypted value does not open: is OPENRENDA_SEALED_KEY the one it was closed with?")


def _ciphers() -> tuple[AESGCM, ...]:
    return _derived(settings.SEALED_KEY or settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _derived(keys: str) -> tuple[AESGCM, ...]:
    return tuple(_cipher(key.strip()) for key in keys.split(",") if key.strip())


def _cipher(secret: str) -> AESGCM:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"openrenda.sealed")
    return AESGCM(derive.derive(secret.encode()))
