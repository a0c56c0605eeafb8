"""Suggestions of a session that a member of the council of chairpersons leads from the start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from .diary import DEPUTY_OFFICE, PlannedStep

if TYPE_CHECKING:
    from .plan import Plan

LEADERS = ("leader", "leader2", "leader3", "leader4", "leader5")
EVERY = 3


def led_from_the_start(plans: Iterable[Plan], session: str) -> tuple[Plan, ...]:
    """The plans; of the session's suggestions every third one is given to a leading member on the day it was signed for."""
    found, count = [], 0
    for plan in plans:
        signed = next((n for n, step in enumerate(plan.steps) if step.step == "sign_for" and not step.target), None)
        if plan.procedure == "suggestion" and plan.suggestion.session == session and signed is not None:
            count += 1
            if count % EVERY == 0:
                data = {"leading": LEADERS[count // EVERY % len(LEADERS)]}
                step = PlannedStep("supervise", *DEPUTY_OFFICE, plan.steps[signed].on, data)
                plan = replace(plan, steps=(*plan.steps[: signed + 1], step, *plan.steps[signed + 1 :]))
        found.append(plan)
    return tuple(found)
