"""The two ledgers side by side (B10), and what is overdue by organ and age.

The district's side is read from the acts by which rows were given away and back; the street's side from the rows that stand with it
today. Both must name the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from openrenda.docket.models import Act
from openrenda.people.models import Organ
from openrenda.rulebook import Book

from .listing import ages, overdue_for
from .records import STREET, Commitment

MOVING = ("give", "give_back", "hand_over")


@dataclass
class StreetLedger:
    """One street: what the district's acts say it got, what it gave back, and what stands in its own ledger."""

    street: UUID
    name: str = ""
    given: int = 0
    given_back: int = 0
    by_district: set[UUID] = field(default_factory=set)
    by_street: set[UUID] = field(default_factory=set)
    own: int = 0

    @property
    def differing(self) -> set[UUID]:
        """Rows that only one of the two sides knows."""
        return self.by_district ^ self.by_street


def reconciled(matters: QuerySet[Any, Any], street: UUID | None = None) -> list[StreetLedger]:
    """Each street's ledger against the district's, in the order of the register; of one street, if it is named. Three queries."""
    found: dict[UUID, StreetLedger] = {}
    where: dict[UUID, UUID] = {}
    moved = Act.objects.filter(procedure="commitment", step__in=MOVING, matter__in=matters)
    for matter, step, data in moved.order_by("matter", "seq").values_list("matter", "step", "data"):
        _follow(matter, step, data, where, found)
    for matter, keeper in where.items():
        _ledger(found, keeper).by_district.add(matter)
    kept = Commitment.objects.filter(level=STREET, matter__in=matters).values_list("matter", "keeper")
    for matter, keeper in kept:
        ledger = _ledger(found, keeper)
        if matter in where:
            ledger.by_street.add(matter)
        else:
            ledger.own += 1
    names = Organ.objects.filter(pk__in=found).order_by("position", "code").values_list("pk", "name")
    rows = []
    for pk, name in names:
        found[pk].name = name
        if street in (None, pk):
            rows.append(found[pk])
    return rows


def _follow(
    matter: UUID, step: str, data: dict[str, Any], where: dict[UUID, UUID], found: dict[UUID, StreetLedger]
) -> None:
    if step == "hand_over":
        if where.get(matter) == UUID(data["leaver"]):
            where[matter] = UUID(data["successor"])
        return
    keeper = UUID(data["keeper"])
    if step == "give":
        where[matter] = keeper
        _ledger(found, keeper).given += 1
    else:
        where.pop(matter, None)
        _ledger(found, keeper).given_back += 1


def _ledger(found: dict[UUID, StreetLedger], street: UUID) -> StreetLedger:
    return found.setdefault(street, StreetLedger(street))


@dataclass(frozen=True)
class Overdue:
    """An organ's overdue promises, counted by age; the whole in front."""

    organ: UUID | None
    name: str
    counts: tuple[tuple[str, int], ...]


def overdue_by_organ(matters: QuerySet[Any, Any], book: Book, today: date) -> list[Overdue]:
    """Organs in the order of the register, never by number. Two queries."""
    keys = [key for key, _label in ages(book)]
    counts = {f"age{place}": Count("pk", filter=_own(overdue_for(key, today))) for place, key in enumerate(keys)}
    rows = Commitment.objects.filter(_own(overdue_for(keys[0], today)), matter__in=matters).order_by()
    grouped = {row["organ"]: row for row in rows.values("organ").annotate(**counts)}
    names = (
        Organ.objects.filter(pk__in=[pk for pk in grouped if pk]).order_by("position", "code").values_list("pk", "name")
    )
    order = [*names, *([(None, "")] if None in grouped else [])]
    return [
        Overdue(pk, name, tuple((key, grouped[pk][f"age{place}"]) for place, key in enumerate(keys)))
        for pk, name in order
    ]


def _own(condition: Q) -> Q:
    """A condition of the list, which begins at the matter, asked of the promise itself."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        inner = _own(child) if isinstance(child, Q) else (str(child[0]).removeprefix("commitment__"), child[1])  # type: ignore[index]
        found.children.append(inner)  # type: ignore[arg-type]
    return found
