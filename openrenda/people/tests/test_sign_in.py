"""Signing in: password, lock-out, second factor, forced change, and sessions that end with the account."""

from __future__ import annotations

import datetime
import re
import time
from typing import Any

import pyotp
import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from openrenda.people import authentication, passwords, second_factor, sessions
from openrenda.people.models import Account, AccountEvent, RecoveryCode, Seat
from openrenda.people.testing import sit_down
from openrenda.people.tests import cast
from openrenda.tenancy import congress_scope

pytestmark = [pytest.mark.usefixtures("congress"), pytest.mark.urls("openrenda.people.tests.urls")]
DEPUTY_QUERIES = 2


def a_deputy_seat(**fields: Any) -> Seat:
    return cast.a_seat("deputy", cast.an_account("李明", **fields), holder=cast.a_mandate("李明").pk)


def a_clerk_seat(**fields: Any) -> Seat:
    return cast.a_seat("organ_clerk", cast.an_account("王芳", **fields), holder=cast.an_organ().pk)


def sign_in(client: Client, account: Account, password: str = cast.PASSWORD, **data: str) -> Any:
    return client.post("/sign-in/", {"login": account.login, "password": password, **data})


def who(client: Client) -> dict[str, Any]:
    return dict(client.get("/who/").json())


def complaints(answer: Any) -> str:
    """What the page says is wrong."""
    found = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), re.S)
    assert found
    return found[0]


def test_a_deputy_signs_in_and_sits_in_her_only_seat(client: Client) -> None:
    seat = a_deputy_seat()
    answer = sign_in(client, seat.account, next="/organs/")
    assert (answer.status_code, answer["Location"]) == (302, "/organs/")
    assert who(client) == {"seat": "deputy", "name": "李明", "fresh": True}
    assert AccountEvent.objects.filter(kind="signed_in", account=seat.account).count() == 1


def test_login_names_are_read_as_people_type_them(client: Client) -> None:
    seat = a_deputy_seat()
    typed = seat.account.login.upper().translate({ord(c): ord(c) + 0xFEE0 for c in "USER0123456789"})
    assert client.post("/sign-in/", {"login": f" {typed} ", "password": cast.PASSWORD}).status_code == 302


def test_the_next_page_is_never_on_another_host(client: Client) -> None:
    assert sign_in(client, a_deputy_seat().account, next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_disabled_account_get_the_same_answer(client: Client) -> None:
    disabled = a_deputy_seat(is_active=False).account
    answers = [
        sign_in(client, a_deputy_seat().account, "wrong"),
        client.post("/sign-in/", {"login": "nobody", "password": "wrong"}),
        sign_in(client, disabled),
    ]
    sentences = {complaints(answer) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(sentences) == 1
    assert "登录名或者密码不对" in sentences.pop()


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_the_name_for_fifteen_minutes(client: Client, known: bool) -> None:
    account = a_deputy_seat().account
    login = account.login if known else "nobody"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(5):
            answer = client.post("/sign-in/", {"login": login, "password": "wrong"})
        assert answer.status_code == 422
        locked = client.post("/sign-in/", {"login": login, "password": cast.PASSWORD})
        assert locked.status_code == 422
        assert complaints(locked) == complaints(answer)
        clock.shift(datetime.timedelta(minutes=16))
        assert client.post("/sign-in/", {"login": login, "password": cast.PASSWORD}).status_code == (
            302 if known else 422
        )


def test_a_lock_is_lifted_by_the_security_administrator(client: Client) -> None:
    account = a_deputy_seat().account
    for _attempt in range(5):
        sign_in(client, account, "wrong")
    assert sign_in(client, account).status_code == 422
    assert authentication.locked_names() == {account.login}
    authentication.unlock(account, by=cast.an_account())
    assert authentication.locked_names() == set()
    assert sign_in(client, account).status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    account = a_deputy_seat(password=None).account
    first = passwords.issue_password(account)
    assert sign_in(client, account, first)["Location"] == "/account/password/"
    assert client.get("/organs/")["Location"].startswith("/account/password/")
    new = {"present": first, "new": "Zhongnanshan-9", "again": "Zhongnanshan-9"}
    assert client.post("/account/password/", new).status_code == 302
    assert who(client)["seat"] == "deputy"


@pytest.mark.parametrize("weak", ["Ab1!", "onlysmall", "12345678", "password1", "ABCDEFGH1"])
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, Account(login="zhangsan", name="张三"))


def test_a_first_password_satisfies_the_rules() -> None:
    for _attempt in range(20):
        validate_password(passwords.first_password(), Account(login="zhangsan", name="张三"))


def test_a_changed_password_ends_every_other_session() -> None:
    seat = a_deputy_seat()
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, seat.account)
    new = {"present": cast.PASSWORD, "new": "Zhongnanshan-9", "again": "Zhongnanshan-9"}
    here.post("/account/password/", new)
    assert who(here)["seat"] == "deputy"
    assert who(there) == {"seat": None, "signed_in": False}


