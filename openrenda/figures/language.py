"""The words of the figures room: what is counted (Population), what is asked of each row (a fact), and the Figure itself.

A figure's part, whole and excluded rows are conditions over named facts of one population. So a part is always inside its
whole, what is left out is never in it, and both sides of a rate are counted in the same unit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from openrenda.languages import Labelled

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Rows = QuerySet[Any]

PART, WHOLE, EXCLUDED = "part", "whole", "excluded"
SIDES = (PART, WHOLE, EXCLUDED)
EVERY = Q()
"""All rows of the population."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included, as known on ``as_of``. It may start at a session rather than on 1 January.

    With ``session`` (a session's id) the set is what belongs to that session, whenever it was received.
    """

    since: date
    until: date
    as_of: date
    name: str = ""
    session: Any = None
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Conditions that several facts have in common, made once while the period is in hand (see :func:`.asof.once`)."""

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError(_("统计期间的起始日期晚于截止日期。"))

    @property
    def end(self) -> date:
        """The last day that counts: nothing after ``as_of`` was known."""
        return min(self.until, self.as_of)

    @property
    def unfinished(self) -> bool:
        """Whether the period was still running on the day: it must not be compared with whole ones."""
        return self.as_of < self.until

    def within(self, since: date, until: date, name: str) -> Period:
        """A part of this period, known as of the same day."""
        return replace(self, since=since, until=until, name=name)


def in_year(year: int, as_of: date) -> Period:
    """The calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), as_of, name=_("%(year)s年") % {"year": year})


def in_session_of(session: Any, as_of: date) -> Period:
    """Everything that belongs to a session and the time after it, until the day."""
    return Period(session.since, max(session.since, as_of), as_of, name=str(session), session=session.pk)


@dataclass(frozen=True, slots=True)
class Unit(Labelled):
    """What is counted: 件, 次, 人次, 项. ``parts``: how many of what is stored make one; sums are rounded half up to whole ones."""

    key: str
    label: str
    parts: int = 1

    def whole(self, stored: int) -> int:
        """So many whole ones: 250 yuan of 25 000 fen."""
        return (2 * stored + self.parts) // (2 * self.parts) if self.parts > 1 else stored


CASES = Unit("case", "件")
ITEMS = Unit("item", "项")
TIMES = Unit("time", "次")
PERSON_TIMES = Unit("person_time", "人次")
PERSONS = Unit("person", "名")
# Money is stored in fen.
YUAN = Unit("yuan", "元", parts=100)


@dataclass(frozen=True, slots=True)
class Shown(Labelled):
    """One column of the list behind a number: its label and its path from the row."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a split: its key in addresses, its label, the stored values it gathers, and its own period in a trend."""

    key: str
    label: str
    values: tuple[Any, ...]
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Split(Labelled):
    """One way to divide a figure. ``by`` is the expression to group by, ``groups`` puts the values found into their fixed order.

    ``handled``: counted for each handler (see :class:`Population`). ``widen`` gives the period of a trend.
    """

    key: str
    label: str
    by: Callable[[Period], Any]
    groups: Callable[[Period, Collection[Any]], list[Group]]
    handled: bool = False
    note: str = ""
    trend: bool = False
    widen: Callable[[Period], Period] | None = None


@dataclass(frozen=True, slots=True)
class Population(Labelled):
    """What is counted: rows that belong to a matter (``matter`` is a foreign key of theirs), and the facts asked of each.

    ``handled`` are the same rows once for each handler, with its id as ``handler``: a suggestion given to three organs counts
    once in ``rows`` and once for each of the three there. A fact is a condition on a row, true or false as of the period's end.
    ``weight`` is a number of each row, for rows that stand for several: fifteen residents at one reception are one row and fifteen person-times.
    """

    key: str
    label: str
    unit: Unit
    rows: Callable[[Period], Rows]
    facts: Mapping[str, Callable[[Period], Any]] = field(default_factory=dict)
    handled: Callable[[Period], Rows] | None = None
    splits: tuple[Split, ...] = ()
    columns: tuple[Shown, ...] = ()
    beside: tuple[str, ...] = ()
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Figure(Labelled):
    """A number with its formula and its list.

    Without ``whole`` the figure is a count, with it a rate: the share of the whole that meets ``part`` too. ``excluded`` are the
    rows left out of the whole, shown beside it. ``definition`` is raised when the meaning changes, so that a frozen figure
    keeps saying what it meant. With ``measure``, a number of each row, the figure is a mean: the sum over the part, divided by its rows.
    """

    key: str
    label: str
    formula: str
    population: Population
    part: Q = EVERY
    whole: Q | None = None
    excluded: Q | None = None
    part_label: str = ""
    whole_label: str = ""
    excluded_label: str = ""
    label_en: str = ""
    basis: str = "SUG-19"
    group: str = ""
    definition: int = 1
    measure: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a share of a whole."""
        return self.whole is not None

    @property
    def is_divided(self) -> bool:
        """Whether it is a share or a mean, which is rounded by a rule."""
        return self.is_rate or bool(self.measure)

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return self.population.unit

    @property
    def formula_words(self) -> str:
        """The formula in the language now spoken."""
        return _(self.formula)

    def side_words(self, side: str) -> str:
        """What a side of the figure is called in the language now spoken; nothing where it has no name of its own."""
        label = {PART: self.part_label, WHOLE: self.whole_label, EXCLUDED: self.excluded_label}[side]
        return _(label) if label else ""

    def facts(self) -> frozenset[str]:
        """The names of the facts that its conditions ask for."""
        asked = {name for side in (self.part, self.whole, self.excluded) if side is not None for name in _names(side)}
        return frozenset(asked)


def _names(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        else:
            yield str(child[0]).split("__")[0]  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class FigureSet(Labelled):
    """Figures read together: a report, or a table of organs. ``by_organ`` adds a row an organ, ``years`` a column a year for each.

    ``parts`` divides them into tables of their own, each with its words.
    """

    key: str
    label: str
    label_en: str = ""
    figures: tuple[str, ...] = ()
    basis: str = "SUG-19"
    by_organ: bool = False
    years: bool = False
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
