"""What may be done, what waits, and what may be seen: the reading twins of ``act``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from openrenda.rulebook import Book

from . import clocks, registry
from .actor import Actor
from .language import BUILT_IN_STEPS, Office, Procedure, State, Step
from .models import Matter
from .offices import EVERYTHING, NOTHING, holds, matters_of, of_seat, sits
from .situation import Situation, begin, book_of

States = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A step in front of a person: live when there are no reasons against it."""

    step: Step
    office: Office
    reasons: tuple[str, ...]
    article: str

    @property
    def live(self) -> bool:
        """Whether the button works."""
        return not self.reasons


def offers(situation: Situation) -> list[Offer]:
    """The steps of this person's offices from this state, each with the reasons against.

    The built-in steps have places of their own on the page and in the registers.
    """
    found = []
    for step in situation.table.steps_from(situation.matter.state):
        if step.key in BUILT_IN_STEPS:
            continue
        office = next((o for o in step.offices if holds(o, situation.actor, situation.parties)), None)
        if office is None or not switched_on(step, situation.book) or (situation.actor.agent_for and not step.agent):
            continue
        if step.offered_unless and step.offered_unless(situation):
            continue
        reasons = tuple(reasons_against(situation, step))
        found.append(Offer(step, office, reasons, situation.book.citation(step.basis)))
    return sorted(found, key=lambda offer: (not offer.live, offer.step.optional))


def openings(actor: Actor) -> list[tuple[str, Step]]:
    """The procedures this person may begin, with the opening step."""
    book = book_of(actor.congress)
    return [
        (table.key, step)
        for table in registry.procedures()
        for step in table.opening_steps
        if switched_on(step, book) and any(sits(office, actor) and not office.relation for office in step.offices)
        if step.offered_unless is None or step.offered_unless(begin(table.key, actor)) is None
    ]


def reasons_against(situation: Situation, step: Step, *, with_data: bool = False) -> list[str]:
    """All reasons why the step may not be taken now; bars see the data only once the form is complete."""
    if not switched_on(step, situation.book):
        return [_("本级人大未启用这一步骤。")]
    if not with_data:
        situation.data = {}
    reasons = clocks.floors(situation, step)
    if step.other_than and _took_before(situation, step):
        reasons.append(_("%(step)s须由另一人办理，不能与前一步骤为同一人。") % {"step": step.words})
    reasons += [reason for bar in step.barred_by if (reason := bar(situation))]
    return reasons


def switched_on(step: Step, book: Book) -> bool:
    """Whether the congress has the option under which the step exists."""
    return step.only_if is None or book.option(step.only_if[0]) == step.only_if[1]


def _took_before(situation: Situation, step: Step) -> bool:
    account = situation.actor.account
    return account is not None and situation.taken_by(account, *step.other_than)


def inbox(actor: Actor) -> QuerySet[Matter]:
    """Everything that waits for this person, over all procedures, nearest due day first."""
    return Matter.objects.filter(_may(actor, _waits), closed_on=None).order_by(F("due_on").asc(nulls_last=True), "id")


def invited(actor: Actor) -> QuerySet[Matter]:
    """Everything she may still have her say on and nobody waits for, closed matters too, newest first."""
    return Matter.objects.filter(_may(actor, _invites)).order_by("-state_since", "-id")


def _waits(step: Step) -> bool:
    return not step.optional


def _invites(step: Step) -> bool:
    return step.invites


def _may(actor: Actor, wanted: Callable[[Step], bool]) -> Q:
    """The condition on matters from which this person may take one of the wanted steps."""
    book = book_of(actor.congress)
    waiting: dict[Office, States] = defaultdict(lambda: defaultdict(set))
    for table in registry.procedures():
        for step in table.steps:
            if not wanted(step) or not switched_on(step, book):
                continue
            for office in step.offices:
                if sits(office, actor):
                    waiting[office][table.key].update(state.key for state in step.sources)
    # What the row itself says stands before what the parties are asked for: databases keep to this order.
    return _any(
        _in_states(states) & held for held, states, _trust in _together(actor, waiting, {}) if any(states.values())
    )


