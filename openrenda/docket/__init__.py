"""The engine: a matter moves through states, by offices, under clocks, and every step is an act in the ledger.

Knows no procedure and no congress. Everything that changes a state goes through :func:`open_matter` and :func:`act`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import act, open_matter
    from .reading import Offer, inbox, invited, offers, openings, visible
    from .time import run_clocks

__all__ = ["Offer", "act", "inbox", "invited", "offers", "open_matter", "openings", "run_clocks", "visible"]

_HOME = {
    "act": "engine", "open_matter": "engine", "Offer": "reading", "inbox": "reading", "invited": "reading",
    "offers": "reading", "openings": "reading", "visible": "reading", "run_clocks": "time",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import on first use, because models cannot be imported before Django's applications are ready."""
    if name not in _HOME:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
