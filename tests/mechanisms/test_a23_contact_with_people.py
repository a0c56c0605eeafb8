"""A23 代表联系人民群众办法."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket, rulebook
from openrenda.docket.models import Matter
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Mandate
from openrenda.people.testing import sit_down
from openrenda.rulebook import set_local_value
from openrenda.web.duties import checks, contacts
from openrenda.web.duty import standings
from tests.cast import Cast

from .conftest import Wall
from .gatherings import opinion, recorded
from .networking import a_station, street_of
from .opining import entered
from .stage import take
from .supervising import today


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March, in the first half of the year."""


def visit(cast: Cast, who: str = "chen", **more: Any) -> Matter:
    """A visit with something in it."""
    return recorded(cast, who, "voter_visit", (who,), area_name="第一选区", note="听取了路灯问题。", **more)


def standing(cast: Cast, who: str = "chen") -> contacts.Standing:
    """How she stands in the period of today."""
    return contacts.standing(cast.mandates[who], contacts.span_on(timezone.localdate()))


def test_a23_1_the_required_number_is_a_setting_with_a_start_date(cast: Cast, wall: Wall) -> None:
    """Must (1): a period keeps what held on its first day, whatever is set during it or later."""
    assert [(span.since.month, span.until.month, span.required) for span in contacts.spans(2026)] == [
        (1, 6, 2),
        (7, 12, 2),
    ]
    set_local_value(cast.congress, contacts.RULE, 5, basis="联系人民群众办法", set_by="office", since=date(2026, 3, 2))
    assert [span.required for span in contacts.spans(2026)] == [2, 5]
    wall.pass_days(300)
    set_local_value(cast.congress, contacts.RULE, 1, basis="修改办法的决定", set_by="office", since=date(2027, 1, 1))
    assert [span.required for span in contacts.spans(2026)] == [2, 5]
    assert [span.required for span in contacts.spans(2027)] == [1, 1]
    assert contacts.last_span(date(2026, 8, 1)).since == date(2026, 1, 1)


def test_a23_1_the_length_of_a_period_is_one_too(cast: Cast) -> None:
    """Must (1): from the next year on, so that periods already counted stay as they were."""
    set_local_value(
        cast.congress, contacts.PERIOD, "quarter", basis="联系人民群众办法", set_by="office", since=date(2026, 3, 2)
    )
    assert len(contacts.spans(2026)) == 2
    assert [span.until for span in contacts.spans(2027)] == [
        date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31),
    ]  # fmt: skip


def test_a23_1_the_office_sets_it_with_its_basis_and_not_for_the_past(cast: Cast, client: Client) -> None:
    """Must (1): on the page; leaders only look."""
    address = reverse("duties:measures")
    sit_down(client, cast.seats["office"])
    told = {"times": 4, "since": "2026-07-01", "basis": "联系人民群众办法"}
    assert client.post(address, {**told, "since": "2026-01-01"}).status_code == 422
    assert client.post(address, {**told, "basis": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    rulebook.forget()
    assert [span.required for span in contacts.spans(2026)] == [2, 4]
    assert "联系人民群众办法" in client.get(address).content.decode()
    sit_down(client, cast.seats["leader"])
    assert client.post(address, told).status_code == 404


def test_a23_2_the_deputys_page_shows_required_done_and_missing(cast: Cast, client: Client) -> None:
    """Must (2): in her own file, with what counted."""
    visit(cast)
    found = standing(cast)
    assert (found.span.required, found.done, found.missing) == (2, 1, 1)
    sit_down(client, cast.seats["chen"])
    shown = client.get(reverse("duty")).content.decode()
    assert "要求 2 次，已有 1 次，还差 1 次" in shown
    visit(cast, place="白石村")
    visit(cast, place="青石村")
    assert (standing(cast).done, standing(cast).missing) == (3, 0)


def test_a23_3_a_contact_counts_only_with_date_place_and_content(cast: Cast) -> None:
    """Must (3): a gathering without anything in it, one that was only planned, and a merged one do not count."""
    empty = recorded(cast, "chen", "contact_group", ("chen",))
    assert standing(cast).done == 0
    opinion(cast, empty, who="chen")
    assert standing(cast).done == 1
    planned = {
        "kind": "contact_group",
        "held_on": today(),
        "place": "村委会",
        "note": "听取意见",
        "expected": [cast.mandates["chen"].pk],
    }
    docket.open_matter("gathering", "plan", by=cast["office"], data=planned)
    assert standing(cast).done == 1
    second = recorded(cast, "lin", "contact_group", ("lin", "chen"), note="同一次")
    assert standing(cast).done == 1, "the same day and place are one contact"
    take(cast, empty, "chen", "merge", {"other": str(second.pk), "repeated": []})
    assert (standing(cast).done, standing(cast, "lin").done) == (1, 1)


def test_a23_3_receptions_count_by_themselves_and_nothing_is_typed_twice(cast: Cast) -> None:
    """Must (3): what people told her at the station is a contact; by telephone or code it is none."""
    station = a_station(street_of(cast))
    entered(cast, "chen", station=station.pk)
    entered(cast, "chen", station=station.pk, text="垃圾没有清运。")
    assert [(row.place, row.day) for row in standing(cast).contacts] == [("Z01联络站", date(2026, 3, 2))]
    entered(cast, "lin", channel="phone", station=station.pk, text="公交太少。")
    entered(cast, "lin", channel="visit", text="没有写明地点。")
    assert standing(cast, "lin").done == 0
    entered(cast, "lin", channel="visit", place="白石村口", text="有地点的。")
    assert standing(cast, "lin").done == 1
    recorded(cast, "office", "courtyard", ("lin",), area_name="第一选区", place="白石村口", note="同一场院坝会")
    assert standing(cast, "lin").done == 1, "what was heard there belongs to it"


def test_a23_3_research_is_no_contact_with_the_people(cast: Cast) -> None:
    """Must (3)."""
    recorded(cast, "chen", "research", ("chen",), carried_by="deputies", note="调研")
    assert standing(cast).done == 0


def test_a23_4_unmet_numbers_are_listed_at_the_end_of_the_period(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (4): by name, in the order of strokes, without a rank; who came or left during the period is not held to it."""
    visit(cast)
    visit(cast, place="白石村")
    visit(cast, "lin")
    assert contacts.met(contacts.span_on(timezone.localdate())).part == 1
    wall.pass_days(150)
    end_mandate(cast.mandates["zhou"], until=date(2026, 5, 1), reason="resigned", basis="公告〔2026〕2号")
    Mandate.objects.filter(pk=cast.mandates["ouyang"].pk).update(since=date(2026, 2, 1))
    listed = checks.kept()
    assert (listed.whole, [row.person.name for row in listed.lacking]) == (2, ["林翀"])
    sit_down(client, cast.seats["office"])
    shown = client.get(reverse("duties:lacking", args=["required"])).content.decode()
    assert "林翀" in shown
    assert "陈一鸣" not in shown
    assert [row.missing for row in standings(cast.mandates["lin"], 2026)] == [1, 2]


def test_a23_4_the_list_of_the_year_costs_few_queries(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    """However many deputies there are."""
    for who in ("chen", "lin", "zhou"):
        visit(cast, who)
    sit_down(client, cast.seats["office"])
    client.get(reverse("duties:measures"))
    with django_assert_max_num_queries(24):
        client.get(reverse("duties:measures"))
