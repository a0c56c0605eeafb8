"""Reading figures: their numbers for a period in one query a population, and the rows behind each number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openrenda.docket.situation import book_of
from openrenda.rulebook import Book
from openrenda.tenancy import current_congress_id

from .counting import SUM, Fact, counts_of, kinds_of, sides
from .language import EXCLUDED, PART, WHOLE, Figure, Period, Population
from .rounding import HALF_UP, RULE_NAMES, percent, quotient

SMALLEST_COMPARED = 10

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure said for a period."""

    figure: Figure
    period: Period
    part: int
    whole: int | None
    excluded: int | None
    rate: str | None
    rounding: str
    mean: str | None = None
    total: int | None = None

    @property
    def value(self) -> str:
        """As printed: the count, the mean or the percentage; a dash where there is nothing to divide by."""
        if self.figure.measure:
            return self.mean or "—"
        if not self.figure.is_rate:
            return _("%(count)d%(unit)s") % {"count": self.part, "unit": self.figure.unit.words}
        return self.rate or "—"

    @property
    def too_few(self) -> bool:
        """Too small a whole to be compared with another."""
        return self.whole is not None and self.whole < SMALLEST_COMPARED

    def divided(self, *, rule: str, digits: int) -> str | None:
        """The percentage or the mean, by another rounding than the congress's; None for a count and where nothing divides."""
        if self.total is not None:
            return quotient(self.total, self.part, rule=rule, digits=digits)
        return None if self.whole is None else percent(self.part, self.whole, rule=rule, digits=digits)

    def count(self, side: str) -> int | None:
        """The number of one side; None where the figure has no such side."""
        return {PART: self.part, WHOLE: self.whole, EXCLUDED: self.excluded}[side]

    def as_json(self) -> dict[str, Any]:
        """Plain values for the command and the API."""
        figure, period = self.figure, self.period
        return {
            "key": figure.key, "label": figure.words, "group": _(figure.group), "formula": figure.formula_words,
            "unit": figure.unit.words, "basis": figure.basis, "definition": figure.definition,
            "value": self.value, "part": self.part, "part_label": figure.side_words(PART) or None,
            "whole": self.whole, "whole_label": figure.side_words(WHOLE) or None,
            "excluded": self.excluded, "excluded_label": figure.side_words(EXCLUDED) or None,
            "rate": self.rate, "mean": self.mean,
            "rounding": _(self.rounding) if figure.is_divided else None,
            "since": period.since.isoformat(), "until": period.until.isoformat(), "as_of": period.as_of.isoformat(),
            "unfinished": period.unfinished,
        }  # fmt: skip


def read(figure: Figure, period: Period, organs: Collection[UUID] = ()) -> Reading:
    """Count one figure for a period."""
    return read_all([figure], period, organs)[0]


def read_all(figures: Iterable[Figure], period: Period, organs: Collection[UUID] = ()) -> list[Reading]:
    """Count figures for a period, in the order given: one query a population.

    :param organs: count only what these organs handle.
    """
    wanted = list(figures)
    counts: dict[str, dict[str, int]] = {}
    for population in dict.fromkeys(figure.population.key for figure in wanted):
        of_it = [figure for figure in wanted if figure.population.key == population]
        kinds = kinds_of(with_facts(base(of_it[0].population, period, organs), of_it, period), of_it)
        counts |= {figure.key: counts_of(figure, kinds) for figure in of_it}
    book = book_of(current_congress_id())
    return [reading(figure, period, counts[figure.key], book) for figure in wanted]


def reading(figure: Figure, period: Period, counts: dict[str, int], book: Book) -> Reading:
    """Counted numbers as a reading; the rounding rule is the congress's."""
    rule, digits = str(book.option("option.rate_rounding")), int(book.option("option.rate_digits"))
    part, whole = counts[PART], counts.get(WHOLE)
    rate = percent(part, whole, rule=rule, digits=digits) if whole is not None else None
    total = (counts.get(SUM) or 0) if figure.measure else None
    mean = None if total is None else quotient(total, part, rule=rule, digits=digits)
    return Reading(figure, period, part, whole, counts.get(EXCLUDED), rate, RULE_NAMES.get(rule, HALF_UP), mean, total)


def evidence(figure: Figure, period: Period, side: str, organs: Collection[UUID] = ()) -> Rows:
    """The rows that were counted: the same conditions, listed in the order of entry.

    :raises LookupError: when the figure has no such side.
    """
    return of_side(with_facts(base(figure.population, period, organs), [figure], period), figure, side).order_by("id")


def of_side(rows: Rows, figure: Figure, side: str) -> Rows:
    """Of rows that carry the figure's facts, those of one side.

    :raises LookupError: when the figure has no such side.
    """
    condition = sides(figure).get(side)
    if condition is None:
        raise LookupError(f"{figure.key} has no {side}")
    return rows.filter(condition)


def base(population: Population, period: Period, organs: Collection[UUID] = (), *, handled: bool = False) -> Rows:
    """All rows of the population; for some organs, or once for each handler, those that are handled."""
    if not organs and not handled:
        return population.rows(period)
    if population.handled is None:
        return population.rows(period).none()
    rows = population.handled(period)
    return rows.filter(handler__in=sorted(organs)) if organs else rows


def with_facts(rows: Rows, figures: Iterable[Figure], period: Period) -> Rows:
    """The rows, to be asked for every fact that the figures ask for, each true or false and never unknown."""
    asked = {name: figure.population.facts for figure in figures for name in sorted(figure.facts())}
    there = rows.query.annotations
    carrying: Rows = rows.alias(
        **{name: Fact(facts[name](period)) for name, facts in asked.items() if name not in there}
    )
    return carrying
