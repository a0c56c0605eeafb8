"""Then and now: a frozen figure beside what the same figure says today for the same period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from openrenda.docket.models import Matter

from ..language import Figure, Period
from ..models import FrozenFigure, FrozenItem
from ..reading import Reading, read_all
from ..rounding import RULE_NAMES
from .naming import catalogue
from .parsing import TYPED

NOTHING = "—"
RULES = {name: rule for rule, name in RULE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen figure, what it says now, and in words what became of its definition."""

    frozen: FrozenFigure
    figure: Figure | None
    now: Reading | None
    redefined: str

    @property
    def value_now(self) -> str:
        """The number as it would be printed today, rounded as it was then; a dash for what is not counted any more."""
        if self.now is None:
            return NOTHING
        if self.frozen.rate == NOTHING:
            return self.now.value
        if self.frozen.rate:
            return self.now.divided(rule=RULES[self.frozen.rounding], digits=_digits(self.frozen.rate)) or NOTHING
        count = self.now.count(self.frozen.side)
        return f"{count}{self.frozen.unit}" if count is not None else NOTHING

    @property
    def value_then(self) -> str:
        """The number as it was worked out on issue."""
        if self.frozen.kind == TYPED:
            return self.frozen.printed
        count = {"part": self.frozen.part, "whole": self.frozen.whole, "excluded": self.frozen.excluded}[
            self.frozen.side
        ]
        return self.frozen.rate or f"{count}{self.frozen.unit}"

    @property
    def changed(self) -> bool:
        """Whether the records say something else now."""
        if self.now is None:
            return False
        frozen = (self.frozen.part, self.frozen.whole, self.frozen.excluded)
        return frozen != (self.now.part, self.now.whole, self.now.excluded) or self.value_then != self.value_now


def _digits(printed: str) -> int:
    """How many decimals a percentage or a mean was printed with."""
    return len(printed.removesuffix("%").partition(".")[2])


def compared(rows: Iterable[FrozenFigure], today: date) -> list[Comparison]:
    """Each frozen figure with today's reading. One query a period and population."""
    listed, known = list(rows), catalogue()
    wanted: dict[Period, dict[str, Figure]] = {}
    for row in listed:
        if row.key in known and row.kind != TYPED:
            wanted.setdefault(_now(row, today), {})[row.key] = known[row.key]
    readings = {
        (period, key): reading
        for period, figures in wanted.items()
        for key, reading in zip(figures, read_all(figures.values(), period), strict=True)
    }
    return [
        Comparison(
            row, known.get(row.key), readings.get((_now(row, today), row.key)), _redefined(row, known.get(row.key))
        )
        for row in listed
    ]


def _now(row: FrozenFigure, today: date) -> Period:
    until = max(row.until, today) if row.session else row.until
    return Period(row.since, until, max(row.as_of, today), session=row.session)


def _redefined(row: FrozenFigure, figure: Figure | None) -> str:
    if row.kind == TYPED:
        return ""
    if figure is None:
        return _("这一统计项现在已经不用了。")
    if (figure.definition, figure.formula) != (row.definition, row.formula):
        words = {"then": row.definition, "now": figure.definition, "formula": figure.formula}
        return _("口径已从第%(then)s版改为第%(now)s版：%(formula)s") % words
    return ""


def gone(items: Iterable[FrozenItem]) -> frozenset[UUID]:
    """Of these items, the matters whose records were removed at the end of their time."""
    wanted = {item.evidence for item in items}
    return frozenset(wanted - set(Matter.objects.filter(pk__in=wanted).values_list("pk", flat=True)))
