"""What people type, procedure by procedure. ``EXAMPLES`` names a step and gives its answers where any valid answer will not do;
``people`` adds whom the procedure needs beside the cast, ``WAY`` names a step and what leads to it, where chance would seldom. A procedure without a module here is walked with any valid answers."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

Answers = Callable[[Situation, Random, Cast], "dict[str, Any] | None"]


def of(procedure: str) -> dict[str, Answers]:
    """The examples of a procedure by step; an example of None says that there is nothing to choose just now."""
    module = _module(procedure)
    return dict(module.EXAMPLES) if module else {}


def way(procedure: str, step: str) -> tuple[str, ...]:
    """The steps by which a matter is led to one that chance would seldom reach; none for most."""
    module = _module(procedure)
    return tuple(getattr(module, "WAY", {}).get(step, ()))


def add_people(procedure: str, cast: Cast) -> None:
    """Put the procedure's own people beside the cast."""
    module = _module(procedure)
    if module and hasattr(module, "people"):
        module.people(cast)


def by_the_way(procedure: str) -> tuple[str, ...]:
    """The procedures that the people of this one only pass through: what is done there does not count as walked."""
    return tuple(getattr(_module(procedure), "BY_THE_WAY", ()))


def _module(procedure: str) -> Any:
    name = f"{__name__}.{procedure.replace('-', '_')}"
    return import_module(name) if find_spec(name) else None
