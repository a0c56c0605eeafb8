"""Addresses that a page names hundreds of times: asked of the router once a process, then only the id is put in."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

MARK = UUID("00000000-0000-7000-8000-00000000abcd")


def matter_url(matter: UUID) -> str:
    """The page of a matter."""
    before, after = _around("web:matter")
    return f"{before}{matter}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, _mark, after = reverse(name, args=[MARK]).partition(str(MARK))
    return before, after
