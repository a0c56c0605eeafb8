"""What came of what residents said is told back by itself (A15, C04): whatever a deputy raised from an opinion, or residents joined, tells
theirs when it is answered, and when it goes no further.

Which step of a matter tells is said in its own table (``opens``), which step it is there in the other one (``After(LINKED, …)``, decision
0009). Neither knows the other's records: what is told are words for the resident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from openrenda.docket.language import LINKED, Taking
from openrenda.docket.models import Link, Matter
from openrenda.docket.situation import Situation

RAISED_FROM, FOUND_IN, JOINED = "came_from", "found_in", "joins"
# What came of it, as the resident is told.
SOLVED, PROMISED, EXPLAINED, IMPOSSIBLE = "solved", "promised", "explained", "impossible"
OUTCOME, NO_OUTCOME = "learn_outcome", "go_on_without"
PROBLEM_SOLVED, PROBLEM_DROPPED, TOPIC_OVER = "learn_solved", "go_on_unsolved", "topic_over"
LONGEST_ANSWER = 5000


@dataclass(frozen=True)
class Outcome:
    """What is told: the words, what came of it (one of the words above), whose answer it is, and the day that was promised."""

    answer: str
    result: str
    by: str
    due_by: str = ""


def tell_outcome(
    situation: Situation, outcome: Callable[[], Outcome], *, anew: bool = True, step: str = OUTCOME
) -> Iterator[Taking]:
    """Tell what came of it; the words are asked for where there is somebody to be told.

    :param anew: tell those too who have an answer already: this one is newer.
    """
    told: dict[str, str] = {}
    for matter in _listening(situation, step):
        target = matter.table.step(step).target
        if anew or target is None or matter.state != target.key:
            told = told or _as_data(outcome())
            yield Taking(matter.pk, step, told)


def _as_data(outcome: Outcome) -> dict[str, str]:
    data = {"answer": outcome.answer[:LONGEST_ANSWER], "result": outcome.result, "answered_by": outcome.by[:200]}
    return data | ({"due_by": outcome.due_by} if outcome.due_by else {})


def tell_that_it_ended(situation: Situation, reason: str, *, step: str = NO_OUTCOME) -> Iterator[Taking]:
    """Tell that it goes no further, so that whoever has the opinion goes on with it."""
    for matter in _listening(situation, step):
        yield Taking(matter.pk, step, {"reason": reason})


def topic_ended(situation: Situation) -> Iterator[Taking]:
    """A supervision, inspection, meeting or reception day is over: whoever keeps an opinion that it took up answers its resident.

    What was found is not told by itself: it was said of many opinions, and not to their residents.
    """
    words = gettext("“%(title)s”已经结束，请把结果答复群众。") % {"title": situation.matter.title}
    return tell_that_it_ended(situation, words, step=TOPIC_OVER)


def _listening(situation: Situation, step: str) -> list[Matter]:
    """The matters it was raised from and those that joined it, as far as their tables have that step from where they stand. One query."""
    matter = situation.matter.pk
    origins = Link.objects.filter(matter=matter, kind__in=(RAISED_FROM, FOUND_IN)).values("origin")
    joining = Link.objects.filter(origin=matter, kind=JOINED).values("matter")
    found = Matter.objects.filter(Q(pk__in=origins) | Q(pk__in=joining)).order_by("opened_on", "id")
    return [row for row in found if _follows(row, step)]


def _follows(matter: Matter, key: str) -> bool:
    step = matter.table.known_step(key)
    return bool(step and step.after and step.after.whom == LINKED and matter.state in {s.key for s in step.sources})
