"""Counting: rows are gathered by what is true of them, and each figure adds up the kinds of rows that its conditions hold for.

One statement however many figures ask, with each fact in it once. A condition is the same :class:`Q` by which the list behind
the number is filtered; here it is asked of a kind of row, there the database asks it of each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from .language import EXCLUDED, PART, WHOLE, Figure

SUM = "sum"
ROWS = "rows_of_kind"
Kind = Mapping[str, Any]


class Fact(Case):
    """True where the condition is met and false elsewhere, never unknown."""

    def __init__(self, condition: Q) -> None:
        super().__init__(When(condition, then=Value(True)), default=Value(False))
        self.written: tuple[Any, Any] = (None, None)

    def as_sql(self, compiler: Any, connection: Any, *said: Any, **more: Any) -> Any:
        """A statement that selects the fact and groups by it asks for its words twice; they are long, so they are written once."""
        if self.written[0] is not compiler:
            self.written = compiler, super().as_sql(compiler, connection, *said, **more)
        return self.written[1]


def sides(figure: Figure) -> dict[str, Q]:
    """The condition of each side the figure has: a part lies inside the whole, what is excluded lies outside."""
    if figure.whole is None:
        return {PART: figure.part}
    found = {PART: figure.whole & figure.part, WHOLE: figure.whole}
    if figure.excluded is not None:
        found[EXCLUDED] = figure.excluded & ~figure.whole
    return found


def nothing(figure: Figure) -> dict[str, int]:
    """The counts of a figure where there are no rows."""
    return dict.fromkeys([*sides(figure), *([SUM] if figure.measure else [])], 0)


def kinds_of(rows: QuerySet[Any], figures: Iterable[Figure], *groups: str) -> list[Kind]:
    """The kinds of rows there are, with how many of each: rows alike in every fact of the figures, and in these groups.

    The figures are of one population; one with a weight counts a row as often as its weight says.
    """
    asked = list(figures)
    facts = sorted({name for figure in asked for name in figure.facts()})
    sums = {_sum_of(measure): Sum(measure, default=0) for measure in sorted({f.measure for f in asked if f.measure})}
    alike = rows.annotate(**{name: F(name) for name in facts}).order_by().values(*groups, *facts)
    weight = asked[0].population.weight if asked else ""
    counted = Sum(weight, default=0) if weight else Count("pk")
    kinds: list[Kind] = list(alike.annotate(**{ROWS: counted}, **sums))
    return kinds


def counts_of(figure: Figure, kinds: Sequence[Kind]) -> dict[str, int]:
    """How many rows each side of the figure has among these kinds, and of a mean the sum over its part."""
    found = nothing(figure)
    for side, condition in sides(figure).items():
        held = [kind for kind in kinds if holds(condition, kind)]
        found[side] = figure.unit.whole(sum(kind[ROWS] for kind in held))
        if figure.measure and side == PART:
            found[SUM] = sum(kind[_sum_of(figure.measure)] for kind in held)
    return found


def holds(condition: Q, kind: Kind) -> bool:
    """Whether a condition over facts is met; one without any is met by every row."""
    if not condition.children:
        return True
    answers = (holds(child, kind) if isinstance(child, Q) else _is(child, kind) for child in condition.children)
    met = any(answers) if condition.connector == Q.OR else all(answers)
    return met != condition.negated


def _is(child: Any, kind: Kind) -> bool:
    name, value = child
    return bool(kind[name] == value)


def _sum_of(measure: str) -> str:
    return f"{SUM}_of_{measure}"
