"""An organ's score: computed from the stored criteria and the records as of a day, by whoever asks, and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from openrenda.docket.situation import book_of
from openrenda.figures import Period, Reading, read_all, split_all
from openrenda.figures.counting import nothing
from openrenda.figures.groups import NONE_KEY
from openrenda.figures.reading import reading
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.tenancy import current_congress_id

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
    return _score(criteria, read_all([figure(row.figure) for row in criteria], period, (organ,)))


def scores(criteria: Sequence[Criterion], period: Period) -> list[tuple[str, str, Score]]:
    """The score of every organ that any criterion speaks of: its key, its name and the score, in the order of the register."""
    divided = split_all([figure(row.figure) for row in criteria], period, "organ")
    readings: dict[str, dict[str, Reading]] = {}
    names: dict[str, str] = {}
    for key, slices in divided.items():
        for part in slices:
            names[part.key] = part.label
            readings.setdefault(part.key, {})[key] = part.reading
    known = [
        str(pk)
        for pk in Organ.objects.filter(pk__in=[k for k in names if k != NONE_KEY])
        .order_by("position", "code")
        .values_list("pk", flat=True)
    ]
    return [(key, names[key], _score(criteria, _whole_row(criteria, readings[key], period))) for key in known]


def _whole_row(criteria: Sequence[Criterion], found: dict[str, Reading], period: Period) -> list[Reading]:
    """A reading for every criterion; where the organ has no row in a population, one of nothing."""
    book = book_of(current_congress_id())
    rows = [(row.figure, figure(row.figure)) for row in criteria]
    return [found.get(key) or reading(one, period, nothing(one), book) for key, one in rows]


def _score(criteria: Sequence[Criterion], readings: Iterable[Reading]) -> Score:
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
