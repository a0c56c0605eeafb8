"""From an address to rows: filters that ignore what they do not know, and pages by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.asking import Asked, held_by, led_by_few
from openrenda.docket.language import Procedure
from openrenda.docket.models import Matter, Party
from openrenda.docket.situation import book_of
from openrenda.procedures.listing import Filter, ListOf
from openrenda.search import find

from .. import waiting
from .catalogue import filters_of, list_of

PAGE_ROWS = 50
PAGE_CHOICES = (50, 100, 200)
FOUND_AT_MOST = 200
LONGEST_WORDS = 100
Position = tuple[date | None, UUID]
BASE_FIELDS = ("id", "number", "title", "state", "opened_on", "due_on", "closed_on")
VIEWS = (
    ("", _("全部")),
    ("own", _("与我有关")),
    ("mine", _("等我办")),
    ("invited", _("还可以办")),
    ("late", _("超期")),
    ("open", _("未办结")),
    ("closed", _("已办结")),
)


@dataclass(frozen=True)
class Order:
    """One way to sort. Rows without the day come last, where there are such: PostgreSQL reads an index only in its own order."""

    key: str
    label: Any
    column: str
    field: str
    descending: bool = False
    always_there: bool = False

    def by(self, *, backwards: bool = False, few: bool = False) -> list[Any]:
        """The ORM's ordering; backwards for the page before. What is ``few`` is sorted: an index in this order would lead through everybody's."""
        falling = self.descending != backwards
        if self.always_there and not few:
            return [f"-{self.field}", "-id"] if falling else [self.field, "id"]
        path: Any = Coalesce(self.field, self.field) if few else F(self.field)
        first = path.desc(nulls_first=backwards or None, nulls_last=None if backwards else True) if falling else None
        first = first or path.asc(nulls_first=backwards or None, nulls_last=None if backwards else True)
        return [first, "-id" if falling else "id"]

    def beyond(self, value: date | None, row: UUID, *, backwards: bool = False) -> Q:
        """The rows that come after (or before) the row with that value and id."""
        word = "lt" if self.descending != backwards else "gt"
        empty, same = Q(**{f"{self.field}__isnull": True}), Q(**{f"{self.field}": value, f"id__{word}": row})
        if value is None:
            return (empty & Q(**{f"id__{word}": row})) | (~empty if backwards else Q(pk__in=[]))
        further = Q(**{f"{self.field}__{word}": value}) | same
        return further if backwards or self.always_there else further | empty


ORDERS = (
    Order("newest", _("新提出的在前"), "opened", "opened_on", descending=True, always_there=True),
    Order("oldest", _("早提出的在前"), "opened", "opened_on", always_there=True),
    Order("due", _("期限近的在前"), "due", "due_on"),
)


@dataclass
class Chosen:
    """One filter in use, as its chip shows it: the name in the address, its value, and the words."""

    name: str
    value: str
    condition: Q
    row: UUID | None = None


@dataclass
class Listing:
    """What one address asks of one procedure's list, for one person."""

    table: Procedure
    actor: Actor
    asked: QueryDict
    chosen: list[Chosen] = field(default_factory=list)

    def __post_init__(self) -> None:
        for key, condition, row in self._understood():
            self.chosen.append(Chosen(key, self.asked.get(key, ""), condition, row))

    @cached_property
    def shown(self) -> ListOf:
        """The declaration of the list."""
        return list_of(self.table)

    @cached_property
    def book(self) -> Any:
        """The rules of this congress."""
        return book_of(self.actor.congress)

    @cached_property
    def view(self) -> str:
        """Which of the tabs is open."""
        asked = self.asked.get("view", "")
        return asked if asked in dict(VIEWS) else ""

    @cached_property
    def order(self) -> Order:
        """How the rows are sorted."""
        return next((order for order in ORDERS if order.key == self.asked.get("sort")), ORDERS[0])

    @property
    def page_rows(self) -> int:
        """How many rows a page has."""
        asked = self.asked.get("rows", "")
        return int(asked) if asked in map(str, PAGE_CHOICES) else PAGE_ROWS

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_WORDS]

    def value(self, key: str) -> str:
        """The value of a filter in use, or nothing."""
        return next((item.value for item in self.chosen if item.name == key), "")

    def filters(self) -> list[Filter]:
        """The procedure's own filters that this seat may use."""
        return [item for item in filters_of(self.table) if not item.seats or self.actor.seat in item.seats]

    def _understood(self) -> Iterator[tuple[str, Q, UUID | None]]:
        """Name, condition and, for a filter by a register, the row of the register."""
        states = {state.key for state in self.table.states}
        if (state := self.asked.get("state", "")) in states:
            yield "state", Q(state=state), None
        stage = self.asked.get("stage", "")
        if stage and stage in dict(self.table.stages):
            yield "stage", Q(state__in=[state.key for state in self.table.states if state.stage == stage]), None
        year = self.asked.get("year", "")
        if year.isascii() and year.isdigit() and 1900 < int(year[:5]) < 2200:
            yield "year", Q(opened_on__gte=date(int(year), 1, 1), opened_on__lte=date(int(year), 12, 31)), None
        for item in self.filters():
            value = self.asked.get(item.key, "")
            if item.kind == "register":
                if (row := _row(value)) is not None:
                    yield item.key, Q(**{item.path: row}), row
            elif value and (condition := self._condition(item, value)) is not None:
                yield item.key, condition, None

    def _condition(self, item: Filter, value: str) -> Q | None:
        if item.kind == "flag":
            return Q(**{item.path: value == "yes"}) if value in ("yes", "no") else None
        if item.kind == "mine":
            return Q(**{f"{item.path}__in": sorted(self.actor.holders)}) if value == "yes" else None
        if item.kind == "some":
            held = Q(pk__in=Matter.objects.filter(**{f"{item.path}__isnull": False}).values("pk"))
            return {"yes": held, "no": ~held}.get(value)
        known = {key for key, _label in item.choices(self.book)} if item.choices else set()
        if value not in known:
            return None
        return item.asks(value, timezone.localdate()) if item.asks else Q(**{item.path: value})

    def matters(self) -> QuerySet[Matter]:
        """The rows of the list, all pages, unsorted."""
        bases = {"mine": docket.inbox, "invited": waiting.invited}
        own = bases.get(self.view)
        rows = own(self.actor).filter(procedure=self.table.key) if own else docket.visible(self.actor, self.table.key)
        for item in self.chosen:
            rows = rows.filter(item.condition)
        if self.view == "own":
            mine = Party.objects.filter(matter=OuterRef("pk"), holder__in=sorted(self.actor.holders), until=None)
            rows = rows.filter(Exists(mine))
        elif self.view == "late":
            rows = rows.filter(closed_on=None, due_on__lt=timezone.localdate())
        elif self.view == "open":
            rows = rows.filter(closed_on=None)
        elif self.view == "closed":
            rows = rows.filter(closed_on__isnull=False)
        return self._searched(rows) if self.words else rows

    def _searched(self, rows: QuerySet[Matter]) -> QuerySet[Matter]:
        hits = find(self.words, procedures=[self.table.key], limit=FOUND_AT_MOST)
        return rows.filter(Q(pk__in=[hit.subject for hit in hits]) | Q(number=self.words) | Q(title=self.words))

    def paths(self) -> list[str]:
        """The columns' paths beyond those that every row has."""
        extra = dict.fromkeys(column.path for column in self.shown.columns if column.path not in BASE_FIELDS)
        return list(extra)

    def address(self, **changes: str | None) -> str:
        """The query text of this list with some parts changed; a change starts again at the first page."""
        kept = {"view": self.view, "q": self.words, "sort": self.asked.get("sort", "") and self.order.key}
        kept |= {"rows": str(self.page_rows) if self.page_rows != PAGE_ROWS else ""}
        kept |= {item.name: item.value for item in self.chosen}
        return urlencode({key: value for key, value in (kept | changes).items() if value})


