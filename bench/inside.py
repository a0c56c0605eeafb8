"""What is measured in the process itself, once a database: what the index costs a step, and how much of what is alike is found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import nlargest

from openrenda import docket
from openrenda.procedures.suggestion import findable
from openrenda.search import similar
from openrenda.search.likeness import Draft, candidates
from openrenda.search.models import SearchDocument
from openrenda.search.sampling import sample_of
from openrenda.tenancy import congress_scope, current_congress_id
from tests.cast import SUBMIT, draft

from .data import Ground
from .texts import drafts

SUBMITTED, FIRST = 80, 8
DRAFTS, TOP = 5, 10
INDEXED = ("suggestion",)


def indexing(ground: Ground, number: int = SUBMITTED) -> dict[str, float]:
    """Submissions a second with the index kept up to date and without, taken in turn; a submission writes the most text."""
    cast = ground.cast
    spent = {"with": 0.0, "without": 0.0}
    with congress_scope(cast.congress):
        opened = [
            docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft())
            for _ in range(2 * (number + FIRST))
        ]
        for place, act in enumerate(opened):
            way = ("with", "without")[place % 2]
            with not_indexed() if way == "without" else kept_up():
                began = time.perf_counter()
                docket.act(act.matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
                spent[way] += time.perf_counter() - began if place >= 2 * FIRST else 0.0
    return {f"submissions_{way}_index": number / seconds for way, seconds in spent.items()}


@contextmanager
def not_indexed() -> Iterator[None]:
    """The write path without its last statement."""
    kept = findable.index_all
    findable.index_all = lambda documents: None
    try:
        yield
    finally:
        findable.index_all = kept


@contextmanager
def kept_up() -> Iterator[None]:
    """The write path as it is."""
    yield


def recall(ground: Ground, number: int = DRAFTS) -> float:
    """Of the ten matters most like a draft by comparing it with every text, the share that ``similar`` finds.

    Many matters bear one text here; so a matter found counts when it is as like the draft as the tenth.
    """
    with congress_scope(ground.cast.congress):
        return sum(_recalled(title, text) for title, text in drafts(number)) / number


def _recalled(title: str, text: str) -> float:
    best = nlargest(TOP, _scores(title, text))
    shown = [one.score for one in similar(text, title, limit=TOP, kinds=INDEXED, at_least=0.0)]
    return sum(score >= best[-1] for score in shown) / len(best)


def _scores(title: str, text: str) -> Iterator[float]:
    """How like each suggestion of the index is; equal texts are compared once."""
    compared = Draft(title, text, sample_of(current_congress_id()))
    known: dict[tuple[str, str], float] = {}
    for row in candidates(SearchDocument.objects.filter(kind__in=INDEXED)):
        key = row.title, row.beginning
        if key not in known:
            known[key] = compared.compared(row)
        yield known[key]
