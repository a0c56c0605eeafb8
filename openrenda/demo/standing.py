"""Leave some recent lives where they stand, so that every waiting state has somebody waiting in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from .replies import COPIED

if TYPE_CHECKING:
    from .diary import PlannedStep
    from .plan import Plan

# The last step of a life that is left there; each leads into another waiting state.
LEFT_AT = (
    "reject_second", "sign_second_reply", "draft_second_reply", "reject", "request_extension", "decline", "draft_reply",
    "street_return", "district_return", "refer", "assign_by_government", "sign_reply", "consult", "invite", "district_pass",
)  # fmt: skip
LEFT_EACH = 2
# Silence after these is ended by a clock.
SIGNED = ("sign_reply", "sign_second_reply")
# A draft that waits for the head is a copy, so that there is something to see before it is signed.
DRAFTED = "draft_reply"
SEPARATE = "assign_separately"


def leave_some_standing(plans: Sequence[Plan], recent: date) -> tuple[Plan, ...]:
    """The plans, with the newest that took each of those steps cut after it. Mains and followers are left alone.

    :param recent: a worked day of the last two weeks; a reply that waits for its judgement was signed no earlier.
    """
    tied = {plan.main for plan in plans} | {plan.suggestion.key for plan in plans if plan.main}
    found = {plan.suggestion.key: plan for plan in plans}
    free = [
        p for p in plans if p.suggestion.key not in tied and p.procedure == "suggestion" and not p.suggestion.oddity
    ]
    for step in LEFT_AT:
        for plan in _newest(free, step):
            cut = _last_index(plan, step) + 1
            steps = plan.steps[:cut]
            if step in SIGNED and steps[-1].on < recent:
                steps = (*steps[:-1], replace(steps[-1], on=recent))
            if step == DRAFTED:
                steps = (*steps[:-1], _copied(steps[-1], plans))
            found[plan.suggestion.key] = replace(plan, steps=steps)
            free.remove(plan)
    for plan in _newest(free, SEPARATE):
        found[plan.suggestion.key] = _without_the_last_reply(plan)
    return tuple(found[plan.suggestion.key] for plan in plans)


def _newest(free: Iterable[Plan], step: str) -> list[Plan]:
    """The plans that took the step latest."""
    having = [plan for plan in free if _last_index(plan, step) >= 0]
    return sorted(having, key=lambda plan: plan.steps[_last_index(plan, step)].on, reverse=True)[:LEFT_EACH]


def _copied(drafted: PlannedStep, plans: Iterable[Plan]) -> PlannedStep:
    """The step with what the organ last wrote about another matter; a reply that promises has days of its own."""
    before = [
        step for plan in plans for step in plan.steps
        if step.step == DRAFTED and step.holder == drafted.holder and step.on < drafted.on and step.data["reply"].is_plain
    ]  # fmt: skip
    if not before:
        return drafted
    own, other = drafted.data["reply"], max(before, key=lambda step: step.on).data["reply"]
    return replace(drafted, data={**drafted.data, "reply": replace(other, number=own.number, quality=COPIED)})


def _last_index(plan: Plan, step: str) -> int:
    indexes = [index for index, planned in enumerate(plan.steps) if planned.step == step and not planned.target]
    return indexes[-1] if indexes else -1


def _without_the_last_reply(plan: Plan) -> Plan:
    """One organ of several has not answered yet."""
    signed = [(s.on, s.target) for s in plan.steps if s.step == "sign_reply"]
    if not signed:
        return plan
    day, target = max(signed)
    kept = [s for s in plan.steps if s.step != "conclude" and not (_belongs(s.target, target) and s.on >= day)]
    return replace(plan, steps=tuple(kept))


def _belongs(target: str, part: str) -> bool:
    """Whether a step is taken on the part, or on what the part opened."""
    return target == part or target.startswith(f"{part}/")
