"""Who may: one condition, asked of one matter or of all of them.

An office's condition is data (seats and relations). :func:`holds` answers for a matter whose parties are at hand,
:func:`matters_of` turns the same data into SQL for lists; a property test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from openrenda.languages import said

from .actor import Actor, Recipient, directory
from .language import HISTORY, THE_CLOCK, THE_KIN, THE_PUBLIC, Office
from .models import Act, Party

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])
NOBODY = {office.label: office for office in (THE_CLOCK, THE_KIN, HISTORY, THE_PUBLIC)}


def of_seat(office: Office, seat: str) -> bool:
    """Whether a seat of that kind is one of the office's."""
    return seat in office.seats


def sits(office: Office, actor: Actor) -> bool:
    """Whether the actor's seat is one of the office's seats."""
    return of_seat(office, actor.seat)


def holds(office: Office, actor: Actor, parties: Iterable[Party]) -> bool:
    """Whether the actor holds the office towards the matter with these (running) parties."""
    if not sits(office, actor):
        return False
    if not office.relation:
        return True
    return any(party.role in office.relation and party.holder in actor.holders for party in parties)


def doer(made: Act) -> str:
    """Who took a step, as a sentence names her.

    Names stay as they were recorded; offices without a name of their own are words of the interface.
    """
    if made.agent_for or not made.office_name:
        return made.agent_for or actor_words(made)
    return said(made.office_name)


def actor_words(made: Act) -> str:
    """The person who acted by name; time, related matters and the import in the language now spoken."""
    built_in = NOBODY.get(made.actor_name) if made.account is None else None
    return built_in.words if built_in else made.actor_name


def matters_of(offices: Iterable[Office], actor: Actor) -> Q:
    """The condition on matters under which the actor holds one of the offices, which have all a relation or all none: one look at the parties."""
    held = [office for office in offices if sits(office, actor)]
    if not held:
        return NOTHING
    roles = {role for office in held for role in office.relation}
    return related(roles, actor.holders) if roles else EVERYTHING


def related(roles: Iterable[str], holders: Iterable[UUID]) -> Q:
    """Matters to which one of the holders is, today, a party in one of the roles."""
    held = Party.objects.filter(matter=OuterRef("pk"), role__in=sorted(roles), holder__in=sorted(holders), until=None)
    return Q(Exists(held))


def people(office: Office, parties: Iterable[Party]) -> list[Recipient]:
    """The people who hold the office towards a matter now."""
    if not office.seats:
        return []
    if not office.relation:
        return directory().recipients(office.seats, None)
    holders = [party.holder for party in parties if party.role in office.relation and party.until is None]
    return directory().recipients(office.seats, holders) if holders else []
