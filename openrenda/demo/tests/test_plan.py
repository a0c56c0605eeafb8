"""The planned lives, walked through the procedures' own tables: every step legal, by the right seat, on a possible day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from openrenda.demo.adapter import NOT_ASKED, form_data, order_data
from openrenda.demo.diary import ENGINE, PlannedStep
from openrenda.demo.orders import make_orders
from openrenda.demo.plan import Plan
from openrenda.docket.language import HISTORY, THE_CLOCK, THE_KIN, Procedure, Step
from openrenda.docket.registry import procedure
from openrenda.procedures import assistance, bill, commitment, internal_task, suggestion

from .conftest import TODAY, Told

DECLARATIONS = ("personal", "case", "letter")
OPENED_AS = {"split": "draft", "converted": "received", "part": "assigned", "task": "given", "assist": "asked",
             "promise": "open"}  # fmt: skip
# Nobody takes an invitation or an internal task back, and the congress of the demo wants consent to every extension.
# Nor has it left the later day of a promise to the deputies. What is inspected is told at the end (aftermath.py).
NOT_PLANNED = {"uninvite", "again", "extend", "grant_as_deputy", "refuse_as_deputy", "inspect_kept",
               "inspect_not_kept"}  # fmt: skip


def last_part(target: str) -> str:
    return target.rsplit("/", 1)[-1].split(":")[0]


def table(plan: Plan, target: str) -> Procedure:
    """The procedure of the matter a step is taken on."""
    if not target:
        return procedure(plan.procedure)
    return procedure(
        {"task": "internal-task", "assist": "assistance", "promise": "commitment"}.get(last_part(target), "suggestion")
    )


def row(plan: Plan, planned: PlannedStep) -> Step:
    return next(step for step in table(plan, planned.target).steps if step.key == planned.step)


def walk(plan: Plan) -> dict[str, str | None]:
    """Take every step on paper and return the state of each matter.

    :raises AssertionError: when a step may not be taken where it is planned, or not by that seat.
    """
    states: dict[str, str | None] = {"": None}
    for planned in plan.steps:
        step = row(plan, planned)
        state = states.get(planned.target, OPENED_AS.get(last_part(planned.target)))
        sources = {source.key for source in step.sources}
        assert (state is None and not sources) or state in sources, (plan.suggestion.key, planned, state)
        if planned.seat != ENGINE:
            seats = {seat for office in step.offices for seat in office.seats}
            assert planned.seat in seats, (plan.suggestion.key, planned)
        states[planned.target] = step.target.key if step.target else state
    return states


def test_every_life_is_legal(told: Told) -> None:
    for plan in told.plans:
        walk(plan)


def test_suggestions_stand_in_every_state(told: Told) -> None:
    """Final states and waiting ones, so that every list of the demo has something in it."""
    found = Counter(state for plan in told.plans if plan.procedure == "suggestion" for state in walk(plan).values())
    wanted = {state.key for state in procedure("suggestion").states}
    assert wanted == set(found) & wanted, wanted - set(found)
    assert found["closed"] > 500
    assert found["handling"] > 20
    assert sum(found[state] for state in ("draft", "street_review", "district_review")) > 5


@pytest.mark.parametrize("table", [suggestion.PROCEDURE, assistance.PROCEDURE, internal_task.PROCEDURE, bill.PROCEDURE,
                                   commitment.PROCEDURE])  # fmt: skip
def test_every_step_is_planned_somewhere(told: Told, table: Procedure) -> None:
    """Every step that a person takes; the engine takes the others."""
    taken = {planned.step for plan in told.plans for planned in plan.steps}
    by_people = {step.key for step in table.steps if not set(step.offices) & {THE_KIN, THE_CLOCK, HISTORY}}
    assert by_people - taken <= NOT_PLANNED


def test_days_go_forward_and_none_lies_ahead(told: Told) -> None:
    for plan in told.plans:
        days = [planned.on for planned in plan.steps]
        assert days == sorted(days)
        assert all(day <= TODAY for day in days)
        assert all(day.weekday() < 5 for day in days), plan.suggestion.key


def test_in_session_means_submitted_in_the_session(told: Told) -> None:
    """代表法第三十六条: the day of submission decides."""
    for plan in told.plans:
        submitted = [s.on for s in plan.steps if s.step in ("submit", "submit_to_street") and not s.target]
        sitting = [any(s.since <= day <= s.until for s in told.cast.district_sessions) for day in submitted]
        assert all(was == plan.suggestion.in_session for was in sitting), plan.suggestion.key


def days_between(plan: Plan, first: tuple[str, ...], last: str) -> int | None:
    begun = next((s.on for s in plan.steps if s.step in first and not s.target), None)
    ended = next((s.on for s in plan.steps if s.step == last and not s.target), None)
    return (ended - begun).days if begun and ended else None


def test_most_replies_are_in_time_and_some_are_late(told: Told) -> None:
    """代表法第五十一条第二款: three months, six for the difficult ones."""
    assigned = ("assign", "assign_by_government")
    spans = [(plan, days) for plan in told.plans if (days := days_between(plan, assigned, "sign_reply")) is not None]
    extended = {p.suggestion.key for p in told.plans if any(s.step == "grant_extension" for s in p.steps)}
    late = [p for p, days in spans if days > (184 if p.suggestion.key in extended else 92)]
    assert 0.01 < len(late) / len(spans) < 0.12
    assert len(extended) > 20


def test_hand_over_keeps_its_month_after_a_session(told: Told) -> None:
    for plan in told.plans:
        if not plan.suggestion.in_session or plan.procedure == "bill":
            continue
        session = next(s for s in told.cast.district_sessions if s.key == plan.suggestion.session)
        handed = [s.on for s in plan.steps if s.step in ("assign", "assign_by_government") and not s.target]
        assert all(day - session.until <= timedelta(days=45) for day in handed[:1])


def test_signers_and_actors_hold_their_seats_that_day(told: Told) -> None:
    for plan in told.plans:
        for planned in plan.steps:
            if planned.seat == "deputy":
                assert told.cast.mandate_by_key[planned.holder].holds_on(planned.on)
        signers = [plan.suggestion.proposer, *plan.suggestion.cosigners]
        assert len(signers) == len(set(signers))


def test_a_merged_suggestion_follows_one_that_is_received_and_open(told: Told) -> None:
    by_key = {plan.suggestion.key: plan for plan in told.plans}
    merged = [plan for plan in told.plans if plan.main]
    assert len(merged) >= 10
    for plan in merged:
        main = by_key[plan.main]
        on = next(s.on for s in plan.steps if s.step == "merge")
        received = next(s.on for s in main.steps if s.step in ("district_pass", "file_as_is"))
        answered = [s.on for s in main.steps if s.step == "sign_reply"]
        assert received < on
        assert all(on < day for day in answered)


def test_the_stories_a_demo_needs_are_told(told: Told) -> None:
    """Withdrawn, merged and undone, settled, declined, separate, extended, silent, not satisfied once and twice, kept from the public."""
    taken = Counter(planned.step for plan in told.plans for planned in plan.steps)
    for step in ("withdraw", "merge", "unmerge", "settle", "reassign", "refuse_decline", "assign_separately", "conclude",
                 "grant_extension", "refuse_extension", "fall_silent", "judge_late", "judge_second", "record_meeting", "withhold",
                 "publish", "to_reference", "split", "file_as_is", "dispute_contact", "ask_again", "convert", "put_on_agenda"):  # fmt: skip
        assert taken[step] >= 1, step
    assert any(planned.agent for plan in told.plans for planned in plan.steps)
    judged_badly = [s for p in told.plans for s in p.steps if s.data.get("attitude") == "dissatisfied"]
    assert judged_badly


def refs(kind: str, key: str) -> str:
    return f"{kind}:{key}"


def test_the_adapter_fills_the_fields_the_forms_have(told: Told) -> None:
    """Every name the adapter gives is a field of the step's own form; fields that cannot be left out are given."""
    for plan in told.plans:
        for planned in plan.steps:
            form = row(plan, planned).records
            data = form_data(planned, plan.suggestion, refs, DECLARATIONS)
            fields: dict[str, Any] = form.base_fields if form else {}
            dynamic = {name for name in data if name.startswith(("promise_", "not_"))}
            assert set(data) - dynamic <= set(fields), (planned.step, set(data) - set(fields))
            missing = {name for name, field in fields.items() if field.required and not data.get(name)}
            assert not missing or planned.seat == ENGINE, (planned, missing)
            assert not NOT_ASKED & set(data)


def test_orders_fill_their_form(told: Told) -> None:
    form = next(step.records for step in procedure("enterprise-order").steps if step.key == "place")
    assert form is not None
    for order in make_orders(told.cast):
        assert set(order_data(order, refs)) <= set(form.base_fields)


@pytest.mark.parametrize("limit", [200])
def test_titles_fit_the_form(told: Told, limit: int) -> None:
    assert all(len(s.title) <= limit for s in told.suggestions)
