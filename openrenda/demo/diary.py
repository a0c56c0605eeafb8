"""The planned life of one suggestion, written like a diary: who does which step on which day with what."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .cast import Cast
from .matters import Suggestion
from .phrases import Words
from .replies import Pen, ReplyText

# Steps that the engine takes itself: its kin steps and its clocks. The loader lets them happen.
ENGINE = "engine"
DEPUTY_OFFICE = ("deputy_office", "deputy_commission")
GOVERNMENT_OFFICE = ("government_office", "supervision_office")

Working = Callable[[date], bool]


def is_weekday(day: date) -> bool:
    """Monday to Friday: the working days when nobody gave a better calendar."""
    return day.weekday() < 5


@dataclass(frozen=True)
class PlannedStep:
    """One step: its key, the seat and holder that take it, the day, and what is recorded.

    ``target`` says on which matter: empty for the suggestion itself, ``split``, ``converted``, ``task``, ``assist:organ``,
    ``part:organ`` or ``promise:number`` for a matter it opened. ``agent``: entered by the deputies' office for the deputy, with proof.
    """

    step: str
    seat: str
    holder: str
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    agent: bool = False


@dataclass
class Archive:
    """What the plans share: letter numbers of each organ and year, and replies that others may copy."""

    letters: dict[tuple[str, int], int] = field(default_factory=dict)
    replies: dict[str, list[ReplyText]] = field(default_factory=dict)

    def next_number(self, organ: str, year: int) -> int:
        """The organ's next letter of the year."""
        self.letters[organ, year] = self.letters.get((organ, year), 0) + 1
        return self.letters[organ, year]


class Diary:
    """Writes the steps of one suggestion in the order of their days."""

    def __init__(
        self, cast: Cast, suggestion: Suggestion, chance: random.Random, archive: Archive, working: Working = is_weekday
    ) -> None:
        self.cast, self.suggestion, self.chance, self.archive = cast, suggestion, chance, archive
        self.working = working
        self.words = Words(chance, suggestion.place.words)
        self.day = self.worked(suggestion.raised_on)
        self.target = ""
        self.organ = suggestion.lead
        self.steps: list[PlannedStep] = []
        # How many promises were made so far, by the matter in whose reply.
        self.promised: dict[str, int] = {}
        self._pens: dict[str, Pen] = {}

    # Days

    def worked(self, day: date) -> date:
        """This day, or the next one that is worked."""
        while not self.working(day):
            day += timedelta(days=1)
        return day

    def wait(self, low: int, high: int | None = None) -> date:
        """Go on by some working days and return the new day."""
        for _ in range(self.chance.randint(low, high if high is not None else low)):
            self.day = self.worked(self.day + timedelta(days=1))
        return self.day

    def back(self, days: int) -> date:
        """A worked day before this one."""
        day = self.day - timedelta(days=days)
        while not self.working(day):
            day -= timedelta(days=1)
        return day

    # Steps

    def take(
        self, step: str, who: tuple[str, str], target: str | None = None, *, agent: bool = False, **data: Any
    ) -> None:
        """Write a step down for the day reached."""
        where = self.target if target is None else target
        self.steps.append(PlannedStep(step, *who, self.day, data, where, agent))

    def engine(self, step: str) -> None:
        """A step that will happen by itself on the day reached."""
        self.take(step, (ENGINE, ""))

    @property
    def sponsor(self) -> tuple[str, str]:
        """Who leads: a deputy, or the head of a delegation."""
        if self.suggestion.delegation:
            return ("delegation_head", self.suggestion.delegation)
        return ("deputy", self.suggestion.proposer)

    def staff(self, seat: str) -> tuple[str, str]:
        """A seat of the organ that handles now: ``clerk``, ``office``, ``head`` or ``chief``."""
        return (f"organ_{seat}", self.organ)

    @property
    def pen(self) -> Pen:
        """The pen of the organ that handles now."""
        return self.pen_of(self.organ)

    def pen_of(self, organ: str) -> Pen:
        """An organ's pen; the same one whenever it writes about this suggestion."""
        if organ not in self._pens:
            self._pens[organ] = Pen(self.cast, self.suggestion, Words(self.chance, self.suggestion.place.words), organ)
        return self._pens[organ]

    @property
    def by_government(self) -> bool:
        """Whether the government's office hands this over."""
        return self.cast.organ_by_key[self.organ].kind in ("department", "street", "town")

    def likely(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share
