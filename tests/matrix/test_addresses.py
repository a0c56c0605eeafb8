"""A census of all addresses: whoever may not open one is turned away in the way the table says, whatever seat she sits in.

The objects are made once and only looked at: what a request writes is taken back after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template.loader import get_template
from django.test import Client

from openrenda.docket import registry
from openrenda.docket.language import Procedure
from openrenda.people.offices import SEAT_KINDS

from .addresses import ADDRESSES, CURIOUS, FORBIDDEN, NO_TOKEN, NOT_THERE, OK, PUBLIC, SEATS, WRONG_METHOD, Address
from .census import SECRET, WHO, Census, patterns

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
ROWS = [pytest.param(name, address, id=name) for name, address in ADDRESSES.items()]
HELD = [pytest.param(name, address, id=name) for name, address in ADDRESSES.items() if address.held]
LOOKED_AT = [
    pytest.param(name, address, id=name)
    for name, address in ADDRESSES.items()
    if address.get == OK and not (address.public or address.held)
]
TAKING = [pytest.param(name, address, id=name) for name, address in ADDRESSES.items() if address.post is not None]


@pytest.fixture(scope="module")
def census(django_db_setup: None, django_db_blocker: Any) -> Iterator[Census]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Census()
        transaction.set_rollback(True)


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert sorted(name for name, _ in patterns()) == sorted(ADDRESSES)


def test_every_kind_of_seat_is_asked() -> None:
    assert set(SEATS) == set(SEAT_KINDS) == set(WHO)


@pytest.mark.parametrize("table", registry.procedures(), ids=lambda table: table.key)
def test_every_matter_has_a_page(table: Procedure) -> None:
    """A procedure that names a body brings it."""
    assert get_template(table.body or "web/matter_body.html")


@pytest.mark.parametrize(("name", "address"), ROWS)
def test_who_may_open_it(census: Census, name: str, address: Address) -> None:
    """Nobody signed in, and each of the seats, by each method the address takes."""
    asked = [(seat, method) for seat in address.asked() for method in METHODS if address.taken(method)]
    found = {(seat, method): census.ask(method, name, seat).status_code for seat, method in asked}
    wrong = {who: status for who, status in found.items() if status != address.expected(*who)}
    assert wrong == {}, "found, where the table says otherwise"


@pytest.mark.parametrize(("name", "address"), ROWS)
def test_the_other_method_changes_and_shows_nothing(census: Census, name: str, address: Address) -> None:
    for method in (method for method in METHODS if not address.taken(method)):
        assert census.ask(method, name, address.seats[0]).status_code == WRONG_METHOD


@pytest.mark.parametrize(("name", "address"), HELD)
def test_to_another_congress_there_is_no_such_thing(census: Census, name: str, address: Address) -> None:
    for seat in address.seats:
        for method in (method for method in METHODS if address.taken(method)):
            assert census.ask(method, name, seat, census.elsewhere).status_code == NOT_THERE, (seat, method)


@pytest.mark.parametrize(("name", "address"), LOOKED_AT)
def test_no_word_of_one_congress_reaches_another(census: Census, name: str, address: Address) -> None:
    """The pages that name no object show the other congress its own things only."""
    for seat in (seat for seat in CURIOUS if address.may(seat)):
        answer = census.ask("GET", name, seat, census.elsewhere)
        assert answer.status_code in (OK, NOT_THERE)
        assert SECRET not in answer.body.decode(errors="replace"), seat


@pytest.mark.parametrize(("name", "address"), TAKING)
def test_nothing_is_taken_without_the_token_of_the_form(census: Census, name: str, address: Address) -> None:
    for seat in {PUBLIC, address.seats[0]}:
        refused = census.ask("POST", name, seat, enforce_csrf_checks=True).status_code == FORBIDDEN
        assert refused != address.without_token, seat


@pytest.mark.parametrize(("name", "address"), [row for row in ROWS if row.values[1].by_token])
def test_a_signed_in_session_opens_nothing_for_machines(census: Census, name: str, address: Address) -> None:
    """Only the token counts: a page of another site could otherwise act with the reader's cookie."""
    client = Client()
    client.cookies["sessionid"] = census.sessions[census.here.congress.pk, address.seats[0]]
    assert client.get(census.url(name)).status_code == NO_TOKEN
