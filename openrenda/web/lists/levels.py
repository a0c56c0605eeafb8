"""A list is narrowed by the level of the deputies whose business its matters are (A01 (4)).

Deputies of this congress and guests of other levels stand in its register and are parties of the matter. Whoever else took part in a
gathering is told by kind and name; that list has a filter of its own.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openrenda.activities.kinds import LEVEL_LABELS, offered
from openrenda.docket.language import Procedure
from openrenda.docket.models import Party
from openrenda.people.guests import of_level
from openrenda.procedures.listing import Filter, ListOf
from openrenda.rulebook import Book

KEY, DEPUTY_SEAT = "deputy_level", "deputy"


def with_levels(table: Procedure, listed: ListOf) -> tuple[Filter, ...]:
    """The list's filters, with one by level where deputies have to do with the matters and the list has none of its own."""
    roles = roles_of_deputies(table)
    if not roles or any(item.key == "level" and item.asks for item in listed.filters):
        return listed.filters
    return (*listed.filters, Filter(KEY, _("代表的层级"), "", "choice", choices=_levels, asks=partial(concerns, roles)))


def roles_of_deputies(table: Procedure) -> tuple[str, ...]:
    """In which relations deputies stand to the table's matters."""
    offices = {office for step in table.steps for office in (*step.offices, *step.tells)} | set(table.seen_by)
    return tuple(sorted({role for office in offices if DEPUTY_SEAT in office.seats for role in office.relation}))


def concerns(roles: tuple[str, ...], level: str, today: date) -> Q:
    """Deputies of that level have to do with it, by the register."""
    theirs = Party.objects.filter(matter=OuterRef("pk"), role__in=roles, holder__in=of_level(level).values("pk"))
    return Q(Exists(theirs))


def _levels(book: Book) -> list[tuple[str, Any]]:
    return offered(LEVEL_LABELS.items())
