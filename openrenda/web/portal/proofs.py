"""Proof that a page was open and a script ran: a little work that costs a person nothing and a flood a lot.

The page is given a signed challenge; its script looks for a number whose digest with it begins with some zero bits. Where no script
runs there is no proof, and then a person looks at what was said before it goes on: nobody is turned away for an old telephone.
"""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

from openrenda.tenancy import current_congress_id

from .tallies import counted

SALT = "openrenda.portal.proofs"
ZERO_BITS = 13
HOURS = 6
SECONDS = HOURS * 3600
LONGEST_ANSWER = 20


def challenge() -> str:
    """A new challenge, good for some hours in the congress in context."""
    return _signer().sign(secrets.token_hex(8))


def holds(asked: str, answer: str) -> bool:
    """Whether the answer fits a challenge of ours that was not used before."""
    if not answer.isdecimal() or len(answer) > LONGEST_ANSWER:
        return False
    try:
        _signer().unsign(asked, max_age=SECONDS)
    except signing.BadSignature:
        return False
    digest = hashlib.sha256(f"{asked}:{answer}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - ZERO_BITS) == 0 and counted(f"proof:{asked}", SECONDS) == 1


def _signer() -> signing.TimestampSigner:
    """What was used is counted by each congress for itself, so a challenge is good in one only."""
    return signing.TimestampSigner(salt=f"{SALT}.{current_congress_id()}")
