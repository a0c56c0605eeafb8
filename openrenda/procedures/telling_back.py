"""What came of what residents said is told back by itself (A15, C04): whatever a deputy raised from an opinion, or residents joined, tells
theirs when it is answered, and when it goes no further.

Which step of a matter tells is said in its own table (``opens``), which step it is there in the other one (``After(LINKED, …)``, decision
0009). Neither knows the other's records: what is told are words for the resident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from openrenda.docket.language import LINKED, Spreading, Taking
from openrenda.docket.models import Link, Matter
from openrenda.docket.situation import Situation

RAISED_FROM, FOUND_IN, JOINED = "came_from", "found_in", "joins"
# What came of it, as the resident is told.
SOLVED, PROMISED, EXPLAINED, IMPOSSIBLE = "solved", "promised", "explained", "impossible"
OUTCOME, NO_OUTCOME = "learn_outcome", "go_on_without"
PROBLEM_SOLVED, PROBLEM_DROPPED, TOPIC_OVER = "learn_solved", "go_on_unsolved", "topic_over"
LONGEST_ANSWER = 5000
# Of more than these nobody waits for the step that tells them: thousands may have joined, and the worker sees to them.
AT_ONCE = 5
BACK, FORTH = (RAISED_FROM, FOUND_IN), (JOINED,)
Told = Taking | Spreading


@dataclass(frozen=True)
class Outcome:
    """What is told: the words, what came of it (one of the words above), whose answer it is, and the day that was promised."""

    answer: str
    result: str
    by: str
    due_by: str = ""


def tell_outcome(
    situation: Situation, outcome: Callable[[], Outcome], *, anew: bool = True, step: str = OUTCOME
) -> Iterator[Told]:
    """Tell what came of it; the words are asked for where there is somebody to be told.

    :param anew: tell those too who have an answer already: this one is newer.
    """
    told: dict[str, str] = {}
    for back, rows in _linked(situation):
        if len(rows) > AT_ONCE:
            told = told or _as_data(outcome())
            yield Spreading(BACK if back else FORTH, step, told, back=back, anew=anew)
            continue
        for matter in (row for row in rows if _follows(row, step)):
            target = matter.table.step(step).target
            if anew or target is None or matter.state != target.key:
                told = told or _as_data(outcome())
                yield Taking(matter.pk, step, told)


def _as_data(outcome: Outcome) -> dict[str, str]:
    data = {"answer": outcome.answer[:LONGEST_ANSWER], "result": outcome.result, "answered_by": outcome.by[:200]}
    return data | ({"due_by": outcome.due_by} if outcome.due_by else {})


def tell_that_it_ended(situation: Situation, reason: str, *, step: str = NO_OUTCOME) -> Iterator[Told]:
    """Tell that it goes no further, so that whoever has the opinion goes on with it."""
    for back, rows in _linked(situation):
        if len(rows) > AT_ONCE:
            yield Spreading(BACK if back else FORTH, step, {"reason": reason}, back=back)
            continue
        for matter in (row for row in rows if _follows(row, step)):
            yield Taking(matter.pk, step, {"reason": reason})


def topic_ended(situation: Situation) -> Iterator[Told]:
    """A supervision, inspection, meeting or reception day is over: whoever keeps an opinion that it took up answers its resident.

    What was found is not told by itself: it was said of many opinions, and not to their residents.
    """
    words = gettext("“%(title)s”已经结束，请把结果答复群众。") % {"title": situation.matter.title}
    return tell_that_it_ended(situation, words, step=TOPIC_OVER)


def _linked(situation: Situation) -> Iterator[tuple[bool, list[Matter]]]:
    """The matters it was raised from, and those that joined it; no more than show that they are many. Two queries."""
    matter = situation.matter.pk
    origins = Link.objects.filter(matter=matter, kind__in=BACK).values("origin")
    joining = Link.objects.filter(origin=matter, kind__in=FORTH).values("matter")
    for back, keys in ((True, origins), (False, joining)):
        # In no order: thousands are not to be sorted in order to see that they are many.
        rows = Matter.objects.filter(pk__in=keys).order_by()[: AT_ONCE + 1]
        yield back, sorted(rows, key=lambda row: (row.opened_on, row.pk))


def _follows(matter: Matter, key: str) -> bool:
    step = matter.table.known_step(key)
    return bool(step and step.after and step.after.whom == LINKED and matter.state in {s.key for s in step.sources})
