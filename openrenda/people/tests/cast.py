"""The people of these tests: a fictional congress with a few organs and deputies."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from openrenda.people.models import Account, Congress, District, Group, Mandate, Organ, Person, Seat, Term
from openrenda.people.organs import found_organ
from openrenda.people.seats import Place, open_seat

_numbers = itertools.count(1)
SINCE = datetime.date(2024, 1, 1)
PASSWORD = "Qingshan-2024"


def a_congress(**fields: Any) -> Congress:
    code = f"99{next(_numbers):04d}"
    defaults = {"division_code": code, "name": "青山区人民代表大会", "short_name": "青山区人大", "level": "county"}
    return Congress.objects.create(**defaults | {"fictional": True} | fields)


def an_account(name: str = "张三", *, password: str | None = PASSWORD, **fields: Any) -> Account:
    fields.setdefault("must_change_password", False)
    return Account.objects.create_account(f"user{next(_numbers)}", name, password, **fields)


def an_organ(name: str = "教育局", kind: str = "department", **fields: Any) -> Organ:
    return found_organ(f"J{next(_numbers):03d}", name, kind, since=fields.pop("since", SINCE), **fields)


def a_term(number: int = 6) -> Term:
    found = Term.objects.filter(number=number).first()
    return found or Term.objects.create(number=number, since=datetime.date(2022, 1, 1))


def a_mandate(name: str = "李明", **fields: Any) -> Mandate:
    person = fields.pop("person", None) or Person.objects.create(name=name)
    fields.setdefault("since", SINCE)
    return Mandate.objects.create(person=person, term=fields.pop("term", None) or a_term(), **fields)


def a_district(number: int, quota: int, **fields: Any) -> District:
    return District.objects.create(term=a_term(), number=number, name=f"第{number}选区", quota=quota, **fields)


def a_group(name: str = "第一代表团", kind: str = "delegation", **fields: Any) -> Group:
    return Group.objects.create(name=name, kind=kind, since=fields.pop("since", SINCE), **fields)


def a_seat(key: str, account: Account | None = None, **fields: Any) -> Seat:
    fields.setdefault("since", SINCE)
    return open_seat(Place(account=account or an_account(), key=key, **fields))
