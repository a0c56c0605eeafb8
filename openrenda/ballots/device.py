"""What a voter's device does, in Python: for whoever votes from a script, and for trying the protocol out. Browsers do the same with
``@cloudflare/blindrsa-ts`` and WebCrypto (web/static/js/voting.js)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from .blind import SALT_BYTES, public_key, verifies
from .box import HALF_SEAL_BYTES, Entry, sealed_text

HASH_BYTES, TRAILER = 48, b"\xbc"


@dataclass
class Device:
    """One ballot on one device: a fresh key, blinded for the authority of one vote."""

    authority: rsa.RSAPublicKey
    key: ec.EllipticCurvePrivateKey
    blinded: bytes
    inverse: int
    signature: bytes = b""

    @classmethod
    def fresh(cls, authority: str) -> Device:
        """A new ballot for the vote with that public key."""
        signer, key = public_key(authority), ec.generate_private_key(ec.SECP256R1())
        blinded, inverse = blind(signer, point_of(key))
        return cls(signer, key, blinded, inverse)

    def take(self, answer: bytes) -> None:
        """Finalize, RFC 9474 section 4.4: unblind the answer and check it.

        :raises ValueError: when it is no signature on this ballot.
        """
        modulus = self.authority.public_numbers().n
        signed = int.from_bytes(answer, "big") * self.inverse % modulus
        signature = signed.to_bytes((modulus.bit_length() + 7) // 8, "big")
        if not verifies(self.authority, signature, point_of(self.key)):
            raise ValueError("not a signature on this ballot")
        self.signature = signature

    def mark(self, ballot: str, paper: str) -> Entry:
        """The ballot with these marks, ready to be cast."""
        halves = decode_dss_signature(self.key.sign(sealed_text(ballot, paper), ec.ECDSA(hashes.SHA256())))
        seal = b"".join(half.to_bytes(HALF_SEAL_BYTES, "big") for half in halves)
        key, signature, sealed = (base64.b64encode(raw).decode() for raw in (point_of(self.key), self.signature, seal))
        return Entry(key, signature, sealed, paper)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as the 65 bytes that browsers export."""
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def blind(
    authority: rsa.RSAPublicKey, message: bytes, *, salt: bytes | None = None, factor: int = 0
) -> tuple[bytes, int]:
    """Blind, RFC 9474 section 4.2: the blinded message and the inverse of the factor. Salt and factor are random but for test vectors."""
    numbers = authority.public_numbers()
    encoded = int.from_bytes(encode_pss(message, numbers.n.bit_length() - 1, salt), "big")
    factor = factor or secrets.randbelow(numbers.n - 1) + 1
    blinded = encoded * pow(factor, numbers.e, numbers.n) % numbers.n
    return blinded.to_bytes((numbers.n.bit_length() + 7) // 8, "big"), pow(factor, -1, numbers.n)


def encode_pss(message: bytes, bits: int, salt: bytes | None = None) -> bytes:
    """EMSA-PSS-ENCODE, RFC 8017 section 9.1.1, with SHA-384 and MGF1."""
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    mask = b"".join(
        hashlib.sha384(digest + counter.to_bytes(4, "big")).digest() for counter in range(-(-len(block) // HASH_BYTES))
    )
    masked = bytearray(left ^ right for left, right in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + TRAILER
