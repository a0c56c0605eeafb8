"""Questions of one person about many matters, with statements made once for everybody who sits in the same kind of seat.

What a person may see and what waits for her depends on her seat's kind and on the rules of her congress, which decide the
statement, and on whom the seat stands for, which is a value in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db.models import QuerySet

from openrenda.prepared import Prepared

from .actor import Actor
from .models import Party
from .reading import through_parties, visible
from .situation import book_of

Row = TypeVar("Row")
HOLDER_MARKS = [uuid4() for _ in range(8)]
MOST_KEPT = 512
MATTERS_AT_ONCE = 64


class Asked(Generic[Row]):
    """One question about an actor. ``ask`` gets the actor, then what shapes the question, then the marks by name."""

    def __init__(self, ask: Callable[..., QuerySet[Any]], **marks: Any) -> None:
        self.ask, self.marks = ask, marks
        self._kept: dict[Hashable, Prepared[Row]] = {}

    def rows(self, actor: Actor, *shape: Hashable, **values: Any) -> list[Row]:
        """The rows of the answer; ``shape`` is whatever else decides the statement and is no value in it."""
        holders = sorted(actor.holders)
        if not 0 < len(holders) <= len(HOLDER_MARKS):
            return list(self.ask(actor, *shape, **values))
        prepared = self._prepared(actor, len(holders), shape)
        return prepared.rows(holders=holders, **values)

    def _prepared(self, actor: Actor, holders: int, shape: tuple[Hashable, ...]) -> Prepared[Row]:
        key = (actor.seat, holders, book_of(actor.congress).version, shape)
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            marks = HOLDER_MARKS[:holders]
            marked = replace(actor, holders=frozenset(marks))
            self._kept[key] = Prepared(
                lambda holders, **rest: self.ask(marked, *shape, **rest), holders=marks, **self.marks
            )
        return self._kept[key]


MATTER_MARKS = [uuid4() for _ in range(MATTERS_AT_ONCE)]
SEEN: Asked[tuple[UUID]] = Asked(
    lambda actor, matters: visible(actor).filter(pk__in=matters).values_list("pk"), matters=MATTER_MARKS
)


def seen_among(actor: Actor, matters: Iterable[UUID]) -> frozenset[UUID]:
    """Those of some matters that this person may look at; one query for each sixty-four of them."""
    rest = iter(dict.fromkeys(matters))
    found: set[UUID] = set()
    while part := list(islice(rest, MATTERS_AT_ONCE)):
        found.update(matter for (matter,) in SEEN.rows(actor, matters=part))
    return frozenset(found)


# Whoever is a party to no more than so many matters: hers are looked up and sorted. Others' are read in order until a page is full, which
# comes to as many rows where the congress has half a million.
FEW = 5000
BEYOND_FEW: Asked[tuple[UUID]] = Asked(lambda actor: held_by(actor).order_by().values_list("pk")[FEW : FEW + 1])


def held_by(actor: Actor) -> QuerySet[Party]:
    """What this person stands in towards matters, today."""
    return Party.objects.filter(holder__in=sorted(actor.holders), until=None)


def led_by_few(actor: Actor, procedure: str) -> bool:
    """Whether this person sees the procedure's matters as a party only, and is one to few. One query at most."""
    return through_parties(actor.seat, procedure) and not BEYOND_FEW.rows(actor)


PARTIES: Prepared[Party] = Prepared(
    lambda matters: Party.objects.filter(matter_id__in=matters, until=None),
    matters=MATTER_MARKS,
)


def parties_of(matters: Iterable[UUID]) -> dict[UUID, list[Party]]:
    """The running parties of some matters, by matter; one query for each sixty-four of them."""
    found: dict[UUID, list[Party]] = defaultdict(list)
    rest = iter(dict.fromkeys(matters))
    while part := list(islice(rest, MATTERS_AT_ONCE)):
        for party in PARTIES.rows(matters=part):
            found[party.matter_id].append(party)
    return found
