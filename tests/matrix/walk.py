"""Walking the tables: whoever may, does; time passes; and what must always hold is asked after every step."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import time_machine
from django.db.models import Q, QuerySet
from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import HISTORY_SEAT, THE_CLOCK_SEAT, THE_KIN_SEAT, Actor
from openrenda.docket.language import BUILT_IN_STEPS, CHILDREN, LINKED, PARENT, Procedure, Step
from openrenda.docket.models import Act, Link, Matter, RunningClock
from openrenda.docket.offices import holds
from openrenda.docket.reading import reasons_against, switched_on
from openrenda.docket.refusals import Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import District, Mandate, Person, Session, Term
from openrenda.tenancy import congress_scope
from tests import cast as stage
from tests.cast import Cast

from . import examples
from .answers import answers

FIRST_DAY = date(2026, 3, 2)
LAST_DAY = date(2226, 3, 1)
SITTING = timedelta(days=12)
MORE_DEPUTIES = 14
WITHOUT_STREET = 7
STRIDE, VISITS = 5, 6
MEETINGS = 6
# Of what may be done on the spot again and again, a pursuit does each so often; and it waits so often, each time twice as long, while
# nothing else can be done.
MOST_ON_THE_SPOT, MOST_WAITS = 15, 7


def company() -> Cast:
    """The cast, with enough deputies for a bill, a session that begins on the first day, and each procedure's own people."""
    cast = stage.assemble("990401")
    with congress_scope(cast.congress):
        term, district = Term.objects.get(), District.objects.get()
        # A walk waits for many things in turn; no term of office ends on the way.
        Term.objects.update(until=LAST_DAY)
        without_street = District.objects.create(term=term, number=2, name="第二选区", quota=20)
        Session.objects.create(term=term, number=6, since=FIRST_DAY, until=FIRST_DAY + SITTING)
        for number in range(MORE_DEPUTIES):
            person = Person.objects.create(name=f"代表{number}", birth_year=1980)
            mandate = Mandate.objects.create(
                person=person,
                term=term,
                district=without_street if number < WITHOUT_STREET else district,
                since=stage.BEGAN,
                card_number=f"m{number}",
            )
            stage._sit(cast, f"deputy{number}", "deputy", "mandate", mandate.pk, person.name)
        for table in registry.procedures():
            examples.add_people(table.key, cast)
    return cast