@dataclass
class Page:
    """One page of rows, with the addresses of the pages around it."""

    rows: list[dict[str, Any]]
    previous: str = ""
    next: str = ""


def page_of(listing: Listing) -> Page:
    """One page, found by key: one query, whatever the number of rows before it."""
    before = _position(listing.asked.get("before", ""))
    after = _position(listing.asked.get("after", "")) if before is None else None
    backwards, size = before is not None, listing.page_rows
    found = _found(listing, before or after, backwards)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    page = Page(found)
    if found and (after is not None or (backwards and more)):
        page.previous = listing.address(before=_mark(found[0], listing.order))
    if found and (more or backwards):
        page.next = listing.address(after=_mark(found[-1], listing.order))
    return page


def _found(listing: Listing, at: Position | None, backwards: bool) -> list[dict[str, Any]]:
    """The rows of a page and one more. Only a search, which looks for its hits first, asks with a statement of its own."""
    if listing.words:
        return list(_sorted(listing, at, backwards))
    rows = [item for item in listing.chosen if item.row is not None][: len(REGISTER_MARKS)]
    address = listing.address(
        **{item.name: str(mark) for item, mark in zip(rows, REGISTER_MARKS.values(), strict=False)}
    )
    values = dict(zip(REGISTER_MARKS, [item.row for item in rows], strict=False))
    day, row = at or (None, None)
    few = led_by_few(listing.actor, listing.table.key)
    shape = (listing.table.key, address, at is not None, day is not None, backwards, few, timezone.localdate())
    return PAGE.rows(listing.actor, *shape, day=day, row=row, **values)


def _page(
    actor: Actor, key: str, address: str, placed: bool, dated: bool, backwards: bool, few: bool, today: date,
    day: date, row: UUID, **marks: UUID,
) -> QuerySet[Any]:  # fmt: skip
    listing = Listing(registry.procedure(key), actor, QueryDict(address))
    return _sorted(listing, (day if dated else None, row) if placed else None, backwards, few)


# As many filters by a register as any list has; one more would be asked by its value.
REGISTER_MARKS = {f"register{number}": uuid4() for number in range(6)}
PAGE: Asked[dict[str, Any]] = Asked(_page, day=date(1000, 1, 1), row=uuid4(), **REGISTER_MARKS)


def _sorted(listing: Listing, at: Position | None, backwards: bool, few: bool = False) -> QuerySet[Any]:
    rows = listing.matters()
    if few:
        rows = rows.filter(pk__in=held_by(listing.actor).values("matter"))
    if at is not None:
        rows = rows.filter(listing.order.beyond(*at, backwards=backwards))
    rows = rows.order_by(*listing.order.by(backwards=backwards, few=few)).values(*BASE_FIELDS, *listing.paths())
    return rows[: listing.page_rows + 1]


def _mark(row: dict[str, Any], order: Order) -> str:
    value = row[order.field]
    return f"{value.isoformat() if value else ''}_{row['id'].hex}"


def _row(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _position(text: str) -> Position | None:
    """Where a page begins; None for a mark that is none of ours."""
    day, _bar, row = text.partition("_")
    try:
        return (date.fromisoformat(day) if day else None), UUID(row)
    except ValueError:
        return None
