"""What the tests of everything that residents send share: the proof of the page's script and the form sent."""

from __future__ import annotations

import hashlib
from typing import Any

from django.test import Client
from django.utils import timezone

from openrenda.figures import in_year, read
from openrenda.figures.language import PART
from openrenda.figures.reading import Reading, evidence
from openrenda.figures.registry import figure
from openrenda.web.portal import proofs


def proven() -> dict[str, str]:
    """What the page's script finds."""
    asked = proofs.challenge()
    answer = 0
    while int.from_bytes(hashlib.sha256(f"{asked}:{answer}".encode()).digest()[:4]) >> (32 - proofs.ZERO_BITS):
        answer += 1
    return {"challenge": asked, "proof": str(answer)}


def send(client: Client, address: str, text: str, key: str = "0123456789abcdef", **more: Any) -> Any:
    """The form sent, as a page with a script sends it."""
    return client.post(address, {"text": text, "key": key, **proven(), **more})


def this_year(key: str) -> Reading:
    """What a figure says this year; its number is the length of the list behind it."""
    today = timezone.localdate()
    period, one = in_year(today.year, today), figure(key)
    found = read(one, period)
    assert len(list(evidence(one, period, PART))) == found.part
    return found
