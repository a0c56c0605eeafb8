"""Asking a register once for a whole import: within the block nobody else's change to it is looked for.

Outside a block every question goes to the database, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("remembered_registers", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Questions marked with :func:`remembered` are asked once each until the block ends."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(question: Callable[..., Answer]) -> Callable[..., Answer]:
    """Mark a question to the registers whose arguments can be compared; rows it answers with are only read."""

    @wraps(question)
    def asked(*arguments: Any) -> Answer:
        return recalled((question, *arguments), lambda: question(*arguments))

    return asked


def recalled(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer kept under the key within a block; asked anew outside of one."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    answer: Answer = kept[key]
    return answer
