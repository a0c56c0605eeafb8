"""What the figures of promises ask of each one, true or false as of the end of a period; the acts and the clocks answer.

A promise belongs to the day on which the reply was signed; with a session, to the session of its suggestion. Reported, confirmed
and due are three things: the organ says it is kept, a deputy (or the recorded inspection) says so, and the day has come.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When

from openrenda.docket.models import RunningClock
from openrenda.figures import Period
from openrenda.figures.asof import acts_by, among, parties_at

from .records import STREET, Commitment

KEY = "commitment"
REPORTING = ("report", "bring_over_kept")
CONFIRMING = ("confirm", "inspect_kept")
UNDOING = ("deny", "inspect_not_kept", "reopen")
WORDS = (*REPORTING, *CONFIRMING, *UNDOING)
POSTPONING = ("grant", "grant_as_deputy")
JUDGING = ("confirm", "deny")

Rows = QuerySet[Any]


def promised(period: Period) -> Rows:
    """Promises made in the period, or in replies to suggestions of the session."""
    known = Commitment.objects.filter(promised_on__lte=period.end)
    if period.session is not None:
        return known.filter(suggestion__suggestion__session=period.session)
    return known.filter(promised_on__gte=period.since)


def handled(period: Period) -> Rows:
    """The same with the organ whose promise it was on the last day: a promise goes over to the successor of an organ."""
    then = Subquery(parties_at(period, "handler").values("holder")[:1], output_field=UUIDField())
    return promised(period).annotate(
        handler=Case(When(Exists(parties_at(period, "handler")), then=then), default=F("organ_id"))
    )


def acted(period: Period, *steps: str) -> Q:
    """One of the steps was taken by the end of the period."""
    return among(acts_by(period, KEY, *steps))


def last_word(period: Period, *steps: str) -> Q:
    """The last word on whether it is kept was one of these."""
    later = acts_by(period, KEY, *WORDS).filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return among(acts_by(period, KEY, *steps).filter(~Exists(later)))


def reported(period: Period) -> Q:
    """The organ says it is kept, and nobody has said the contrary since."""
    return last_word(period, *REPORTING, *CONFIRMING)


def confirmed(period: Period) -> Q:
    """A deputy has said so, or the inspection where no deputy was left; and it was not opened anew since."""
    return last_word(period, *CONFIRMING)


def by_inspection(period: Period) -> Q:
    """The last word was the inspection's."""
    return last_word(period, "inspect_kept")


def past_due(period: Period) -> Q:
    """The day that held then had come: a clock for each day that was ever promised, the later one after the earlier."""
    clocks = RunningClock.objects.filter(procedure=KEY, key="due", started_on__lte=period.end)
    still_to_come = among(clocks.filter(due_on__gte=period.end))
    without_clock = ~among(RunningClock.objects.filter(procedure=KEY, key="due")) & Q(due_on__lt=period.end)
    return (among(clocks.filter(due_on__lt=period.end)) & ~still_to_come) | without_clock


def judged(period: Period) -> Q:
    """A deputy judged whether it was kept; an inspection is nobody's judgement."""
    return acted(period, *JUDGING)


def satisfied(period: Period) -> Q:
    """Her last judgement of how it was kept was satisfied or basically satisfied: that is what confirming takes."""
    later = acts_by(period, KEY, *JUDGING).filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return among(acts_by(period, KEY, "confirm").filter(~Exists(later)))


def level(period: Period) -> Any:
    """In which of the two ledgers it stood on the last day."""
    return Case(When(Exists(parties_at(period, "keeper")), then=Value(STREET)), default=Value("district"))
