"""Time is an actor: clocks that run out take their declared step, and reminders go out at declared distances.

Running it twice on a day changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from openrenda.tenancy import congress_scope, current_congress_id

from . import registry
from .actor import the_clock, the_kin
from .engine import act
from .language import Step
from .models import Matter, OutboxEntry, RunningClock
from .models.clock import UNPRESSING
from .refusals import Refusal
from .situation import book_of

REMINDER = "reminder"


def run_clocks(congress_id: object, today: date | None = None) -> int:
    """Take the steps of the congress's clocks that have run out, then remind.

    :return: how many steps were taken and reminders written.
    """
    day = today or timezone.localdate()
    with congress_scope(congress_id):
        taken = sum(1 for clock in list(_run_out(day)) if _take(clock))
        return taken + sum(1 for parent, step in list(_forgotten()) if _conclude(parent, step)) + _remind(day)


def _run_out(day: date) -> Iterator[RunningClock]:
    open_clocks = RunningClock.objects.filter(stopped_on=None, paused_on=None, due_on__lt=day).exclude(takes="")
    yield from open_clocks.select_related("matter").order_by("due_on", "id")


def _take(clock: RunningClock) -> bool:
    """Take the clock's step; a matter that has moved on meanwhile, or bars the step, is left as it is."""
    matter = Matter.objects.get(pk=clock.matter_id)
    try:
        act(matter, clock.takes, by=the_clock(current_congress_id()), key=f"clock:{clock.pk}")
    except Refusal:
        return False
    return True


def _forgotten() -> Iterator[tuple[Matter, Step]]:
    """Parents whose last two children closed in the same instant, so that neither saw the other closed."""
    children = Matter.objects.filter(parent_id=OuterRef("pk"))
    for table in registry.procedures():
        waiting = {s.key: step for s in table.states if (step := registry.step_after_children(table, s.key))}
        parents = Matter.objects.filter(Exists(children), procedure=table.key, state__in=sorted(waiting))
        for parent in parents.filter(~Exists(children.filter(closed_on=None))) if waiting else ():
            yield parent, waiting[parent.state]


def _conclude(parent: Matter, step: Step) -> bool:
    try:
        act(parent, step.key, by=the_kin(current_congress_id()))
    except Refusal:
        return False
    return True


def _remind(day: date) -> int:
    """Write a reminder for each clock at each declared distance from its due day, once."""
    written = 0
    clocks = RunningClock.objects.filter(stopped_on=None, paused_on=None).exclude(limit__in=UNPRESSING)
    for clock in clocks.filter(due_on__lte=_horizon(day)).select_related("matter").iterator():
        distance = _distance(clock, day)
        if distance is not None:
            written += _write_reminder(clock, distance)
    return written


def _horizon(day: date) -> date:
    """Far enough ahead for any distance of at most thirty working days."""
    return date.fromordinal(day.toordinal() + 60)


def _distance(clock: RunningClock, day: date) -> int | None:
    """The smallest declared distance that has been reached; negative once the due day has passed."""
    book = book_of(current_congress_id())
    distances = sorted(int(number) for number in book.option("option.reminder_days"))
    if day > clock.due_on:
        return -1
    left = book.calendar.working_days_between(day, clock.due_on)
    return next((number for number in distances if left <= number), None)


def _write_reminder(clock: RunningClock, distance: int) -> int:
    declared = next((c for c in registry.procedure(clock.procedure).clocks if c.key == clock.key), None)
    if declared is None:
        return 0
    entry = OutboxEntry(
        congress_id=clock.congress_id, matter=clock.matter, kind=REMINDER, offices=[declared.whose.key],
        detail={"clock": clock.key, "due_on": clock.due_on.isoformat(), "distance": distance},
        created_at=timezone.now(), once=f"{clock.pk.hex}:{clock.due_on:%y%m%d}:{distance}",
    )  # fmt: skip
    made = OutboxEntry.objects.filter(once=entry.once).exists()
    if not made:
        OutboxEntry.objects.bulk_create([entry], ignore_conflicts=True)
    return int(not made)