def visible(actor: Actor, *procedures: str) -> QuerySet[Matter]:
    """All matters this person may look at; of these procedures only, where some are named: a much shorter question."""
    seen: dict[Office, States] = defaultdict(lambda: defaultdict(set))
    trusted: dict[Office, set[str]] = defaultdict(set)
    for table in map(registry.procedure, procedures) if procedures else registry.procedures():
        for office in table.seen_when_confidential or table.seen_by:
            trusted[office].add(table.key)
        for state in table.states:
            for office in table.seen_in(state):
                if sits(office, actor):
                    seen[office][table.key].add(state.key)
    condition = _any(
        _in_states(states) & _not_confidential_unless(trust, states) & held
        for held, states, trust in _together(actor, _beyond_the_open(seen, trusted), trusted)
        if states
    )
    return Matter.objects.filter(condition)


def _beyond_the_open(seen: Mapping[Office, States], trusted: Mapping[Office, set[str]]) -> dict[Office, States]:
    """Where all matters may be looked at, confidential ones too, nobody need be asked whose they are."""
    everywhere: States = defaultdict(set)
    for office, states in seen.items():
        for key in [] if office.relation else trusted[office].intersection(states):
            everywhere[key] |= states[key]
    left = {
        office: {key: found - everywhere.get(key, set()) for key, found in states.items()}
        if office.relation
        else states
        for office, states in seen.items()
    }
    return {office: {key: found for key, found in states.items() if found} for office, states in left.items()}


def _together(
    actor: Actor, found: Mapping[Office, States], trusted: Mapping[Office, set[str]]
) -> Iterator[tuple[Q, States, set[str]]]:
    """What leads to the same matters, with the matters of all these offices: the parties are looked at once, not once an office."""
    alike: dict[Hashable, list[Office]] = defaultdict(list)
    for office, states in found.items():
        same = frozenset((key, frozenset(keys)) for key, keys in states.items())
        alike[bool(office.relation), same, frozenset(trusted.get(office, ()))].append(office)
    for offices in alike.values():
        yield matters_of(offices, actor), found[offices[0]], trusted.get(offices[0], set())


@cache
def through_parties(seat: str, procedure: str) -> bool:
    """Whether people in that kind of seat see matters of the procedure as a party only, so that their parties lead to all they see."""
    table = registry.procedure(procedure)
    offices = {office for state in table.states for office in table.seen_in(state) if of_seat(office, seat)}
    return all(office.relation for office in offices)


def known_to(actor: Actor, table: Procedure) -> bool:
    """Whether she may know of a procedure: of an internal one, who may begin or see one of its matters. One query for an internal one, else none."""
    if not table.internal or any(sits(office, actor) for step in table.opening_steps for office in step.offices):
        return True
    return visible(actor, table.key).exists()


def visible_to(situation: Situation) -> bool:
    """Whether this person may look at this matter: the same question as :func:`visible`, of one row."""
    table, matter = situation.table, situation.matter
    offices = table.seen_in(situation.state)
    if matter.confidential:
        trusted = table.seen_when_confidential or table.seen_by
        offices = tuple(office for office in offices if office in trusted)
    return any(holds(office, situation.actor, situation.parties) for office in offices)


def may_read_files(situation: Situation) -> bool:
    """Whether this person may open the documents of a matter that she may look at."""
    offices = situation.table.files_read_by
    return not offices or any(holds(office, situation.actor, situation.parties) for office in offices)


def _in_states(states: States) -> Q:
    return _any(_in_some_states(key, found) for key, found in sorted(states.items()))


def _in_some_states(key: str, found: set[str]) -> Q:
    if found.issuperset(state.key for state in registry.procedure(key).states):
        return Q(procedure=key)
    return Q(procedure=key, state__in=sorted(found))


def _not_confidential_unless(trusted: set[str], states: States) -> Q:
    if trusted.issuperset(states):
        return EVERYTHING
    return Q(confidential=False) | Q(procedure__in=sorted(trusted))


def _any(conditions: object) -> Q:
    total = None
    for condition in conditions:  # type: ignore[attr-defined]
        total = condition if total is None else total | condition
    return NOTHING if total is None else total


def stage_of(state: State) -> str:
    """The stage of the stage bar that a state belongs to."""
    return state.stage
