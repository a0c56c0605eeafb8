"""Every cell of every table: who may take which step from which state, who finds it waiting, and who sees it.

What is expected is read from the words of the table (seat and relation), not from the engine's own conditions.
"""

from __future__ import annotations

import pytest

from openrenda import docket
from openrenda.docket import engine
from openrenda.docket.language import BUILT_IN_STEPS, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.refusals import NotVisible, Refused
from openrenda.docket.situation import Situation

from .ground import NOBODY, Ground, Person, every_table, people, steps_by_state

ROWS = [(table, state, step) for table in every_table() for state, step in steps_by_state(table)]
OPENINGS = [(table, step) for table in every_table() for step in table.opening_steps]
PEOPLE = [(table, person) for table in every_table() for person in people(table)]


def name(value: object) -> str:
    """The key of a table, state or step, or who somebody is."""
    return str(getattr(value, "key", value))


def facing(ground: Ground, table: Procedure, state: State, person: Person) -> Situation:
    """Somebody before the matter in that state."""
    situation = Situation(ground.matters[table.key, state.key], ground.actor(person))
    situation._parties = ground.parties[situation.matter.pk]
    return situation


def sees(table: Procedure, state: State, person: Person) -> bool:
    """Whether the table lets the person look."""
    return any(person.holds(office) for office in table.seen_in(state))


@pytest.mark.parametrize(("table", "state", "step"), ROWS, ids=name)
def test_only_the_declared_office_is_admitted(ground: Ground, table: Procedure, state: State, step: Step) -> None:
    """Everybody else is refused with the name of the office whose step it is; who may not look is told nothing."""
    admitted = []
    for person in people(table):
        situation = facing(ground, table, state, person)
        if any(person.holds(office) for office in step.offices):
            assert engine.admit(situation, step) in step.offices
            admitted.append(person)
        elif sees(table, state, person):
            with pytest.raises(Refused, match=step.offices[0].label):
                engine.admit(situation, step)
        else:
            with pytest.raises(NotVisible):
                engine.admit(situation, step)
    assert {person.seat for person in admitted} == {seat for office in step.offices for seat in office.seats}


@pytest.mark.parametrize(("table", "state", "step"), ROWS, ids=name)
def test_the_door_itself_is_shut_to_a_stranger(ground: Ground, table: Procedure, state: State, step: Step) -> None:
    stranger = ground.actor(Person(NOBODY))
    with pytest.raises(NotVisible):
        docket.act(ground.matters[table.key, state.key], step.key, by=stranger, data={"title": "试"})


@pytest.mark.parametrize(("table", "state"), [(t, s) for t in every_table() for s in t.states], ids=name)
def test_no_step_is_taken_from_a_state_it_does_not_start_in(ground: Ground, table: Procedure, state: State) -> None:
    for step in table.steps:
        if state not in step.sources:
            for person in people(table):
                with pytest.raises((Refused, NotVisible)):
                    engine.admit(facing(ground, table, state, person), step)


@pytest.mark.parametrize(("table", "step"), OPENINGS, ids=name)
def test_only_the_declared_office_opens(ground: Ground, table: Procedure, step: Step) -> None:
    for person in people(table):
        situation = engine.begin(table.key, ground.actor(person))
        if any(person.holds(office) for office in step.offices):
            assert engine.admit(situation, step) in step.offices
        else:
            with pytest.raises(Refused):
                engine.admit(situation, step)


@pytest.mark.parametrize(("table", "person"), PEOPLE, ids=name)
def test_what_waits_for_somebody_is_exactly_what_she_must_do(ground: Ground, table: Procedure, person: Person) -> None:
    book = Situation(ground.matters[table.key, table.states[0].key], ground.actor(person)).book
    expected = {
        state.key
        for state, step in steps_by_state(table)
        if not (step.optional or state.final)
        and (step.only_if is None or book.option(step.only_if[0]) == step.only_if[1])
        and any(person.holds(office) for office in step.offices)
    }
    waiting = docket.inbox(ground.actor(person)).filter(procedure=table.key)
    assert set(waiting.values_list("state", flat=True)) == expected


@pytest.mark.parametrize(("table", "person"), PEOPLE, ids=name)
def test_an_invitation_is_shown_to_whom_it_is_for(ground: Ground, table: Procedure, person: Person) -> None:
    """In closed matters too, and apart from what waits."""
    expected = {
        state.key
        for state, step in steps_by_state(table)
        if step.invites and any(person.holds(office) for office in step.offices)
    }
    found = docket.invited(ground.actor(person)).filter(procedure=table.key)
    assert set(found.values_list("state", flat=True)) == expected


@pytest.mark.parametrize(("table", "person"), PEOPLE, ids=name)
def test_what_is_listed_is_what_the_table_lets_her_see(ground: Ground, table: Procedure, person: Person) -> None:
    listed = set(docket.visible(ground.actor(person)).filter(procedure=table.key).values_list("state", flat=True))
    assert listed == {state.key for state in table.states if sees(table, state, person)}
    assert listed == {s.key for s in table.states if visible_to(facing(ground, table, s, person))}


@pytest.mark.parametrize("table", every_table(), ids=name)
def test_whoever_must_act_can_see(table: Procedure) -> None:
    for state, step in steps_by_state(table):
        if step.key not in BUILT_IN_STEPS:
            people_of = [person for person in people(table) if any(person.holds(office) for office in step.offices)]
            machines = ("the_clock", "the_kin", "history")
            assert all(sees(table, state, person) for person in people_of if person.seat not in machines)


def test_nothing_was_written(ground: Ground) -> None:
    assert not Act.objects.exists()
    assert set(Matter.objects.values_list("version", flat=True)) == {1}
