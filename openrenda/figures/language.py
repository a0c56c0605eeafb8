"""The word Figure: a part, a whole, what is left out, and the formula as it is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included, as known on ``as_of``. It may start at a session rather than on 1 January."""

    since: date
    until: date
    as_of: date
    name: str = ""
    session: Any = None

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError("统计期间的起始日期晚于截止日期。")

    @property
    def end(self) -> date:
        """The last day that counts: nothing after ``as_of`` was known."""
        return min(self.until, self.as_of)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: 件, 次, 人次, 项."""

    key: str
    label: str


CASES = Unit("case", "件")
ITEMS = Unit("item", "项")
TIMES = Unit("time", "次")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its formula and its list.

    ``part`` and ``whole`` make query sets of matters (or of what belongs to them) for a period; without ``whole`` the figure is a
    count, with it a rate. ``excluded`` are the rows left out of the whole, shown beside it. ``definition`` is raised when the
    meaning changes, so that a frozen figure keeps saying what it meant.
    """

    key: str
    label: str
    formula: str
    part: Callable[[Period], Rows]
    whole: Callable[[Period], Rows] | None = None
    excluded: Callable[[Period], Rows] | None = None
    excluded_label: str = ""
    label_en: str = ""
    unit: Unit = CASES
    basis: str = "SUG-19"
    group: str = ""
    split: str = ""
    definition: int = 1
    whole_label: str = ""
    part_label: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a share of a whole."""
        return self.whole is not None
