"""One way to count. A figure is a named query: its value is that query counted, its evidence is that query listed.

Every figure says its formula in words, its part, its whole and what is left out, and can be asked as of any day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .language import (
    EXCLUDED,
    PART,
    WHOLE,
    Figure,
    FigureSet,
    Group,
    Period,
    Population,
    Shown,
    Split,
    Unit,
    in_session_of,
    in_year,
)
from .rounding import more_than, percent

if TYPE_CHECKING:
    from .reading import Reading, evidence, read, read_all
    from .splitting import Slice, over_years, split, split_all, splits_of

__all__ = [
    "EXCLUDED",
    "PART",
    "WHOLE",
    "Figure",
    "FigureSet",
    "Group",
    "Period",
    "Population",
    "Reading",
    "Shown",
    "Slice",
    "Split",
    "Unit",
    "evidence",
    "in_session_of",
    "in_year",
    "more_than",
    "over_years",
    "percent",
    "read",
    "read_all",
    "split",
    "split_all",
    "splits_of",
]

_HOME = {
    "Slice": "splitting",
    "over_years": "splitting",
    "split": "splitting",
    "split_all": "splitting",
    "splits_of": "splitting",
}


def __getattr__(name: str) -> Any:
    """Import on first use, because models cannot be imported before Django's applications are ready."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'reading')}"), name)
