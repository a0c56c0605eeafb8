"""What is measured in the process itself, once a database: what the index costs a step, how much of what is alike is found, and
how soon a whole report has its numbers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from heapq import nlargest
from itertools import cycle, islice

from django.db import connection
from django.utils import timezone

from openrenda import docket
from openrenda.figures import Figure, in_year
from openrenda.figures.counting import sides
from openrenda.figures.language import Period
from openrenda.figures.reading import evidence
from openrenda.figures.registry import figures
from openrenda.figures.reports.composing import compose
from openrenda.figures.reports.naming import full_name
from openrenda.procedures.suggestion import findable
from openrenda.search import similar
from openrenda.search.likeness import Draft, candidates
from openrenda.search.models import SearchDocument
from openrenda.search.sampling import sample_of
from openrenda.tenancy import congress_scope, current_congress_id
from tests.cast import SUBMIT, draft

from .data import Ground
from .figures import Statement, last_year, written_down
from .texts import drafts

SUBMITTED, FIRST = 80, 8
DRAFTS, TOP = 5, 10
INDEXED = ("suggestion",)
REPORTED, REPEATED = 60, 3


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


def reporting(ground: Ground, number: int = REPORTED, repeated: int = REPEATED) -> dict[str, float]:
    """Seconds for a report of so many figures, and for the statements that count the same numbers one by one; the quickest of some."""
    period = in_year(last_year(), timezone.localdate())
    chosen = [(one, full_name(one)) for one in islice(cycle(figures()), number)]
    text = "\n\n".join(f"{one.label}：{{{{ figure {name} }}}}。" for one, name in chosen)
    with congress_scope(ground.cast.congress):
        composed = compose(text, period)
        assert not composed.problems
        assert len(composed.items) == number
    with congress_scope(ground.cast.congress):
        counted = [_counted(one, period) for one, _name in chosen]
        ours = min(timed(lambda: compose(text, period).text()) for _ in range(repeated))
        asked = [statement for each in counted for statement in each]
        bare = min(timed(lambda: _asked(asked)) for _ in range(repeated))
    return {"report_seconds": ours, "report_bare_seconds": bare}


def _counted(one: Figure, period: Period) -> list[Statement]:
    """What counts a figure's sides, as SQL with its values."""
    with written_down() as sent:
        for side in sides(one):
            evidence(one, period, side).count()
    return sent


def _asked(statements: list[Statement]) -> None:
    for sql, values in statements:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(sql, values)
            cursor.fetchall()


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
