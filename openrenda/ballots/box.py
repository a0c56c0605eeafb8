"""The box of a secret vote while it is open: parts of one size, encrypted, rewritten whole. Nothing in them has an order or a time."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from openrenda import ciphers

from .counting import Paper, Terms
from .counting.papers import LONGEST_NAME
from .counting.terms import ELECTION

if TYPE_CHECKING:
    from .models import Ballot

ONE_PART = 64
# In larger bodies so many voters a part on average, with room for three times as many: keys are random, and fall unevenly into the parts.
USUAL = 16
ROOM = 48
# Base64 of a P-256 point, of a 2048-bit signature and of an ECDSA signature, with what stands between them.
FIXED_BYTES, BYTES_A_CHARACTER = 88 + 344 + 88 + 32, 4
HALF_SEAL_BYTES = 32
TRACKER_CHARACTERS, GROUP = 12, 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One ballot, as it is sent and as it is published: base64 texts, and the paper in its one form."""

    key: str
    signature: str
    seal: str
    paper: str

    @property
    def tracker(self) -> str:
        """The short form of the key by which a voter finds her ballot."""
        return tracker_of(self.key)


def tracker_of(key: str) -> str:
    """Sixty bits of the key's hash, in groups that can be read aloud."""
    text = base64.b32encode(hashlib.sha256(base64.b64decode(key)).digest()).decode()[:TRACKER_CHARACTERS]
    return "-".join(text[start : start + GROUP] for start in range(0, TRACKER_CHARACTERS, GROUP))


def parts_for(voters: int) -> int:
    """Into how many parts the box is divided: one, or a power of two."""
    if voters <= ONE_PART:
        return 1
    return 1 << (-(-voters // USUAL) - 1).bit_length()


def part_of(key: bytes, parts: int) -> int:
    """In which part a key lies."""
    return int.from_bytes(hashlib.sha256(key).digest()[:4], "big") % parts


def part_bytes(terms: Terms, parts: int) -> int:
    """How long every part is."""
    longest = max(terms.allowed, key=len)
    names = ("𠮷" * LONGEST_NAME,) * terms.places if terms.kind == ELECTION else ()
    text = Paper((longest,) * len(terms.rows), names).text
    # Quotation marks are written with a stroke before them inside the part.
    entry = FIXED_BYTES + len(text.encode()) + text.count('"')
    return entry * (ONE_PART if parts == 1 else ROOM) + len("[]")


def closed_part(entries: dict[str, Entry], size: int) -> bytes:
    """The part as it is kept: sorted by key, filled up to full size (or to the next multiple), encrypted."""
    rows = [[entry.key, entry.signature, entry.seal, entry.paper] for _key, entry in sorted(entries.items())]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return ciphers.encrypt_bytes(text.ljust(-(-len(text) // size) * size))


def opened_part(content: bytes | memoryview) -> dict[str, Entry]:
    """The entries of a part, by key."""
    return {row[0]: Entry(*row) for row in json.loads(ciphers.decrypt_bytes(bytes(content)))}


def is_sealed(ballot: Ballot, entry: Entry) -> bool:
    """Whether the ballot's own key signed the marks, for this vote (ECDSA P-256 with SHA-256, as browsers write it: r and s side by side)."""
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(entry.key, validate=True))
        raw = base64.b64decode(entry.seal, validate=True)
        if len(raw) != 2 * HALF_SEAL_BYTES:
            return False
        halves = (int.from_bytes(raw[:HALF_SEAL_BYTES], "big"), int.from_bytes(raw[HALF_SEAL_BYTES:], "big"))
        point.verify(encode_dss_signature(*halves), sealed_text(str(ballot.pk), entry.paper), ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def sealed_text(ballot: str, paper: str) -> bytes:
    """What the ballot's key signs: marks of this vote, and of no other."""
    return f"{ballot}\n{paper}".encode()
