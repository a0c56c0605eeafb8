"""Registers as of a day: mandates, vacancies, groups, organs and their names."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from openrenda.docket.actor import Actor
from openrenda.people import mandates, organs, rosters
from openrenda.people.actors import actor_for
from openrenda.people.categories import default_tree, load_default_categories
from openrenda.people.models import (
    AccountEvent,
    Category,
    GroupMembership,
    Mandate,
    Organ,
    OrganName,
    OrganSuccession,
    Person,
    Seat,
    Session,
)  # fmt: skip
from openrenda.people.refusals import Refused
from openrenda.people.tests import cast
from openrenda.tenancy import CrossCongressLink, congress_scope

pytestmark = pytest.mark.usefixtures("congress")


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def test_first_and_last_day_belong_to_the_life_of_a_row() -> None:
    mandate = cast.a_mandate(since=day(1, 10), until=day(3, 1), end_reason="term_ended")
    for moment, held in [(day(1, 9), False), (day(1, 10), True), (day(3, 1), True), (day(3, 2), False)]:
        assert Mandate.objects.on(moment).exists() is held
        assert mandate.holds(moment) is held


def test_no_row_may_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.a_mandate(since=day(3, 1), until=day(2, 1), end_reason="term_ended")


@pytest.mark.parametrize(
    "broken",
    [
        {"until": day(5, 1)},
        {"until": day(5, 1), "end_reason": "resigned"},
        {"end_reason": "resigned", "end_basis": "决定"},
        {"begin_reason": "by_election"},
    ],
)
def test_an_exit_needs_a_reason_and_a_document_and_a_by_election_a_report(broken: dict[str, Any]) -> None:
    """代表法第六十二条；I03."""
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.a_mandate(**broken)


def test_a_vacancy_appears_on_exit_and_closes_on_a_by_election() -> None:
    """I03: 名额、缺额与补选."""
    district = cast.a_district(1, quota=2)
    leaver = cast.a_mandate("李明", district=district)
    cast.a_mandate("王芳", district=district)
    assert rosters.vacancies(cast.a_term(), day(6, 1)) == []
    mandates.end_mandate(leaver, until=day(5, 31), reason="moved_away", basis="常委会公告第3号")
    [seats] = rosters.vacancies(cast.a_term(), day(6, 1))
    assert (seats.quota, seats.held, seats.vacant) == (2, 1, 1)
    assert rosters.vacancies(cast.a_term(), day(5, 31)) == []
    cast.a_mandate("赵强", district=district, since=day(7, 1), begin_reason="by_election", begin_basis="资格审查报告")
    assert rosters.vacancies(cast.a_term(), day(7, 1)) == []
    cast.a_mandate("孙丽", district=district, since=day(8, 1))
    assert [seats.over for seats in rosters.district_seats(cast.a_term(), day(8, 1))] == [1]


def test_vacancies_of_many_districts_are_one_query(django_assert_num_queries: Any) -> None:
    term = cast.a_term()
    for number in range(1, 9):
        cast.a_mandate(f"代表{number}", district=cast.a_district(number, quota=2))
    with django_assert_num_queries(1):
        assert sum(seats.vacant for seats in rosters.district_seats(term, day(6, 1))) == 8


def test_a_deputy_who_left_loses_places_and_seats_but_keeps_the_record() -> None:
    mandate, group = cast.a_mandate(), cast.a_group()
    GroupMembership.objects.create(group=group, mandate=mandate, since=cast.SINCE)
    seat = cast.a_seat("deputy", holder=mandate.pk)
    mandates.end_mandate(mandate, until=day(5, 31), reason="resigned", basis="常委会决定")
    assert rosters.roster(group, day(6, 1)) == []
    assert [row.mandate for row in rosters.roster(group, day(5, 31))] == [mandate]
    assert not Seat.objects.able_on(day(6, 1)).exists()
    assert Seat.objects.get(pk=seat.pk).until == day(5, 31)
    assert Mandate.objects.get(pk=mandate.pk).end_basis == "常委会决定"
    with pytest.raises(Refused, match="已于"):
        mandates.end_mandate(mandate, until=day(6, 1), reason="died", basis="公告")


@pytest.mark.parametrize(("reason", "basis"), [("resigned", " "), ("unknown", "决定")])
def test_a_mandate_does_not_end_without_reason_and_document(reason: str, basis: str) -> None:
    with pytest.raises(Refused):
        mandates.end_mandate(cast.a_mandate(), until=day(5, 31), reason=reason, basis=basis)


def test_a_suspended_deputy_holds_the_mandate_but_may_not_act() -> None:
    """代表法第六十一条: suspension is not termination."""
    mandate = cast.a_mandate()
    cast.a_seat("deputy", holder=mandate.pk)
    suspension = mandates.suspend_mandate(mandate, since=day(4, 1), basis="资格审查委员会报告")
    assert Mandate.objects.on(day(4, 1)).count() == 1
    assert not rosters.deputies(day(4, 1), able=True).exists()
    assert not Seat.objects.able_on(day(4, 1)).exists()
    with pytest.raises(Refused, match="已经暂停"):
        mandates.suspend_mandate(mandate, since=day(4, 2), basis="报告")
    mandates.resume_mandate(suspension, day(4, 30))
    assert Seat.objects.able_on(day(5, 1)).exists()


def test_deputies_are_listed_in_order_of_strokes() -> None:
    """按姓名笔画为序（LST-01、LST-02）."""
    for name in ["张三", "丁一", "王五", "李四"]:
        cast.a_mandate(name)
    assert [row.person.name for row in rosters.deputies()] == ["丁一", "王五", "李四", "张三"]


def test_initials_find_a_person_and_rare_characters_are_kept() -> None:
    for name in ["张三", "张思", "李四", "𠮷田䶮", "单雄"]:
        Person.objects.create(name=name)
    assert {person.name for person in Person.objects.found_by("zs")} == {"张三", "张思"}
    assert [person.name for person in Person.objects.found_by("shanx")] == ["单雄"]
    assert [person.name for person in Person.objects.found_by("𠮷")] == ["𠮷田䶮"]


def test_an_override_moves_a_person_in_the_list_and_survives_a_change_of_one_column() -> None:
    person = Person.objects.create(name="𠮷田")
    person.pinyin_override = "ji tian"
    person.save(update_fields=["pinyin_override"])
    assert [row.name for row in Person.objects.found_by("jt")] == ["𠮷田"]


def test_a_telephone_number_lies_sealed_in_the_database() -> None:
    person = Person.objects.create(name="张三", phone="13800000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person")
        [(stored,)] = cursor.fetchall()
    assert "138" not in stored
    assert Person.objects.get(pk=person.pk).phone == "13800000000"


def test_a_deputy_may_sit_in_several_groups_and_past_rosters_are_read_back() -> None:
    """A05 (1), (4)."""
    mandate, other = cast.a_mandate("王五"), cast.a_mandate("丁一")
    professional, street = cast.a_group("财经小组", "professional"), cast.a_group("东街小组", "street")
    GroupMembership.objects.create(group=professional, mandate=mandate, since=day(1, 1), role="head")
    GroupMembership.objects.create(group=street, mandate=mandate, since=day(1, 1), until=day(3, 31))
    GroupMembership.objects.create(group=professional, mandate=other, since=day(2, 1))
    assert [row.mandate for row in rosters.roster(professional, day(2, 1))] == [mandate, other]
    assert [row.mandate for row in rosters.roster(professional, day(1, 31))] == [mandate]
    assert [row.mandate for row in rosters.roster(street, day(3, 31))] == [mandate]
    assert rosters.roster(street, day(4, 1)) == []


def test_counts_by_kind_and_a_warning_where_a_street_has_stations_but_no_group() -> None:
    """A05 (2), (3): 7 professional, 13 street groups for 14 streets."""
    streets = [cast.an_organ(f"第{number}街道", "street") for number in range(1, 15)]
    for number in range(7):
        cast.a_group(f"专业{number}组", "professional")
    for street in streets[:13]:
        cast.a_group(f"{street.name}代表小组", "street", street=street)
    assert rosters.groups_by_kind() == {"professional": 7, "street": 13}
    assert list(rosters.streets_without_group({street.pk for street in streets})) == [streets[13]]


def test_the_congress_is_in_session_from_its_first_to_its_last_day() -> None:
    session = Session.objects.create(term=cast.a_term(), number=5, since=day(1, 8), until=day(1, 11))
    assert rosters.session_on(day(1, 8)) == session
    assert rosters.session_on(day(1, 11)) == session
    assert rosters.session_on(day(1, 12)) is None
    assert str(session) == "第6届第5次会议"


def test_a_renamed_organ_keeps_its_old_name_with_dates() -> None:
    organ = cast.an_organ("科学技术局", since=day(1, 1))
    organs.rename_organ(organ, "科学技术和经济信息化局", day(3, 1))
    assert organ.name_on(day(2, 28)) == "科学技术局"
    assert organ.name_on(day(3, 1)) == "科学技术和经济信息化局"
    assert Organ.objects.named_on(day(2, 28)).get().name_then == "科学技术局"
    assert OrganName.objects.count() == 2
    with pytest.raises(Refused, match="更名日期"):
        organs.rename_organ(organ, "别的名字", day(3, 1))


def a_registrar() -> Actor:
    return actor_for(cast.a_seat("deputy_office"))


def test_a_merger_moves_people_and_keeps_history() -> None:
    sport, culture = cast.an_organ("体育局"), cast.an_organ("文化和旅游局")
    clerk = cast.a_seat("organ_clerk", holder=sport.pk)
    organs.merge_organs([sport], culture, on=day(4, 1), basis="机构改革方案", by=a_registrar())
    assert not Organ.objects.on(day(4, 1)).filter(pk=sport.pk).exists()
    assert Organ.objects.on(day(3, 31)).filter(pk=sport.pk).exists()
    assert sport.name_on(day(3, 31)) == "体育局"
    assert OrganSuccession.objects.get().successor == culture
    moved = Seat.objects.on(day(4, 1)).get(account=clerk.account)
    assert (moved.holder, moved.key) == (culture.pk, "organ_clerk")
    assert Seat.objects.on(day(3, 31)).get(account=clerk.account).holder == sport.pk


def test_a_merger_needs_a_document_and_living_organs() -> None:
    sport, culture, by = cast.an_organ("体育局"), cast.an_organ("文化和旅游局"), a_registrar()
    for sources, basis in [([sport], " "), ([], "方案"), ([culture], "方案")]:
        with pytest.raises(Refused):
            organs.merge_organs(sources, culture, on=day(4, 1), basis=basis, by=by)
    organs.merge_organs([sport], culture, on=day(4, 1), basis="方案", by=by)
    with pytest.raises(Refused, match="已经撤销"):
        organs.merge_organs([sport], culture, on=day(5, 1), basis="方案", by=by)


def test_the_shipped_tree_has_about_twenty_fields_and_loads_once() -> None:
    assert 18 <= len(default_tree()) <= 24
    first = load_default_categories()
    assert first == Category.objects.count() > 60
    assert load_default_categories() == 0
    assert all(category.parent_id for category in Category.objects.filter(code__startswith="01").exclude(code="01"))


def test_a_row_of_another_congress_is_refused() -> None:
    mandate = cast.a_mandate()
    with congress_scope(cast.a_congress()), pytest.raises(CrossCongressLink):
        GroupMembership.objects.create(group=cast.a_group(), mandate=mandate, since=day(1, 1))


@pytest.mark.parametrize("statement", ["UPDATE people_accountevent SET kind = 'x'", "DELETE FROM people_accountevent"])
def test_the_database_refuses_to_change_the_account_log(statement: str) -> None:
    AccountEvent.objects.create(kind="signed_in", account=cast.an_account())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AccountEvent.objects.get().kind == "signed_in"