class Walk:
    """Matters on their way, the clock on the wall, and how often each row was taken."""

    def __init__(self, cast: Cast, seed: int, wall: time_machine.Coordinates) -> None:
        self.cast, self.pick, self.wall = cast, Random(seed), wall
        means = {key for table in registry.procedures() for key in examples.by_the_way(table.key)}
        taken = Act.objects.exclude(procedure__in=means).values_list("procedure", "step")
        self.taken: Counter[tuple[str, str]] = Counter(taken)
        self.seen = Act.objects.count()
        # As usual, the clerk drafts and the head signs; otherwise whoever may.
        self.usual = True
        # How often somebody does what may be done on the spot before the matter is led on.
        self.lingering = 0.2
        # From which steps of which tables a matter of a kind came, in the order in which that was first seen.
        self.opened_by: dict[str, dict[tuple[str, str], tuple[Procedure, Step]]] = {}

    def shuffled(self) -> list[Actor]:
        """Everybody, in any order."""
        return self.pick.sample(list(self.cast.actors.values()), len(self.cast.actors))

    def open_matters(self) -> list[Matter]:
        """Everything that is not closed."""
        return list(Matter.objects.filter(closed_on=None).order_by("opened_on", "id"))

    def can(self, matter: Matter, step: Step) -> tuple[Actor, dict] | None:  # type: ignore[type-arg]
        """Somebody of the cast who may take the step now, with her answers."""
        known = Situation(matter, self.cast["office"])
        seats = [seat for office in step.offices for seat in office.seats]
        actors = [actor for actor in self.shuffled() if actor.seat in seats]
        if self.usual:
            actors.sort(key=lambda actor: seats.index(actor.seat))
        for actor in actors:
            if not any(holds(office, actor, known.parties) for office in step.offices):
                continue
            situation = Situation(matter, actor)
            if not reasons_against(situation, step):
                typed = answers(situation, step, self.pick, self.cast)
                if typed is not None:
                    return actor, typed
        return None

    def take(self, matter: Matter, step: Step) -> bool:
        """Take the step if somebody can; answers that any form would accept must be accepted."""
        found = self.can(matter, step)
        if found is None:
            return False
        actor, typed = found
        before = set(came_of(matter).values_list("pk", flat=True)) if step.opens else set()
        try:
            docket.act(matter, step.key, by=actor, data=typed)
        except Refused:
            return False
        if step.opens:
            for child in came_of(matter).exclude(pk__in=before):
                self.opened_by.setdefault(child.procedure, {})[matter.procedure, step.key] = (matter.table, step)
        self.note(matter)
        return True

    def open(self, table: Procedure, step: Step) -> Matter | None:
        """Open a matter by a step that somebody of the cast may take."""
        for actor in self.shuffled():
            if any(actor.seat in office.seats and not office.relation for office in step.offices):
                situation = docket.engine.begin(table.key, actor)
                typed = answers(situation, step, self.pick, self.cast)
                if typed is None or reasons_against(situation, step):
                    continue
                try:
                    matter = docket.open_matter(table.key, step.key, by=actor, data=typed).matter
                except Refused:
                    continue
                self.note(matter)
                return matter
        return None

    def wait(self, days: int) -> None:
        """Let days pass; the worker comes by every few of them, some times in all."""
        stride = max(STRIDE, days // VISITS)
        for step in range(0, days, stride):
            self.wall.shift(timedelta(days=min(stride, days - step)))
            docket.run_clocks(self.cast.congress.pk)

    def wait_for(self, matter: Matter) -> None:
        """Let the matter's own clock run out."""
        due = RunningClock.objects.filter(matter=matter, stopped_on=None, paused_on=None).exclude(takes="")
        days = max(((row.due_on - timezone.localdate()).days for row in due), default=0)
        self.wait(min(max(days, 0) + 2, 90))
        self.note(matter)

    def note(self, matter: Matter) -> None:
        """Count what was taken, and ask what must always hold."""
        new = Act.objects.count() - self.seen
        self.seen += new
        self.taken.update(Act.objects.order_by("-id").values_list("procedure", "step")[:new])
        for touched in Matter.objects.filter(pk__in=[matter.pk, *([matter.parent_id] if matter.parent_id else [])]):
            assert_sound(touched)


def came_of(matter: Matter) -> QuerySet[Matter]:
    """The matters that came of this one: its children, and those that lead back to it."""
    linked = Link.objects.filter(origin=matter).values("matter")
    return Matter.objects.filter(Q(parent=matter) | Q(pk__in=linked)).order_by("id")


def assert_sound(matter: Matter) -> None:
    """What holds of every matter at every moment."""
    table, state = matter.table, matter.state_now
    clocks = list(RunningClock.objects.filter(matter=matter))
    pressing = [c.due_on for c in clocks if c.running and c.limit not in ("at_least", "right")]
    assert matter.due_on == min(pressing, default=None)
    assert (matter.closed_on is not None) == state.final
    assert matter.version == Act.objects.filter(matter=matter).count()
    assert matter.head == Act.objects.get(matter=matter, seq=matter.version).hash
    for clock in clocks:
        assert clock.due_on >= clock.started_on or clock.limit == "before_meeting"
        assert clock.stopped_on is None or clock.stopped_on >= clock.started_on
        assert clock.days_late(timezone.localdate()) >= 0
    if any(step.after and step.after.whom == CHILDREN for step in table.steps_from(state.key)):
        assert waits_for_a_child(matter), "all children are closed, the parent is not"


def waits_for_a_child(matter: Matter) -> bool:
    """Whether a matter in a state that children lead out of still has one that is open. Where people lead out of it too, it need not have
    opened any since it came into that state."""
    children = Matter.objects.filter(parent=matter)
    if children.filter(closed_on=None).exists():
        return True
    leaves = any(by_people(step) and step.target for step in matter.table.steps_from(matter.state))
    came = Act.objects.filter(matter=matter, to_state=matter.state).exclude(from_state=matter.state).latest("seq")
    return leaves and not children.filter(acts__seq=1, acts__recorded_at__gte=came.recorded_at).exists()


def goals(table: Procedure) -> list[Step]:
    """The rows that people or the clock take: not the import of history, not the built-in ones."""
    return [step for step in table.steps if step.key not in BUILT_IN_STEPS and not _only(step, HISTORY_SEAT)]


def _only(step: Step, seat: str) -> bool:
    return all(office.seats == (seat,) for office in step.offices)


def by_people(step: Step) -> bool:
    """Whether people take it, and not the clock or a related matter."""
    return not (_only(step, THE_CLOCK_SEAT) or _only(step, THE_KIN_SEAT) or _only(step, HISTORY_SEAT))


def by_the_clock(step: Step) -> bool:
    """Whether it is taken when time has run out."""
    return any(THE_CLOCK_SEAT in office.seats for office in step.offices)


def distances(table: Procedure, goal: Step) -> dict[str, int]:
    """How many moves of people or of time each state is away from one in which the step can be taken."""
    away = {state.key: 0 for state in goal.sources}
    frontier = list(away)
    while frontier:
        here = frontier.pop(0)
        for step in table.steps:
            if step.target and step.target.key == here and (by_people(step) or by_the_clock(step)):
                for source in step.sources:
                    if source.key not in away:
                        away[source.key] = away[here] + 1
                        frontier.append(source.key)
    return away


def pursue(walk: Walk, matter: Matter, goal: Step, patience: int = 60, leave: Matter | None = None) -> bool:
    """Lead one matter to a step: nearer, or at least no farther, when possible; else doing on the spot what was done least."""
    if goal.after and goal.after.whom == PARENT:
        return follow(walk, matter, goal)
    if goal.after and goal.after.whom == LINKED:
        if meet(walk, matter, goal) or lead_kin(walk, matter, goal):
            return True
        if not by_people(goal):
            return False
    table, away = matter.table, distances(matter.table, goal)
    done: Counter[str] = Counter()
    waits = 0
    for _ in range(patience):
        matter = Matter.objects.get(pk=matter.pk)
        if matter.state not in away:
            return False
        moves = [s for s in table.steps_from(matter.state) if s.key not in BUILT_IN_STEPS]
        nearer = [s for s in moves if s is goal or (s.target and away.get(s.target.key, 99) <= away[matter.state])]
        waiting = [s for s in moves if s not in nearer and s.target is None and done[s.key] < MOST_ON_THE_SPOT]
        nearer.sort(key=lambda s: (s is not goal, s.target is not None and away.get(s.target.key, 99), done[s.key]))
        patient = walk.pick.random() >= walk.lingering
        waiting.sort(key=lambda s: (s.optional and patient, done[s.key]))
        order = [*nearer, *waiting] if walk.pick.random() >= walk.lingering else [*waiting, *nearer]
        taken = next((s for s in order if by_people(s) and walk.take(matter, s)), None)
        if taken not in nearer:
            help_children(walk, matter, leave)
        if any(by_the_clock(s) for s in nearer):
            before = matter.acts.count()
            walk.wait_for(matter)
            waits += taken is None and matter.acts.count() == before
        elif taken is None:
            walk.wall.shift(timedelta(days=2**waits))
            waits += 1
        if taken is not None:
            done[taken.key] += 1
        if matter.acts.filter(step=goal.key).exists():
            return True
        if waits == MOST_WAITS:
            return False
    return False


def arrive(walk: Walk, matter: Matter, goal: Step) -> bool:
    """Lead a matter to a state from which a related matter may take it on."""
    if matter.state in {state.key for state in goal.sources}:
        return True
    arrivals = [step for step in matter.table.steps if step.target in goal.sources and step.sources and by_people(step)]
    # What opens another matter has one that can be followed.
    arrivals.sort(key=lambda step: step.opens is None)
    return any(pursue(walk, matter, step) for step in arrivals)


def follow(walk: Walk, matter: Matter, goal: Step) -> bool:
    """Lead a matter to where it follows its parent, and then the parent to the step that is followed."""
    if not arrive(walk, matter, goal):
        return False
    parent = Matter.objects.get(pk=matter.pk).parent
    if parent is None:
        return False
    followed = [step for step in parent.table.steps if goal.after and step.key in goal.after.steps]
    pursue(walk, parent, min(followed, key=lambda s: distances(parent.table, s).get(parent.state, 99)), leave=matter)
    return matter.acts.filter(step=goal.key).exists()


def meet(walk: Walk, matter: Matter, goal: Step) -> bool:
    """Lead a matter to where another one may reach it, do on the spot what may be done, and then begin such others."""
    if not arrive(walk, matter, goal):
        return False
    matter = Matter.objects.get(pk=matter.pk)
    for step in matter.table.steps_from(matter.state):
        if step.target is None and by_people(step) and step.key not in BUILT_IN_STEPS:
            walk.take(Matter.objects.get(pk=matter.pk), step)
    for table in registry.procedures():
        for step in table.steps:
            if goal.after and step.key in goal.after.steps and step.opens and step.source is None:
                for _ in range(MEETINGS):
                    walk.open(table, step)
                    if matter.acts.filter(step=goal.key).exists():
                        return True
    return False


def lead_kin(walk: Walk, matter: Matter, goal: Step) -> bool:
    """Lead each matter that it is linked to, one way or the other, to a step that is followed."""
    links = Link.objects.filter(Q(matter=matter) | Q(origin=matter)).values_list("matter", "origin")
    for other in Matter.objects.filter(pk__in={pk for pair in links for pk in pair} - {matter.pk}).order_by("id"):
        steps = [step for step in other.table.steps if goal.after and step.key in goal.after.steps and by_people(step)]
        for step in sorted(steps, key=lambda s: distances(other.table, s).get(other.state, 99)):
            pursue(walk, other, step)
            if matter.acts.filter(step=goal.key).exists():
                return True
    return False


def help_children(walk: Walk, matter: Matter, leave: Matter | None) -> None:
    """Move each open child one step on, but for one that is to be left alone."""
    for child in Matter.objects.filter(parent=matter, closed_on=None).exclude(pk=leave.pk if leave else None):
        done = Counter(child.acts.values_list("step", flat=True))
        moves = [s for s in child.table.steps_from(child.state) if by_people(s) and not s.optional]
        next((s for s in sorted(moves, key=lambda s: done[s.key]) if walk.take(child, s)), None)


def dead_ends(walk: Walk) -> list[str]:
    """Open matters that nobody can lead on: no person by a step that is hers to take, not even after what may be done on the spot, no
    clock, no related matter."""
    found = []
    for matter in walk.open_matters():
        steps = [s for s in matter.table.steps_from(matter.state) if s.key not in BUILT_IN_STEPS]
        moving = [step for step in steps if by_people(step) and (step.target or not step.optional)]
        helped = any(step.after or by_the_clock(step) for step in steps)
        if helped or any(walk.can(matter, step) for step in moving):
            continue
        if not any(pursue(walk, matter, step) for step in moving):
            found.append(f"{matter.procedure} {matter.state}: {[act.step for act in matter.acts.order_by('seq')]}")
    return found


def live(table: Procedure, cast: Cast) -> list[Step]:
    """The goals that exist in this congress."""
    book = docket.reading.book_of(cast.congress.pk)
    return [step for step in goals(table) if switched_on(step, book)]
