"""What is measured in the process itself, once a database: what the index costs a step, and how soon a whole report has its numbers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
from openrenda.tenancy import congress_scope
from tests.cast import SUBMIT, draft

from .data import Ground
from .figures import Statement, last_year, written_down

SUBMITTED, FIRST = 80, 8
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


def reporting(ground: Ground, number: int = REPORTED, repeated: int = REPEATED) -> dict[str, float]:
    """Seconds for a report of so many figures, and for the statements that count the same numbers one by one; the quickest of some."""
    period = in_year(last_year(), timezone.localdate())
    chosen = [(one, full_name(one)) for one in islice(cycle(of_suggestions_first()), number)]
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


def of_suggestions_first() -> list[Figure]:
    """All figures, in front those that count suggestions, of which there are so many."""
    return sorted(figures(), key=lambda one: not one.population.key.startswith("suggestion"))


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
