"""The cast as rows: congresses, organs, districts, people, groups, accounts and their seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from openrenda.docket.actor import Actor
from openrenda.people import models as people
from openrenda.people.actors import actor_for
from openrenda.people.categories import load_default_categories
from openrenda.people.offices import SEPARATED, label_of
from openrenda.people.seats import found_administrators
from openrenda.procedures.enterprise_order import Enterprise
from openrenda.rulebook import Book, book_for, set_local_value
from openrenda.tenancy import congress_scope

from .cast import DISTRICT, Cast
from .deputies import GUESTS_OF
from .network import load_codes, load_network
from .seats import Account, Seat
from .signins import PASSWORD

# No operator has assigned numbers that begin so.
PHONE = "1540000{:04d}"
POSITION_STEP = 10


@dataclass
class House:
    """One congress's rows by (kind, key), and who acts in which seat."""

    key: str
    congress: people.Congress
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    actors: dict[tuple[str, str], list[Actor]] = field(default_factory=dict)

    def row(self, kind: str, key: str) -> Any:
        """A row by its kind and the cast's key; None when this congress has no such row."""
        return self.rows.get((kind, key))

    def ref(self, kind: str, key: str) -> Any:
        """What the plan calls by key, as its identifier."""
        return self.rows[kind, key].pk

    @property
    def book(self) -> Book:
        """The rules in force."""
        return book_for(self.congress)

    def keep(self, kind: str, rows: dict[str, Any]) -> None:
        """Write rows of one model and remember them by key."""
        if rows:
            type(next(iter(rows.values()))).objects.bulk_create(rows.values(), batch_size=200)
        self.rows |= {(kind, key): row for key, row in rows.items()}


def load_registers(cast: Cast) -> dict[str, House]:
    """Write every register, a transaction each congress; the houses by the cast's key."""
    congresses: dict[str, people.Congress] = {}
    accounts = _accounts(cast)
    houses = {}
    for row in cast.congresses:
        congresses[row.key] = people.Congress.objects.create(
            division_code=row.code, name=row.name, short_name=row.short_name, level=row.level, fictional=True,
            parent=congresses.get(row.parent),
        )  # fmt: skip
        house = houses[row.key] = House(row.key, congresses[row.key])
        with congress_scope(house.congress), transaction.atomic():
            _fill(house, cast, accounts)
    return houses


# What the demo's congresses have decided for themselves, so that every part of the program has something to show.
OWN_VALUES = ("option.promise_round", "option.promise_study")


def _fill(house: House, cast: Cast, accounts: dict[str, people.Account]) -> None:
    load_default_categories()
    for rule in OWN_VALUES:
        set_local_value(house.congress, rule, True, basis="主任会议纪要（演示）", set_by="演示", since=cast.begins)
    house.rows |= {("category", row.code): row for row in people.Category.objects.all()}
    _terms(house, cast)
    _organs(house, cast)
    _groups(house, cast)
    _deputies(house, cast, accounts)
    _memberships(house, cast)
    if house.key == DISTRICT:
        _guests(house, cast, accounts)
        house.keep("enterprise", {f.key: Enterprise(name=f.name, street=house.row("organ", f.street), site=f.site)
                                  for f in cast.enterprises})  # fmt: skip
        load_network(house, cast)
    _seats(house, cast, accounts)
    if house.key == DISTRICT:
        load_codes(house, cast)


def _terms(house: House, cast: Cast) -> None:
    term = next(term for term in cast.terms if term.congress == house.key)
    house.keep("term", {"": people.Term(number=term.number, since=term.since, until=term.until)})
    house.keep("session", {
        s.key: people.Session(term=house.row("term", ""), number=s.number, since=s.since, until=s.until)
        for s in cast.sessions if s.congress == house.key
    })  # fmt: skip


def _organs(house: House, cast: Cast) -> None:
    mine = [organ for organ in cast.organs if organ.congress == house.key]
    since = house.row("term", "").since
    rows = {
        organ.key: people.Organ(code=organ.code, name=organ.name, kind=organ.kind, contact=organ.contact, since=since,
                                position=number * POSITION_STEP)
        for number, organ in enumerate(mine, 1)
    }  # fmt: skip
    house.keep("organ", rows)
    for organ in mine:
        rows[organ.key].supervisor = rows.get(organ.supervisor)
    people.Organ.objects.bulk_update(rows.values(), ["supervisor"], batch_size=200)
    house.keep("name", {key: people.OrganName(organ=row, name=row.name, since=since) for key, row in rows.items()})


def _groups(house: House, cast: Cast) -> None:
    house.keep("group", {
        group.key: people.Group(kind=group.kind, name=group.name, street=house.row("organ", group.street), since=group.since,
                                position=number * POSITION_STEP)
        for number, group in enumerate((g for g in cast.groups if g.congress == house.key), 1)
    })  # fmt: skip


def _deputies(house: House, cast: Cast, accounts: dict[str, people.Account]) -> None:
    term = house.row("term", "")
    house.keep("district", {
        d.key: people.District(term=term, number=d.number, name=d.name, street=house.row("organ", d.street), quota=d.quota)
        for d in cast.districts if d.congress == house.key
    })  # fmt: skip
    mandates = [mandate for mandate in cast.mandates if mandate.congress == house.key]
    house.keep("person", {key: _person(cast, key, accounts) for key in dict.fromkeys(m.person for m in mandates)})
    house.keep("mandate", {
        m.key: people.Mandate(
            person=house.row("person", m.person), term=term, district=house.row("district", m.district),
            electoral_unit=m.electoral_unit, delegation=house.row("group", m.delegation), card_number=m.card_number,
            since=m.since, until=m.until, begin_reason=m.begin_reason, begin_basis=m.begin_basis, end_reason=m.end_reason,
            end_basis=m.end_basis,
        )
        for m in mandates
    })  # fmt: skip


