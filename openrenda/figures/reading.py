"""Reading a figure: its numbers for a period, and the rows behind each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openrenda.rulebook import Book

from .language import Figure, Period
from .rounding import HALF_UP, RULE_NAMES, percent

PART, WHOLE, EXCLUDED = "part", "whole", "excluded"
SMALLEST_COMPARED = 10


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

    @property
    def value(self) -> str:
        """As printed: the count, or the percentage with part and whole."""
        if not self.figure.is_rate:
            return f"{self.part}{self.figure.unit.label}"
        return self.rate or "—"

    @property
    def too_few(self) -> bool:
        """Too small a whole to be compared with another."""
        return self.whole is not None and self.whole < SMALLEST_COMPARED

    def as_json(self) -> dict[str, Any]:
        """Plain values for the command and the API."""
        return {
            "key": self.figure.key, "label": self.figure.label, "formula": self.figure.formula,
            "unit": self.figure.unit.label, "definition": self.figure.definition, "part": self.part,
            "whole": self.whole, "excluded": self.excluded, "excluded_label": self.figure.excluded_label or None,
            "rate": self.rate, "rounding": self.rounding if self.figure.is_rate else None,
            "since": self.period.since.isoformat(), "until": self.period.until.isoformat(),
            "as_of": self.period.as_of.isoformat(),
        }  # fmt: skip


def read(figure: Figure, period: Period, book: Book) -> Reading:
    """Count a figure for a period; its rounding rule is the congress's."""
    rule, digits = str(book.option("option.rate_rounding")), int(book.option("option.rate_digits"))  # type: ignore[arg-type]
    part = evidence(figure, period, PART).count()
    whole = evidence(figure, period, WHOLE).count() if figure.whole else None
    excluded = evidence(figure, period, EXCLUDED).count() if figure.excluded else None
    rate = percent(part, whole, rule=rule, digits=digits) if whole is not None else None
    return Reading(figure, period, part, whole, excluded, rate, RULE_NAMES.get(rule, HALF_UP))


def evidence(figure: Figure, period: Period, which: str) -> Any:
    """The rows that were counted: the same query, listed.

    :raises LookupError: when the figure has no such side.
    """
    query = {PART: figure.part, WHOLE: figure.whole, EXCLUDED: figure.excluded}.get(which)
    if query is None:
        raise LookupError(f"{figure.key} has no {which}")
    return query(period)
