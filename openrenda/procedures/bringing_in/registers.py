"""Matching the names in a record with the registers: exactly, or not at all."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from openrenda.documents.cells import name_of
from openrenda.people.models import Category, Mandate, Organ, OrganName, Session

from .sessions import Written


class Registers:
    """The congress's registers by name, read once an import."""

    @cached_property
    def sessions(self) -> dict[tuple[int, int], Session]:
        """Sessions by term and number."""
        return {(row.term.number, row.number): row for row in Session.objects.select_related("term")}

    @cached_property
    def organs(self) -> dict[str, set[UUID]]:
        """Organs by code and by every name they have borne."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for pk, code, name in Organ.objects.values_list("pk", "code", "name"):
            found[code].add(pk)
            found[name].add(pk)
        for pk, name in OrganName.objects.values_list("organ_id", "name"):
            found[name].add(pk)
        return found

    @cached_property
    def categories(self) -> dict[str, set[UUID]]:
        """Categories by code and name."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for pk, code, name in Category.objects.values_list("pk", "code", "name"):
            found[code].add(pk)
            found[name].add(pk)
        return found

    @cached_property
    def _mandates(self) -> dict[str, list[Mandate]]:
        found: dict[str, list[Mandate]] = defaultdict(list)
        for row in Mandate.objects.select_related("person"):
            found[name_of(row.person.name)].append(row)
            if row.card_number:
                found[row.card_number].append(row)
        return found

    def session(self, session: Written) -> Session | None:
        """The session of the register that a record names."""
        return self.sessions.get((session.term or 0, session.number or 0))

    def organ(self, name: str) -> UUID | None:
        """The one organ of that name or code."""
        return _only(self.organs.get(name, set()))

    def find_category(self, name: str) -> UUID | None:
        """The one category of that name or code."""
        return _only(self.categories.get(name, set()))

    def mandate(self, name: str, day: date) -> Mandate | None:
        """The one mandate of a deputy of that name, or with that card, that held on the day."""
        rows = {row.pk: row for row in self._mandates.get(name_of(name), []) if _held(row, day)}
        return next(iter(rows.values())) if len(rows) == 1 else None

    def find(self, model: Any, name: str, day: date) -> UUID | None:
        """The row of a model that a cell names."""
        if model is Mandate:
            found = self.mandate(name, day)
            return found.pk if found else None
        known = {Organ: self.organs, Category: self.categories}.get(model, {})
        return _only(known.get(name, set()))


def _held(row: Mandate, day: date) -> bool:
    return bool(row.holds(day))


def _only(found: set[UUID]) -> UUID | None:
    return next(iter(found)) if len(found) == 1 else None