def _guests(house: House, cast: Cast, accounts: dict[str, people.Account]) -> None:
    """Deputies of the city and the province who take part here: rows of the district's own, which name their congress."""
    theirs = {c.key: people.Congress.objects.get(division_code=c.code) for c in cast.congresses if c.key in GUESTS_OF}
    house.keep("person", {row.person: _person(cast, row.person, accounts) for row in cast.guests})
    house.keep("mandate", {
        row.key: people.Mandate(
            person=house.row("person", row.person), level=theirs[row.congress].level, of_congress=theirs[row.congress].name,
            elsewhere=theirs[row.congress], since=row.since,
        )
        for row in cast.guests
    })  # fmt: skip


def _person(cast: Cast, key: str, accounts: dict[str, people.Account]) -> people.Person:
    told = cast.person_by_key[key]
    number = int(key.removeprefix("person"))
    row = people.Person(
        name=told.name, sex=told.sex, ethnicity=told.ethnicity, birth_year=told.birth_year, post=told.post,
        phone=PHONE.format(number), account=accounts[key],
    )  # fmt: skip
    row.set_keys()
    return row


def _memberships(house: House, cast: Cast) -> None:
    house.keep("membership", {
        f"{group.key} {member}": people.GroupMembership(
            group=house.row("group", group.key), mandate=house.row("mandate", member), since=group.since,
            role="head" if place == 0 else "member",
        )
        for group in cast.groups if group.congress == house.key
        for place, member in enumerate(group.members)
    })  # fmt: skip


# Accounts and seats


def everybody(cast: Cast) -> tuple[Account, ...]:
    """The cast's accounts, and those of deputies who have left: their seats ended with their mandates."""
    known = {account.person for account in cast.accounts}
    gone = {m.person: m for m in cast.mandates if m.person not in known}
    left = (
        Account(m.key, cast.name_of(m.key), person, (Seat(m.congress, "deputy", "mandate", m.key),))
        for person, m in gone.items()
    )
    return (*cast.accounts, *left)


def _accounts(cast: Cast) -> dict[str, people.Account]:
    """Every account, by person where there is one, otherwise by login. The slow digest of the password is worked out once."""
    password, now = make_password(PASSWORD), timezone.now()
    made = {
        account.person or account.login: people.Account(
            login=account.login, name=account.name, password=password, must_change_password=False, password_changed_at=now,
        )
        for account in everybody(cast)
    }  # fmt: skip
    people.Account.objects.bulk_create(made.values(), batch_size=200)
    return made


def _seats(house: House, cast: Cast, accounts: dict[str, people.Account]) -> None:
    """All seats at once; the three administrators by the function that every installation uses for its first ones."""
    wanted = [
        (accounts[a.person or a.login], seat) for a in everybody(cast) for seat in a.seats if seat.congress == house.key
    ]
    administrators = {seat.key: account for account, seat in wanted if seat.key in SEPARATED}
    rows = [_seat(house, account, seat) for account, seat in wanted if seat.key not in SEPARATED]
    people.Seat.objects.bulk_create(rows, batch_size=200)
    house.rows |= {("leader", row.account.login): row for row in rows if row.key == "leader"}
    members = {row.account.pk: row.account for row in rows}
    people.Membership.objects.bulk_create(
        [people.Membership(account=account, congress=house.congress) for account in members.values()], batch_size=200
    )
    people.AccountEvent.objects.bulk_create([_granted(row) for row in rows], batch_size=200)
    found_administrators(administrators)
    _actors(house, zip(rows, (seat for _, seat in wanted if seat.key not in SEPARATED), strict=True))


def _seat(house: House, account: people.Account, seat: Seat) -> people.Seat:
    holder = house.row(seat.holder_kind, seat.holder)
    mandate = holder if seat.holder_kind == "mandate" else None
    return people.Seat(
        account=account, key=seat.key, holder_kind=seat.holder_kind, holder=holder.pk, title=seat.title,
        person=mandate.person if mandate else None, since=mandate.since if mandate else house.row("term", "").since,
        until=mandate.until if mandate else None,
    )  # fmt: skip


def _granted(row: people.Seat) -> people.AccountEvent:
    happened = at_noon(row.since)
    return people.AccountEvent(
        kind="seat_granted", account=row.account, happened_at=happened, detail=str(label_of(row.key))
    )


def _actors(house: House, seats: Iterable[tuple[people.Seat, Seat]]) -> None:
    """Who acts in a seat for a holder; everyone has just proved who she is."""
    named = {row.pk: row for row in people.Seat.objects.with_holder_name().select_related("account", "congress")}
    for row, seat in seats:
        house.actors.setdefault((seat.key, seat.holder), []).append(actor_for(named[row.pk], fresh=True))


def at_noon(day: date) -> datetime:
    """Noon of a legal day."""
    return timezone.make_aware(datetime.combine(day, time(12)))