def test_a_lost_telephone_is_signed_out_from_another_device() -> None:
    """The clerk's phone is lost: its session ends, hers goes on, and the account's log says so."""
    seat = a_deputy_seat()
    here, lost = Client(), Client()
    for client in (here, lost):
        sign_in(client, seat.account)
    assert here.get("/account/sign-out-elsewhere/").status_code == 405
    here.post("/account/sign-out-elsewhere/")
    assert who(here)["seat"] == "deputy"
    assert who(lost) == {"seat": None, "signed_in": False}
    assert AccountEvent.objects.filter(account=seat.account, kind="signed_out_elsewhere").count() == 1


def test_a_disabled_account_is_out_at_its_next_request(client: Client) -> None:
    seat = a_deputy_seat()
    sign_in(client, seat.account)
    authentication.disable(seat.account, by=cast.an_account())
    assert who(client) == {"seat": None, "signed_in": False}
    authentication.enable(seat.account, by=cast.an_account())
    assert who(client) == {"seat": None, "signed_in": False}


def test_a_deputy_whose_mandate_ended_loses_the_seat_but_stays_signed_in(client: Client) -> None:
    seat = a_deputy_seat()
    sign_in(client, seat.account)
    Seat.objects.filter(pk=seat.pk).update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert who(client) == {"seat": None, "signed_in": True}


def test_a_request_of_a_signed_in_deputy_costs_two_queries(client: Client, django_assert_num_queries: Any) -> None:
    """One for the session, one for the seat with its account, congress and mandate."""
    sign_in(client, a_deputy_seat().account)
    with django_assert_num_queries(DEPUTY_QUERIES):
        who(client)


def test_the_public_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert who(client) == {"seat": None, "signed_in": False}


def test_the_congress_of_the_seat_is_in_context(client: Client) -> None:
    seat = a_clerk_seat()
    with congress_scope(cast.a_congress()):
        cast.an_organ("别处的机构")
    assert sit_down(client, seat).get("/organs/").json() == {"organs": ["教育局"]}


def test_staff_without_a_second_factor_are_sent_to_enrol_one(client: Client) -> None:
    seat = a_clerk_seat()
    sign_in(client, seat.account)
    assert client.get("/organs/?q=1")["Location"] == "/account/second-factor/?next=%2Forgans%2F%3Fq%3D1"
    assert "data:image/svg" in client.get("/account/second-factor/").content.decode()
    secret = client.session["people.new_secret"]
    assert client.post("/account/second-factor/", {"code": "000"}).status_code == 422
    answer = client.post("/account/second-factor/", {"code": pyotp.TOTP(secret).now()})
    assert answer.content.decode().count("<li><code>") == 10
    assert client.get("/organs/").status_code == 200


def enrolled(account: Account) -> tuple[str, list[str]]:
    secret = second_factor.new_secret()
    an_hour_ago = time.time() - 3600
    with time_machine.travel(an_hour_ago, tick=False):
        codes = second_factor.enrol(account, secret, pyotp.TOTP(secret).now())
    assert codes
    return secret, codes


def test_a_second_factor_is_asked_for_and_counts_once(client: Client) -> None:
    seat = a_clerk_seat()
    secret, _codes = enrolled(seat.account)
    code = pyotp.TOTP(secret).now()
    assert sign_in(client, seat.account)["Location"] == "/sign-in/code/"
    assert who(client) == {"seat": None, "signed_in": False}
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert who(client)["seat"] == "organ_clerk"
    again = Client()
    sign_in(again, seat.account)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 422


def test_a_recovery_code_stands_in_once(client: Client) -> None:
    seat = a_clerk_seat()
    _secret, codes = enrolled(seat.account)
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    for expected in (302, 422):
        again = Client()
        sign_in(again, seat.account)
        assert again.post("/sign-in/code/", {"code": f" {codes[0].upper()} "}).status_code == expected


