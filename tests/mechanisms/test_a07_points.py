"""A07 楼宇园区特色街区联络点."""

from __future__ import annotations

import datetime
from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.docket.refusals import Incomplete
from openrenda.people import coverage, reception
from openrenda.people.models import ReceptionDeputy, Station
from openrenda.people.refusals import Refused
from openrenda.people.testing import sit_down
from openrenda.web.portal import codes
from tests.cast import Cast

from .conftest import Wall
from .networking import a_station, hours, street_of

DAY = datetime.date(2026, 3, 2)
WEEK = DAY + datetime.timedelta(days=6)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday at nine."""


def points(cast: Cast) -> None:
    """Twenty-two points, three of them of this year (wuchang-2025-024, 028)."""
    sites = ["office_building"] * 9 + ["characteristic_street"] * 7 + ["industrial_park"] * 4 + ["other"] * 2
    for number, site in enumerate(sites):
        new = {"since": datetime.date(2026, 2, 1)} if number < 3 else {}
        a_station(street_of(cast), f"P{number:02d}", "point", site=site, **new)


def test_a07_1_counts_by_type_add_up_to_the_total(cast: Cast) -> None:
    """Must (1): every point has a type."""
    points(cast)
    found = coverage.points_by_site(DAY)
    assert found == {"office_building": 9, "characteristic_street": 7, "industrial_park": 4, "other": 2}
    assert sum(found.values()) == coverage.by_kind(DAY)["point"] == 22
    with pytest.raises(IntegrityError), transaction.atomic():
        a_station(street_of(cast), "P99", "point")


def test_a07_2_a_rota_has_no_gap_and_nobody_sits_twice(cast: Cast) -> None:
    """Must (2): an hour without a deputy is listed, and two places at one time are refused."""
    one, two = (a_station(street_of(cast), f"P{n}", "point", site="office_building") for n in (1, 2))
    here, there = hours(one, day=DAY), hours(two, day=DAY, begins=time(10, 0), ends=time(12, 0))
    assert [sitting.hours for sitting in reception.gaps(DAY, WEEK)] == [here, there]
    reception.put_on_duty(here, cast.mandates["chen"])
    with pytest.raises(Refused, match="时间重叠"):
        reception.put_on_duty(there, cast.mandates["chen"])
    reception.put_on_duty(there, cast.mandates["lin"])
    assert reception.gaps(DAY, WEEK) == []
    assert reception.double_bookings(DAY, WEEK) == []
    ReceptionDeputy.objects.create(hours=there, mandate=cast.mandates["chen"])
    assert [mandate.person.name for mandate, *_ in reception.double_bookings(DAY, WEEK)] == ["陈一鸣"]


def test_a07_2_a_weekly_hour_meets_a_monthly_one(cast: Cast) -> None:
    """Must (2): the clash on the one day on which both fall is found."""
    one, two = (a_station(street_of(cast), f"P{n}", "point", site="other") for n in (1, 2))
    reception.put_on_duty(hours(one, weekday=5), cast.mandates["chen"])
    with pytest.raises(Refused, match="2026-03-20"):
        reception.put_on_duty(hours(two, month_day=20), cast.mandates["chen"])


def test_a07_2_an_exchange_needs_both(cast: Cast) -> None:
    """Must (2)."""
    station = a_station(street_of(cast), "P1", "point", site="other")
    chen, lin = cast.mandates["chen"], cast.mandates["lin"]
    mine = reception.put_on_duty(hours(station, weekday=1), chen)
    hers = reception.put_on_duty(hours(station, weekday=2), lin)
    with pytest.raises(Refused, match="两位代表都同意"):
        reception.exchange(mine, hers, agreed=[chen])
    reception.exchange(mine, hers, agreed=[chen, lin])
    by_day = {sitting.day.isoweekday(): sitting.deputies for sitting in reception.sittings(DAY, WEEK)}
    assert by_day == {1: (lin,), 2: (chen,)}


def test_a07_3_who_is_on_duty_now(cast: Cast) -> None:
    """Must (3): from the first minute to the last, and nobody who has left."""
    station = a_station(street_of(cast), "P1", "point", site="office_building")
    reception.put_on_duty(hours(station, weekday=1), cast.mandates["chen"])
    assert [sitting.deputies for sitting in reception.on_duty(station)] == [(cast.mandates["chen"],)]
    noon = timezone.now() + datetime.timedelta(hours=2)
    assert reception.on_duty(station, noon) == []


def test_a07_4_the_year_s_additions_are_part_of_the_total(cast: Cast) -> None:
    """Must (4): 22, of which +3, and none counted twice."""
    points(cast)
    added = coverage.opened_in(2026, "point")
    assert (added.count(), Station.objects.on(DAY).filter(kind="point").count()) == (3, 22)
    assert set(added) < set(Station.objects.on(DAY))


def on_duty_now(cast: Cast) -> Station:
    """A point in an office building at which Chen sits this morning, and a station where Lin does."""
    point, station = a_station(street_of(cast), "P1", "point", site="office_building"), a_station(street_of(cast), "Z1")
    reception.put_on_duty(hours(point, day=DAY), cast.mandates["chen"])
    reception.put_on_duty(hours(station, day=DAY), cast.mandates["lin"])
    return point


def test_a07_3_an_enterprise_reaches_the_deputy_on_duty_now(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (3): the page says who it is; an order given to her waits for her at once, and only while she sits there."""
    on_duty_now(cast)
    sit_down(client, cast.seats["enterprise"])
    shown = client.get(reverse("duties:on-duty")).content.decode()
    assert "陈一鸣" in shown
    assert "林翀" not in shown
    data = {"title": "用工难", "site": "青石街1号", "need": "招不到技工。", "deputy": cast.mandates["chen"].pk}
    made = docket.open_matter("enterprise-order", "place", by=cast["enterprise"], data=data).matter
    assert docket.inbox(cast["chen"]).filter(pk=made.pk).exists()
    docket.act(made, "accept", by=cast["chen"])
    with pytest.raises(Incomplete):
        docket.open_matter(
            "enterprise-order", "place", by=cast["enterprise"], data={**data, "deputy": cast.mandates["lin"].pk}
        )
    wall.pass_days(1)
    sit_down(client, cast.seats["enterprise"])
    assert "现在没有代表在联络点值班" in client.get(reverse("duties:on-duty")).content.decode()
    with pytest.raises(Incomplete):
        docket.open_matter("enterprise-order", "place", by=cast["enterprise"], data=data)
    sit_down(client, cast.seats["roads_clerk"])
    assert client.get(reverse("duties:on-duty")).status_code == 404


def test_a07_3_the_points_public_page_says_who_is_on_duty_now(cast: Cast, client: Client) -> None:
    """Must (3): for an enterprise without an account."""
    point = on_duty_now(cast)
    address = reverse("portal:station", args=[cast.congress.division_code, codes.code_of(point.pk)])
    shown = client.get(address).content.decode()
    assert "正在值班" in shown
    assert "现在告诉值班代表" in shown
