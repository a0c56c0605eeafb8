"""From the plans of suggestions, bills and orders to lives that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial

from .adapter import form_data, order_data
from .cast import Cast
from .diary import DEPUTY_OFFICE, PlannedStep, Working
from .orders import ACCEPTED, CONFIRMED, DECLINED, NOT_DONE, PLACED, SERVED, SERVING, Order
from .plan import Plan
from .registers import House
from .telling import Life

ENTERPRISE_ORDER = "enterprise-order"
REACHED = {
    PLACED: 1, ACCEPTED: 3, SERVING: 4, SERVED: 5, CONFIRMED: 6, NOT_DONE: 6,
}  # fmt: skip


def lives_of(plans: Iterable[Plan], house: House) -> list[Life]:
    """The lives of suggestions and bills."""
    declarations = [row["key"] for row in house.book.option("option.not_allowed")]
    told: dict[str, Life] = {}

    def refs(kind: str, key: str) -> object:
        return told[key].matters[""] if kind == "suggestion" else house.ref(kind, key)

    for plan in plans:
        form = partial(form_data, suggestion=plan.suggestion, refs=refs, declarations=declarations)
        told[plan.suggestion.key] = Life(plan.suggestion.key, plan.procedure, plan.steps, form, plan.main)
    return list(told.values())


def order_lives(orders: Iterable[Order], cast: Cast, house: House, working: Working) -> list[Life]:
    """The lives of enterprise orders."""
    return [_order_life(order, cast, house, working) for order in orders]


def _order_life(order: Order, cast: Cast, house: House, working: Working) -> Life:
    steps = tuple(step for step in _order_steps(order, working) if step.on <= cast.today)

    def form(step: PlannedStep) -> dict[str, object]:
        if step.step == "place":
            return order_data(order, house.ref)
        if step.step == "match":
            return {"deputies": [house.ref("mandate", key) for key in order.deputies]}
        return dict(step.data)

    return Life(order.key, ENTERPRISE_ORDER, steps, form)


def _order_steps(order: Order, working: Working) -> Sequence[PlannedStep]:
    """As far as the order came. The first deputy who is asked serves."""
    enterprise, server = ("enterprise", order.enterprise), ("deputy", order.deputies[0])
    placed = _worked(order.placed_on, working)
    asked = _worked(placed + timedelta(days=1), working)
    if order.fate == DECLINED:
        return (
            PlannedStep("place", *enterprise, placed),
            PlannedStep("decline", *DEPUTY_OFFICE, asked, {"reason": order.word}),
        )
    begun = _worked(asked + timedelta(days=2), working)
    served = _worked(max(order.served_on, begun), working)
    answered = _worked(served + timedelta(days=2), working)
    ending = ("not_done", {"reason": order.word}) if order.fate == NOT_DONE else ("confirm", {"word": order.word})
    steps = (
        PlannedStep("place", *enterprise, placed),
        PlannedStep("match", *DEPUTY_OFFICE, placed),
        PlannedStep("accept", *server, asked),
        PlannedStep("begin", *server, begun),
        PlannedStep("serve", *server, served, {"served_on": served.isoformat(), "result": order.service}),
        PlannedStep(ending[0], *enterprise, answered, ending[1]),
    )
    return steps[: REACHED[order.fate]]


def _worked(day: date, working: Working) -> date:
    while not working(day):
        day += timedelta(days=1)
    return day


def chosen(plans: Sequence[Plan], number: int | None) -> list[Plan]:
    """As many plans as wished (all for None), first those that end as no other does, with the mains they follow."""
    if number is None or number >= len(plans):
        return list(plans)
    by_key = {plan.suggestion.key: plan for plan in plans}
    by_end = {(plan.procedure, plan.steps[-1].step, plan.steps[-1].target): plan for plan in plans if plan.steps}
    wanted = dict.fromkeys([*(plan.suggestion.key for plan in by_end.values()), *by_key])
    kept = list(wanted)[: max(number, 0)]
    needed = {*kept, *(by_key[key].main for key in kept)}
    return [plan for plan in plans if plan.suggestion.key in needed]
