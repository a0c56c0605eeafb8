"""Ground for tests made from the tables: every state of every procedure, with a party in every relation, and a person for every seat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Office, Procedure, State, Step
from openrenda.docket.models import Matter, Party
from openrenda.people.models import Congress
from openrenda.tenancy import uuid7

NOBODY = "nobody"


@dataclass(frozen=True)
class Person:
    """Somebody in a seat who stands in one relation to every matter, or in none."""

    seat: str
    role: str = ""

    def holds(self, office: Office) -> bool:
        """By the words of the table alone: the seat is named, and the relation, where there is one."""
        return self.seat in office.seats and (not office.relation or self.role in office.relation)

    def __str__(self) -> str:
        return f"{self.seat}-{self.role}" if self.role else self.seat


def offices(table: Procedure) -> set[Office]:
    """Every office a table names."""
    named = {office for step in table.steps for office in (*step.offices, *step.tells)}
    named |= {office for state in table.states for office in table.seen_in(state)}
    named |= {office for group in table.sealed for office in group.opened_by}
    return named | set(table.seen_when_confidential) | {clock.whose for clock in table.clocks}


def people(table: Procedure) -> list[Person]:
    """One person for each seat with each of its relations, each seat without any, and a stranger."""
    found = {Person(NOBODY)}
    for office in offices(table):
        for seat in office.seats:
            found |= {Person(seat), *(Person(seat, role) for role in office.relation)}
    return sorted(found, key=str)


def steps_by_state(table: Procedure) -> list[tuple[State, Step]]:
    """Every row from every state it may be taken from."""
    return [(state, step) for state in table.states for step in table.steps_from(state.key)]


def every_table() -> tuple[Procedure, ...]:
    """What is registered when the tests are collected."""
    return registry.procedures()


class Ground:
    """Matters put straight into each state, once, and the people who face them."""

    def __init__(self, congress: Congress) -> None:
        self.congress = congress
        self.holders = {role: uuid7() for role in sorted(self._roles())}
        self.matters = {(m.procedure, m.state): m for m in Matter.objects.bulk_create(self._matters())}
        self.parties = {matter.pk: list(self._parties(matter)) for matter in self.matters.values()}
        Party.objects.bulk_create(party for parties in self.parties.values() for party in parties)

    def actor(self, person: Person) -> Actor:
        """The person as the engine sees her. Who has no relation still stands for something: somebody else's."""
        holder = self.holders.get(person.role) or UUID(int=1)
        return Actor(uuid7(), self.congress.pk, person.seat, frozenset({holder}), name="某人", fresh=True)

    def _roles(self) -> set[str]:
        return {role for table in every_table() for office in offices(table) for role in office.relation}

    def _matters(self) -> Iterator[Matter]:
        today = timezone.localdate()
        for table in every_table():
            for state in table.states:
                yield Matter(
                    congress_id=self.congress.pk, procedure=table.key, state=state.key, title=state.label, version=1,
                    opened_on=today, state_since=today, closed_on=today if state.final else None,
                )  # fmt: skip

    def _parties(self, matter: Matter) -> Iterator[Party]:
        for role, holder in self.holders.items():
            yield Party(matter=matter, role=role, holder=holder, name=role, since=timezone.now())
