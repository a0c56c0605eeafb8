"""Seats, the actor who sits in one, and the three separated administrators 三员分立."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openrenda.docket.actor import directory
from openrenda.people import seats
from openrenda.people.actors import actor_for, load_seat, office_name
from openrenda.people.models import Account, AccountEvent, Congress, Membership, Seat, SeatGrant, SeatSuspension
from openrenda.people.refusals import Refused
from openrenda.people.tests import cast

pytestmark = pytest.mark.usefixtures("congress")


@pytest.fixture
def three() -> dict[str, Account]:
    accounts = {key: cast.an_account(key) for key in ("system_admin", "security_admin", "audit_admin")}
    seats.found_administrators(accounts)
    return accounts


def test_a_seat_and_everything_about_it_is_one_query(django_assert_num_queries: Any, congress: Congress) -> None:
    organ = cast.an_organ("教育局")
    seat = cast.a_seat("organ_clerk", holder=organ.pk)
    with django_assert_num_queries(1):
        found = load_seat(seat.pk, seat.account_id)
        assert found is not None
        actor = actor_for(found, fresh=True)
        assert found.congress == congress
    assert actor.holders == {organ.pk}
    assert actor.name == "张三"
    assert actor.office_name == "教育局承办单位经办人"
    assert actor.fresh


def test_a_seat_is_named_by_its_title_or_by_its_kind() -> None:
    """A word that ends the one and begins the other is said once."""
    organ = cast.an_organ("教育局")
    named = cast.a_seat("organ_head", holder=organ.pk, title="教育局副局长")
    group = cast.a_seat("delegation_head", holder=cast.a_group("第一代表团").pk)
    deputy = cast.a_seat("deputy", holder=cast.a_mandate().pk)
    names = [office_name(load_seat(seat.pk, seat.account_id)) for seat in (named, group, deputy)]  # type: ignore[arg-type]
    assert names == ["教育局副局长", "第一代表团团长", "代表"]


def test_nobody_acts_in_an_ended_suspended_foreign_or_disabled_seat() -> None:
    organ, today = cast.an_organ(), timezone.localdate()
    ended = cast.a_seat("organ_clerk", holder=organ.pk, until=today - datetime.timedelta(days=1))
    suspended = cast.a_seat("organ_clerk", holder=organ.pk)
    SeatSuspension.objects.create(seat=suspended, since=today, basis="借调")
    disabled = cast.a_seat("organ_clerk", cast.an_account(is_active=False), holder=organ.pk)
    for seat in (ended, suspended, disabled):
        assert load_seat(seat.pk, seat.account_id) is None
    good = cast.a_seat("organ_clerk", holder=organ.pk)
    assert load_seat(good.pk, cast.an_account().pk) is None
    assert load_seat(good.pk, good.account_id) == good


def test_the_directory_names_who_holds_a_seat_now(django_assert_num_queries: Any) -> None:
    school, police = cast.an_organ("教育局"), cast.an_organ("公安局")
    one = cast.a_seat("organ_clerk", cast.an_account("甲", email="a@example.org"), holder=school.pk)
    two = cast.a_seat("organ_clerk", cast.an_account("乙", language="en"), holder=police.pk)
    cast.a_seat("organ_head", holder=school.pk)
    with django_assert_num_queries(1):
        [found] = directory().recipients(["organ_clerk"], [school.pk])
    assert (found.account, found.seat, found.name, found.email) == (one.account_id, one.pk, "甲", "a@example.org")
    assert {row.seat for row in directory().recipients(["organ_clerk"], None)} == {one.pk, two.pk}
    assert len(directory().recipients(["organ_clerk", "organ_head"], [school.pk])) == 2
    assert directory().recipients(["organ_clerk"], []) == []


@pytest.mark.parametrize("broken", [{"key": "king"}, {"key": "organ_clerk"}, {"key": "deputy", "holder_kind": "organ"}])
def test_an_impossible_seat_is_refused_with_a_sentence(broken: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="没有授予"):
        seats.open_seat(seats.Place(account=cast.an_account(), **broken))


def test_a_seat_for_an_organ_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="不存在"):
        seats.open_seat(seats.Place(account=cast.an_account(), key="organ_clerk", holder=cast.an_account().pk))


def test_a_seat_makes_the_account_a_member_and_is_not_given_twice(congress: Congress) -> None:
    account, organ = cast.an_account(), cast.an_organ()
    cast.a_seat("organ_clerk", account, holder=organ.pk)
    with pytest.raises(Refused, match="已经在这个席位上"):
        cast.a_seat("organ_clerk", account, holder=organ.pk)
    assert Membership.objects.get().congress == congress
    assert Seat.objects.count() == 1


def test_a_seat_is_asked_for_by_one_and_agreed_to_by_another(three: dict[str, Account]) -> None:
    clerk, organ = cast.an_account("新人"), cast.an_organ()
    place = seats.Place(account=clerk, key="organ_clerk", holder=organ.pk)
    grant = seats.request_seat(place, by=three["system_admin"])
    assert not Seat.objects.filter(account=clerk).exists()
    seat = seats.decide(grant, agree=True, by=three["security_admin"])
    assert seat is not None
    assert load_seat(seat.pk, clerk.pk) == seat
    kinds = list(AccountEvent.objects.filter(account=clerk).order_by("happened_at", "id").values_list("kind", "by"))
    assert kinds == [("seat_requested", three["system_admin"].pk), ("seat_granted", three["security_admin"].pk)]
    with pytest.raises(Refused, match="已经有人审批"):
        seats.decide(grant, agree=True, by=three["security_admin"])


def test_a_refused_request_needs_a_reason_and_leaves_no_seat(three: dict[str, Account]) -> None:
    place = seats.Place(account=cast.an_account(), key="organ_clerk", holder=cast.an_organ().pk)
    grant = seats.request_seat(place, by=three["system_admin"])
    with pytest.raises(Refused, match="理由"):
        seats.decide(grant, agree=False, by=three["security_admin"])
    assert seats.decide(grant, agree=False, by=three["security_admin"], reason="不是本单位人员") is None
    assert SeatGrant.objects.get().decision == "refused"
    assert not Seat.objects.filter(key="organ_clerk").exists()


def test_only_the_right_administrator_asks_and_agrees(three: dict[str, Account]) -> None:
    place = seats.Place(account=cast.an_account(), key="organ_clerk", holder=cast.an_organ().pk)
    for other in ("security_admin", "audit_admin"):
        with pytest.raises(Refused, match="系统管理员"):
            seats.request_seat(place, by=three[other])
    grant = seats.request_seat(place, by=three["system_admin"])
    for other in ("system_admin", "audit_admin"):
        with pytest.raises(Refused, match="安全管理员"):
            seats.decide(grant, agree=True, by=three[other])


def test_nobody_holds_two_of_the_three(three: dict[str, Account]) -> None:
    """三员分立: by function and, for open seats, by the database."""
    with pytest.raises(Refused, match="三员分立"):
        seats.open_seat(seats.Place(account=three["audit_admin"], key="security_admin"))
    held = Seat.objects.get(account=three["audit_admin"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            account=held.account, key="system_admin", holder_kind="congress", holder=held.holder, since=held.since
        )
    seats.close_seat(held, timezone.localdate())
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert seats.open_seat(seats.Place(account=three["audit_admin"], key="security_admin", since=tomorrow))


def test_a_revoked_seat_ends_on_agreement(three: dict[str, Account]) -> None:
    seat = cast.a_seat("organ_clerk", holder=cast.an_organ().pk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    grant = seats.request_revocation(seat, by=three["system_admin"], reason="调离", last_day=yesterday)
    assert load_seat(seat.pk, seat.account_id) is not None
    seats.decide(grant, agree=True, by=three["security_admin"])
    assert load_seat(seat.pk, seat.account_id) is None


def test_the_first_administrators_are_three_people_and_are_set_up_once(three: dict[str, Account]) -> None:
    with pytest.raises(Refused, match="已经设有管理员"):
        seats.found_administrators({key: cast.an_account() for key in three})
    with pytest.raises(Refused, match="三个不同的账号"):
        seats.found_administrators(dict.fromkeys(three, three["system_admin"]))
