"""Suggestions as the demo's generator writes them: some hundred matters, each with titles and facts of its own, at invented places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

from openrenda.demo.cast import make_cast
from openrenda.demo.matters import make_suggestions

TODAY = date(2026, 11, 20)


def texts(number: int, seed: int = 100) -> list[tuple[str, str]]:
    """Title and text of so many suggestions, district after district."""
    return list(islice(_all(seed), number))


def _all(seed: int) -> Iterator[tuple[str, str]]:
    for one in count(seed):
        for suggestion in make_suggestions(make_cast(one, TODAY)):
            parts = (suggestion.written.situation, suggestion.written.analysis, suggestion.written.proposals_text)
            yield suggestion.title, "\n".join(filter(None, parts))