def test_wrong_codes_lock_the_name_too(client: Client) -> None:
    seat = a_clerk_seat()
    secret, _codes = enrolled(seat.account)
    sign_in(client, seat.account)
    for _attempt in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    assert client.post("/sign-in/code/", {"code": pyotp.TOTP(secret).now()}).status_code == 422
    assert sign_in(Client(), seat.account).status_code == 422


def test_the_password_holds_five_minutes_for_the_code(client: Client) -> None:
    seat = a_clerk_seat()
    enrolled(seat.account)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, seat.account)
        clock.shift(datetime.timedelta(minutes=6))
        assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_staff_are_signed_out_after_half_an_hour_and_deputies_are_not(client: Client) -> None:
    clerk, deputy = client, Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sit_down(clerk, a_clerk_seat())
        sit_down(deputy, a_deputy_seat())
        for minutes in (20, 20):
            clock.shift(datetime.timedelta(minutes=minutes))
            assert who(clerk)["seat"] == "organ_clerk"
        clock.shift(datetime.timedelta(minutes=31))
        assert clerk.get("/organs/")["Location"] == "/sign-in/?next=%2Forgans%2F"
        assert who(deputy)["seat"] == "deputy"


def test_an_idle_page_s_own_question_is_refused_and_moves_nobody_away(client: Client) -> None:
    """Somebody may be writing there: the page says that she must sign in again (main.js)."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sit_down(client, a_clerk_seat())
        clock.shift(datetime.timedelta(minutes=31))
        answer = client.get("/organs/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer


def test_proof_of_identity_is_fresh_for_ten_minutes_and_can_be_given_again(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, a_deputy_seat().account)
        clock.shift(datetime.timedelta(minutes=11))
        assert who(client)["fresh"] is False
        assert client.post("/account/confirm/", {"password": "wrong"}).status_code == 422
        assert client.post("/account/confirm/", {}).status_code == 422
        assert who(client)["fresh"] is False
        answer = client.post("/account/confirm/", {"password": cast.PASSWORD, "next": "/organs/"})
        assert answer["Location"] == "/organs/"
        assert who(client)["fresh"] is True


def test_a_person_with_several_seats_chooses_one_and_switches(client: Client) -> None:
    seat = a_deputy_seat()
    with congress_scope(cast.a_congress(short_name="青山市人大")):
        other = cast.a_seat("deputy", seat.account, holder=cast.a_mandate("李明").pk)
    assert sign_in(client, seat.account)["Location"] == "/seats/"
    assert who(client) == {"seat": None, "signed_in": True}
    assert "青山市人大" in client.get("/seats/").content.decode()
    key = f"{other.congress_id}.{other.pk}"
    assert client.post("/seat/", {"seat": key}).status_code == 302
    assert who(client)["seat"] == "deputy"
    assert [choice.current for choice in sessions.choices(client.session) if choice.key == key] == [True]


@pytest.mark.parametrize("key", ["", "nonsense", "a.b", "{congress}.{foreign}", "{congress}"])
def test_nobody_enters_a_seat_that_is_not_hers(client: Client, key: str) -> None:
    foreign = a_clerk_seat()
    sign_in(client, a_deputy_seat().account)
    key = key.format(congress=foreign.congress_id, foreign=foreign.pk)
    assert client.post("/seat/", {"seat": key})["Location"] == "/seats/"
    assert who(client)["seat"] == "deputy"


def test_signing_out_ends_the_session(client: Client) -> None:
    sign_in(client, a_deputy_seat().account)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert who(client) == {"seat": None, "signed_in": False}
    assert client.get("/seats/")["Location"] == "/sign-in/"


def test_a_lost_second_factor_is_removed_and_enrolled_anew(client: Client) -> None:
    seat = a_clerk_seat()
    enrolled(seat.account)
    second_factor.remove(seat.account, by=cast.an_account())
    sign_in(client, seat.account)
    assert client.get("/organs/")["Location"].startswith("/account/second-factor/")
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("path", ["/sign-in/", "/account/", "/account/password/", "/account/confirm/", "/seats/"])
def test_every_page_of_the_account_opens(client: Client, path: str) -> None:
    assert sit_down(client, a_deputy_seat()).get(path).status_code == 200
