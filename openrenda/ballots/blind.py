"""RSA blind signatures, RFC 9474 (RSABSSA-SHA384-PSS-Deterministic): the authority signs a ballot's key without seeing it.

Only the blind signing itself is written here, because the ``cryptography`` library offers no bare private-key operation: three lines of arithmetic
(section 4.3) with GMP's exponentiation whose time does not depend on the key, and the check against faults that the standard demands. Keys are made and
signatures verified by ``cryptography``.
"""

from __future__ import annotations

import base64
from functools import lru_cache

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from openrenda import ciphers

KEY_BITS, EXPONENT, SALT_BYTES = 2048, 65537, 48


class CannotSign(ValueError):
    """Not a blinded message for this key, or the signing went wrong."""


def new_key() -> tuple[str, str]:
    """A key pair for one vote: the public key as base64 of its SubjectPublicKeyInfo, the private key encrypted under the installation's key."""
    key = rsa.generate_private_key(EXPONENT, KEY_BITS)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return base64.b64encode(public).decode(), ciphers.encrypt(base64.b64encode(private).decode())


@lru_cache(maxsize=8)
def private_numbers(kept: str) -> rsa.RSAPrivateNumbers:
    """The numbers of a private key that :func:`new_key` made."""
    raw = base64.b64decode(ciphers.decrypt(kept))
    key = serialization.load_der_private_key(raw, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.private_numbers()


@lru_cache(maxsize=32)
def public_key(kept: str) -> rsa.RSAPublicKey:
    """The public key of a vote."""
    key = serialization.load_der_public_key(base64.b64decode(kept))
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def blind_sign(key: rsa.RSAPrivateNumbers, blinded: bytes) -> bytes:
    """BlindSign of RFC 9474, section 4.3.

    :raises CannotSign: when the message is not one for this key.
    """
    modulus, exponent = key.public_numbers.n, key.public_numbers.e
    length = (modulus.bit_length() + 7) // 8
    message = int.from_bytes(blinded, "big")
    if len(blinded) != length or not 0 < message < modulus:
        raise CannotSign("not a blinded message for this key")
    at_p = gmpy2.powmod_sec(message % key.p, key.dmp1, key.p)
    at_q = gmpy2.powmod_sec(message % key.q, key.dmq1, key.q)
    signed = int(at_q + key.q * ((at_p - at_q) * key.iqmp % key.p))
    # A fault in one half of the computation would give the key away (section 8.1).
    if gmpy2.powmod(signed, exponent, modulus) != message:
        raise CannotSign("the signing went wrong")
    return signed.to_bytes(length, "big")


def verifies(key: rsa.RSAPublicKey, signature: bytes, message: bytes) -> bool:
    """Whether it is a signature on the message: an ordinary RSASSA-PSS one, once it is unblinded."""
    way = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT_BYTES)
    try:
        key.verify(signature, message, way, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
