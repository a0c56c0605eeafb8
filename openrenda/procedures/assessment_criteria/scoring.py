"""An organ's score: computed from the stored criteria and the records as of a day, by whoever asks, and stored nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from openrenda.figures import Period, Reading, read_all
from openrenda.figures.registry import figure

from .records import Criterion

CENTS = Decimal("0.01")
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion with its figure for the organ and the points it gave; None where there was nothing to measure."""

    criterion: Criterion
    reading: Reading
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Score:
    """All criteria of an organ, and the total out of a hundred over those that could be measured."""

    rows: tuple[Scored, ...]

    @property
    def total(self) -> Decimal | None:
        """The points got, out of the weights of what could be measured; None when nothing could."""
        measured = [row for row in self.rows if row.points is not None]
        weights = sum(row.criterion.weight for row in measured)
        if not weights:
            return None
        points = sum((row.points for row in measured if row.points is not None), Decimal())
        return (points * WHOLE / weights).quantize(CENTS, rounding=ROUND_HALF_UP)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "total": None if self.total is None else str(self.total),
            "criteria": [
                {
                    "figure": row.criterion.figure, "way": row.criterion.way, "weight": row.criterion.weight,
                    "part": row.reading.part, "whole": row.reading.whole,
                    "points": None if row.points is None else str(row.points),
                }
                for row in self.rows
            ],
        }  # fmt: skip


def score(criteria: Sequence[Criterion], organ: UUID, period: Period) -> Score:
    """The organ's score for a period, as known on the period's day."""
    readings = read_all([figure(row.figure) for row in criteria], period, (organ,))
    return Score(tuple(Scored(row, read, points(row, read)) for row, read in zip(criteria, readings, strict=True)))


def points(criterion: Criterion, reading: Reading) -> Decimal | None:
    """What a reading is worth under a criterion."""
    weight = Decimal(criterion.weight)
    if criterion.way == "each":
        return max(Decimal(), weight - criterion.points * reading.part)
    if not reading.whole:
        return None
    share = Decimal(reading.part) / Decimal(reading.whole)
    return (weight * (share if criterion.way == "share" else 1 - share)).quantize(CENTS, rounding=ROUND_HALF_UP)
