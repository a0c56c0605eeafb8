"""Start-up checks: a contradiction in a pack stops the server before it serves anyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from .library import raw_packs
from .validation import pack_problems


@register("rulebook")
def packs_are_sound(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Every problem of the packs, with its id and a hint."""
    return [Error(problem.message, hint=problem.hint, id=problem.check) for problem in pack_problems(raw_packs())]
