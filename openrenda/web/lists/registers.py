"""What a list's filters offer, and the reader's saved filters: one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from openrenda.docket.models import Matter
from openrenda.people.models import Category, Organ, Session
from openrenda.prepared import Prepared

from ..access import account_of
from ..models import SavedFilter
from .query import Listing

HANDLING_KINDS_LEFT_OUT = ("congress_committee",)


@dataclass
class Registers:
    """Choices by register, as (id, name), and the saved filters as (id, name, address)."""

    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    saved: list[tuple[str, str, str]] = field(default_factory=list)

    def name(self, register: str, key: str) -> str:
        """The name of one row of a register."""
        wanted = key.replace("-", "")
        return next((n for k, n in self.choices.get(register, ()) if k.replace("-", "") == wanted), "")


def registers_of(listing: Listing) -> Registers:
    """Ask for everything the filter bar shows."""
    wanted = frozenset(item.register for item in listing.filters() if item.kind == "register")
    rows = _prepared(listing.table.key, wanted).rows(account=account_of(listing.actor))
    rows.sort(key=lambda row: (row[0], row[1], row[3]))
    found = Registers()
    for kind, _position, key, name, extra in rows:
        if kind == "saved":
            found.saved.append((str(key), name, extra))
        else:
            words = _session_words(extra, name) if kind == "session" else name
            found.choices.setdefault(kind, []).append((str(key), words))
    return found


def _session_words(term: str, number: str) -> str:
    return _("第%(term)s届第%(number)s次会议") % {"term": term, "number": number}


@cache
def _prepared(procedure: str, wanted: frozenset[str]) -> Prepared[tuple[Any, ...]]:
    def ask(account: UUID) -> QuerySet[Any]:
        others = [query for name, query in _queries().items() if name in wanted]
        return _saved(account, procedure).union(*others, all=True)

    return Prepared(ask, account=uuid4())


def _saved(account: UUID, procedure: str) -> QuerySet[Any]:
    mine = SavedFilter.objects.filter(account=account, procedure=procedure)
    return _columns(mine, "saved", Value(0), F("name"), F("address"))


def _queries() -> dict[str, QuerySet[Any]]:
    nothing, nothing_first = Value(""), Value(0)
    return {
        "category": _columns(Category.objects.all(), "category", F("position"), F("name"), nothing),
        "organ": _columns(
            Organ.objects.exclude(kind__in=HANDLING_KINDS_LEFT_OUT), "organ", F("position"), F("name"), nothing
        ),
        "street": _columns(
            Organ.objects.filter(kind__in=("street", "town")), "street", F("position"), F("name"), nothing
        ),
        "committee": _columns(
            Organ.objects.filter(kind="congress_committee"), "committee", F("position"), F("name"), nothing
        ),
        "area": _columns(
            Matter.objects.filter(procedure="area", closed_on=None), "area", nothing_first, F("title"), nothing
        ),
        "session": _columns(Session.objects.all(), "session", F("term__number"), F("number"), F("term__number")),
    }


def _columns(rows: QuerySet[Any], kind: str, position: Any, name: Any, extra: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            kind_=Value(kind, CharField()),
            position_=Cast(position, IntegerField()),
            name_=Cast(name, CharField()),
            extra_=Cast(extra, CharField()),
        )
        .values_list("kind_", "position_", "id", "name_", "extra_")
    )
