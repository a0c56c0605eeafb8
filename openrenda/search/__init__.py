"""Chinese full-text search and similar matters, inside one congress.

``index``, ``remove`` and ``reindex`` write; ``find`` and ``similar`` ask; ``segment`` is the one way text becomes words.
The room knows neither matters nor people: it is given ids and text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openrenda.search.finding import Hit, find
    from openrenda.search.likeness import Similar, similar
    from openrenda.search.snippets import Piece
    from openrenda.search.words import dictionary, segment
    from openrenda.search.writing import Document, index, index_all, reindex, remove, together

__all__ = [
    "Document",
    "Hit",
    "Piece",
    "Similar",
    "dictionary",
    "find",
    "index",
    "index_all",
    "reindex",
    "remove",
    "segment",
    "similar",
    "together",
]

_WHERE = {
    "find": "finding",
    "Hit": "finding",
    "similar": "likeness",
    "Similar": "likeness",
    "Piece": "snippets",
    "dictionary": "words",
    "segment": "words",
    "Document": "writing",
    "index": "writing",
    "index_all": "writing",
    "reindex": "writing",
    "remove": "writing",
    "together": "writing",
}


def __getattr__(name: str) -> Any:
    """The names above, fetched when first used: models may not be imported before Django has loaded the apps."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
