"""The one door: ``open_matter`` and ``act``. Nothing else in the project changes a matter's state.

A step is planned on rows in memory (who, what, where to, which clocks, what effect) and then written in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.tenancy import current_congress_id

from . import clocks, ledger, registry, sealing
from .actor import HISTORY_SEAT, Actor, the_kin
from .forms import NoForm
from .language import LINKED, SPREADS, Office, Opening, Spreading, Step, Taking, UnknownStep
from .models import Act, Matter, OutboxEntry
from .offices import holds
from .reading import reasons_against, visible_to
from .refusals import Incomplete, NotFresh, NotVisible, Overtaken, Refusal, Refused
from .situation import Situation
from .situation import begin as begin
from .writing import Writing


def open_matter(
    procedure: str, step: str, *, by: Actor, data: Mapping[str, Any] | None = None, files: Any = None, key: str = "",
    at: datetime | None = None, also: Callable[[], None] | None = None,
) -> Act:  # fmt: skip
    """Open a matter by one of the procedure's opening steps.

    :param key: idempotency key; a repetition returns the first request's act.
    :param at: when it took effect, if not now.
    :param also: what else the same transaction writes, when it is no repetition.
    :raises Refused, NotFresh, Incomplete: nothing was written.
    """
    return _take_once(begin(procedure, by, at), step, data, files, key, also=also)


def act(
    matter: Matter, step: str, *, by: Actor, data: Mapping[str, Any] | None = None, files: Any = None,
    seen: int | None = None, key: str = "", at: datetime | None = None,
) -> Act:  # fmt: skip
    """Take a step on a matter.

    :param seen: the version the person saw; the version of the given row when left out.
    :param key: idempotency key; a repetition returns the first request's act.
    :raises NotVisible, Refused, NotFresh, Incomplete, Overtaken: nothing was written.
    """
    # The caller's row changes only when the step was taken.
    situation = Situation(copy(matter), by, at=at)
    made = _take_once(situation, step, data, files, key, seen)
    if made.matter is situation.matter:
        matter.__dict__.update(situation.matter.__dict__)
    return made


def plan(
    situation: Situation, step: Step, data: Mapping[str, Any] | None, files: Any, writing: Writing, key: str = ""
) -> Act:
    """Check a step and lay out everything it will write; changes rows in memory only."""
    office = admit(situation, step)
    situation.step = step
    situation.data = _complete(situation, step, data, files)
    refuse_if(reasons_against(situation, step, with_data=True))
    made = _move(situation, step, office, key, writing)
    _follow(situation, step, made, writing)
    return made


def admit(situation: Situation, step: Step) -> Office:
    """The office under which the actor may take the step now.

    :raises NotVisible: when the matter is not hers to see.
    :raises Refused: when it is not her step, or not from this state.
    """
    matter, actor = situation.matter, situation.actor
    if matter.congress_id != actor.congress:
        raise NotVisible
    if situation.new != (step.source is None) or (step.sources and matter.state not in {s.key for s in step.sources}):
        if not situation.new and not visible_to(situation):
            raise NotVisible
        raise Refused([_out_of_place(situation, step)])
    for office in step.offices:
        if holds(office, actor, situation.parties):
            if actor.agent_for and not step.agent:
                raise Refused([_("%(step)s须由本人作出，不能代为录入。") % {"step": step.words}])
            if step.fresh and not actor.fresh:
                raise NotFresh([_("%(step)s前请再次验证身份。") % {"step": step.words}])
            return office
    if not situation.new and not visible_to(situation):
        raise NotVisible
    offices = _("、").join(office.words for office in step.offices)
    raise Refused([_("%(step)s由%(offices)s办理。") % {"step": step.words, "offices": offices}])


def _out_of_place(situation: Situation, step: Step) -> str:
    if situation.new:
        return _("不能由此开始。")
    return _("事项现处于“%(state)s”，不能%(step)s。") % {"state": situation.state.words, "step": step.words}


def refuse_if(reasons: list[str]) -> None:
    """Raise when there are reasons against."""
    if reasons:
        raise Refused(reasons)


def _complete(situation: Situation, step: Step, data: Mapping[str, Any] | None, files: Any) -> dict[str, Any]:
    form = situation.form(step.records or NoForm, data or {}, files or {})
    if not form.is_valid():
        raise Incomplete(form)
    return form.recorded()


def _move(situation: Situation, step: Step, office: Office, key: str, writing: Writing) -> Act:
    matter, table = situation.matter, situation.table
    seen, before = matter.version, matter.state
    target = step.target or table.state(before)
    changes = target.key != before
    if changes:
        matter.state, matter.state_since = target.key, situation.today
        matter.closed_on = situation.today if target.final else None
    if situation.new:
        matter.title = table.title(situation.data)[:500]
        writing.new_matters[matter.pk] = matter
    made = _describe(situation, step, office, before, key)
    if step.does:
        step.does(situation, made)
    if step.numbers and not matter.number:
        writing.numbers.append((situation, step.numbers))
    new_clocks, changed_clocks = clocks.turn(situation, step)
    if target.final and changes:
        changed_clocks += clocks.stop_all(situation)
    _collect(situation, made, new_clocks, changed_clocks, seen, writing)
    return made


def _describe(situation: Situation, step: Step, office: Office, before: str, key: str) -> Act:
    matter, actor = situation.matter, situation.actor
    return Act(
        congress_id=matter.congress_id, matter=matter, seq=matter.version + 1, procedure=matter.procedure,
        step=step.key, from_state=before, to_state=matter.state, took_effect=situation.at, recorded_at=timezone.now(),
        account=actor.account, actor_name=actor.name[:100], seat=actor.seat, office=office.key,
        office_name=actor.office_name[:200], agent_for=actor.agent_for[:100], proof=actor.proof, basis=step.basis,
        rulebook=situation.book.version, data=situation.data, key=key[:80],
    )  # fmt: skip


def _collect(
    situation: Situation, made: Act, new_clocks: list[Any], changed_clocks: list[Any], seen: int, writing: Writing
) -> None:
    matter, table = situation.matter, situation.table
    writing.sealed += sealing.seal_fields(made, table) if table.sealed else []
    matter.version = made.seq
    matter.head = ledger.seal(made, matter.head)
    writing.acts.append(made)
    situation.acted(made)
    if matter.pk not in writing.new_matters:
        first_seen = writing.moved.get(matter.pk, (matter, seen))[1]
        writing.moved[matter.pk] = (matter, first_seen)
    if situation.new and table.record is not None:
        writing.new_records[id(situation.record)] = situation.record
    elif situation.record_changes:
        writing.change_record(situation.record, situation.record_changes)
    writing.new_records.update({id(row): row for row in situation.new_rows})
    for row, fields in situation.changed_rows:
        writing.change_record(row, fields)
    writing.new_parties += situation.new_parties
    writing.ended_parties += situation.ended_parties
    writing.links += situation.new_links
    writing.new_clocks += new_clocks
    writing.changed_clocks.update({id(row): row for row in changed_clocks})
    writing.after += situation.after_write
    told = situation.table.step(made.step).tells
    if told and situation.actor.seat != HISTORY_SEAT:
        writing.outbox.append(
            OutboxEntry(
                congress_id=matter.congress_id,
                matter=matter,
                act=made,
                kind="told",
                offices=[office.key for office in told],
                created_at=made.recorded_at,
            )
        )


def _follow(situation: Situation, step: Step, made: Act, writing: Writing) -> None:
    """Open what the step opens, move whom it names, and let related matters follow it, in the same transaction."""
    for wanted in step.opens(situation) if step.opens else ():
        if isinstance(wanted, Taking):
            _take_linked(made, wanted, writing)
        elif isinstance(wanted, Spreading):
            _leave_to_worker(made, wanted, writing)
        else:
            _open(situation, wanted, writing)
    # A matter that is not written yet has no children in the database.
    followers = () if situation.matter.pk in writing.new_matters else registry.steps_after_parent(step.key)
    for table, follower in followers:
        sources = [state.key for state in follower.sources]
        for child in Matter.objects.filter(parent_id=situation.matter.pk, procedure=table.key, state__in=sources):
            child.parent = situation.matter
            _take_as_kin(child, follower, made, writing)
    if situation.matter.closed_on and situation.matter.parent_id:
        _conclude_parent(situation, made, writing)


def _open(situation: Situation, opening: Opening, writing: Writing) -> None:
    parent = situation.matter
    child = begin(opening.procedure, the_kin(situation.actor.congress), situation.at)
    if opening.link:
        child.link(parent, opening.link)
    else:
        child.matter.parent = parent
    for role, holder, name in opening.parties:
        child.add_party(role, holder, name)
    plan(child, child.table.step(opening.step), opening.data, None, writing)


def _take_as_kin(
    matter: Matter, step: Step, cause: Act, writing: Writing, data: Mapping[str, Any] | None = None
) -> None:
    """Of several that follow an act each follows it, not the one before."""
    kin = Situation(matter, the_kin(current_congress_id()), at=cause.took_effect)
    kin.cause = cause
    plan(kin, step, data or {}, None, writing)


def _take_linked(made: Act, taking: Taking, writing: Writing) -> None:
    """The other table decides: only a row that says it follows this step is taken."""
    other = Matter.objects.get(pk=taking.matter)
    follower = other.table.step(taking.step)
    if not follower.after or follower.after.whom != LINKED or made.step not in follower.after.steps:
        raise UnknownStep(f"{other.procedure}.{taking.step} does not follow {made.procedure}.{made.step}")
    _take_as_kin(other, follower, made, writing, taking.data)


def _leave_to_worker(made: Act, wanted: Spreading, writing: Writing) -> None:
    """One row of the outbox, from which ``spreading`` goes on."""
    detail = {"kinds": wanted.kinds, "step": wanted.step, "data": wanted.data, "back": wanted.back, "anew": wanted.anew}
    writing.outbox.append(
        OutboxEntry(
            congress_id=made.congress_id,
            matter=made.matter,
            act=made,
            kind=SPREADS,
            detail=detail,
            created_at=made.recorded_at,
        )
    )


def _conclude_parent(situation: Situation, made: Act, writing: Writing) -> None:
    """When the last child has closed, the parent takes the row that waits for it."""
    parent = situation.matter.parent
    follower = registry.step_after_children(parent.table, parent.state) if parent else None
    if parent is None or follower is None:
        return
    # Brothers and sisters that close or open in the same writing are not yet in the database.
    closing = [matter.pk for matter, _ in writing.moved.values() if matter.closed_on]
    opening = any(matter.parent_id == parent.pk and not matter.closed_on for matter in writing.new_matters.values())
    others = Matter.objects.filter(parent_id=parent.pk, closed_on=None).exclude(pk__in=[situation.matter.pk, *closing])
    if not opening and not others.exists():
        _take_as_kin(parent, follower, made, writing)


def _take_once(
    situation: Situation, step: str, data: Mapping[str, Any] | None, files: Any, key: str, seen: int | None = None,
    also: Callable[[], None] | None = None,
) -> Act:  # fmt: skip
    """Plan the step and write it. A repeated request gets the first one's act, whatever has happened to the matter since."""
    try:
        if seen is not None and seen != situation.matter.version:
            raise Overtaken(situation.matter)
        writing = Writing()
        made = plan(situation, situation.table.step(step), data, files, writing, key)
        writing.after += [also] if also else []
        with transaction.atomic():
            writing.flush()
        return made
    except (Refusal, IntegrityError) as problem:
        earlier = _earlier(situation, step, key)
        if earlier is not None:
            return earlier
        if isinstance(problem, Overtaken):
            raise Overtaken(Matter.objects.get(pk=situation.matter.pk)) from None
        raise


def _earlier(situation: Situation, step: str, key: str) -> Act | None:
    """The act of an earlier request with this key.

    :raises Refused: when somebody else used the key, or used it for something else.
    """
    found = Act.objects.filter(key=key[:80]).first() if key else None
    if found is None:
        return None
    same_request = (found.account, found.procedure, found.step) == (
        situation.actor.account, situation.matter.procedure, step,
    )  # fmt: skip
    if not same_request or not (situation.new or found.matter_id == situation.matter.pk):
        raise Refused([_("这个请求标识已用于另一次办理，这一次没有办理。请刷新页面后再提交。")])
    return found
