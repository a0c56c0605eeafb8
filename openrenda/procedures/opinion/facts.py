"""What the figures of opinions ask of each one, true or false as of the end of a period; the acts and the clocks answer.

An opinion belongs to the day on which it was said. Silence is counted as silence: whoever was answered and gave no word is neither
satisfied nor dissatisfied.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from openrenda.docket.models import Act, RunningClock
from openrenda.figures import Period
from openrenda.figures.asof import acts_by, among

from . import words
from .records import Opinion

KEY = "opinion"
ANSWERING = ("answer", "release", "hotline_answer", "upper_answer", "tell_outcome", "learn_outcome", "learn_solved")
RATING = ("rate", "rate_for", "rate_late")
HANDING = ("hand", "to_hotline", "send_up", "raise_suggestion")

Rows = QuerySet[Any]


def received(period: Period) -> Rows:
    """Opinions said in the period. Joining a public matter is no opinion of its own; messages of past years were said to the city."""
    said = Opinion.objects.filter(heard_on__gte=period.since, heard_on__lte=period.end, joined=None)
    return said.exclude(channel=words.PAST)


def acted(*steps: str) -> Any:
    """One of the steps was taken by the end of the period."""
    return lambda period: among(acts_by(period, KEY, *steps))


def _last(period: Period, of: tuple[str, ...], *, undone: tuple[str, ...] = ()) -> QuerySet[Act]:
    """The last of those acts, where none that undoes it came after."""
    later = acts_by(period, KEY, *of, *undone).filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return acts_by(period, KEY, *of).filter(~Exists(later))


def answered(period: Period) -> Q:
    """The resident has an answer, and it was not opened anew since."""
    return among(_last(period, ANSWERING, undone=("reopen",)))


def in_time(period: Period) -> Q:
    """Answered, and the time to answer had not run out when it was first answered."""
    stopped = RunningClock.objects.filter(procedure=KEY, key="answer", stopped_on__lte=F("due_on"))
    return answered(period) & among(stopped)


def rated(period: Period) -> Q:
    """The resident gave her word."""
    return acted(*RATING)(period)


def says(name: str, *values: str) -> Any:
    """Her last word holds one of these."""
    return lambda period: among(_last(period, RATING).filter(**{f"data__{name}__in": list(values)}))


def silent(period: Period) -> Q:
    """Answered, the time for her word over, and no word given."""
    return acted("close_silent")(period) & ~rated(period)


SOLVED = says("solved", words.YES)
SATISFIED = says("attitude", words.GOOD, words.FAIR)
