"""The chain: how an act is put into words that can be hashed, and how it is tied to the one before.

The algorithm is named in settings (``OPENRENDA_DIGEST``: sha256, or sm3 where national algorithms are asked for) and
written into no row: a congress keeps one for its life, and verification says plainly when it does not match.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from .models import Act

_TOLD = (
    "procedure", "seq", "step", "from_state", "to_state", "actor_name", "seat", "office", "office_name", "agent_for",
    "basis", "rulebook", "data", "previous", "key",
)  # fmt: skip
_IDS = ("id", "congress_id", "matter_id", "account", "proof")
_TIMES = ("took_effect", "recorded_at")


def digest(text: str) -> str:
    """The hexadecimal digest of a text under the installation's algorithm."""
    algorithm = getattr(settings, "OPENRENDA_DIGEST", "sha256")
    return hashlib.new(algorithm, text.encode()).hexdigest()


def in_words(act: Act) -> str:
    """The act as one canonical line: sorted keys, UTC times to the microsecond, no spaces."""
    words: dict[str, Any] = {name: getattr(act, name) for name in _TOLD}
    words.update({name: str(getattr(act, name) or "") for name in _IDS})
    words.update({name: instant(getattr(act, name)) for name in _TIMES})
    return _encoder().encode(words)


@lru_cache(maxsize=1)
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(moment: datetime) -> str:
    """A moment in UTC, the same on both databases."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(act: Act, previous: str) -> str:
    """Tie an act to the one before it; sets ``previous`` and ``hash`` and returns the hash."""
    act.previous = previous
    act.hash = digest(in_words(act))
    return act.hash
