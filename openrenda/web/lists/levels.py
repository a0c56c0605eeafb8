"""A list is narrowed by the level of the deputies whose business its matters are (A01 (4)).

Deputies of this congress stand in its register and are parties of the matter. Those of other levels take part in gatherings, where they
are told by kind and name; that list has a filter of its own.
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
from openrenda.people.models import Congress, Mandate
from openrenda.procedures.listing import Filter, ListOf
from openrenda.rulebook import Book
from openrenda.tenancy import current_congress_id

KEY, DEPUTY_SEAT = "deputy_level", "deputy"


def with_levels(table: Procedure, listed: ListOf) -> tuple[Filter, ...]:
    """The list's filters, with one by level where deputies have to do with the matters and the list has none of its own."""
    roles = roles_of_deputies(table)
    if not roles or any(item.key == "level" and item.asks for item in listed.filters):
        return listed.filters
    return (*listed.filters, Filter(KEY, _("代表的层级"), "", "choice", choices=_levels, asks=partial(of_level, roles)))


def roles_of_deputies(table: Procedure) -> tuple[str, ...]:
    """In which relations deputies stand to the table's matters."""
    offices = {office for step in table.steps for office in (*step.offices, *step.tells)} | set(table.seen_by)
    return tuple(sorted({role for office in offices if DEPUTY_SEAT in office.seats for role in office.relation}))


def of_level(roles: tuple[str, ...], level: str, today: date) -> Q:
    """Deputies of that level have to do with it: those of the congress's own level, by its register."""
    own = Congress.objects.filter(pk=current_congress_id(), level=level)
    theirs = Party.objects.filter(matter=OuterRef("pk"), role__in=roles, holder__in=Mandate.objects.values("pk"))
    return Q(Exists(own)) & Q(Exists(theirs))


def _levels(book: Book) -> list[tuple[str, Any]]:
    return offered(LEVEL_LABELS.items())
