"""A17 代表全员进站与接待日."""

from __future__ import annotations

import datetime

import pytest

from openrenda.docket.refusals import Refused as NotTaken
from openrenda.people import coverage, reception, stations
from openrenda.people.mandates import end_mandate
from openrenda.people.refusals import Refused
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .gatherings import count, opinion, recorded
from .networking import a_station, hours, street_of
from .supervising import today

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a17_1_deputies_without_a_station_are_listed(cast: Cast) -> None:
    """Must (1): 100 % only when the list is empty; closing a station puts its deputies back on it."""
    station = a_station(street_of(cast))
    for who in ("chen", "lin", "zhou"):
        stations.seat_deputy(station, cast.mandates[who], since=BEGAN)
    found = coverage.deputies_in_stations(DAY)
    assert (found.part, found.whole, found.percent) == (3, 4, 75)
    assert list(found.lacking) == [cast.mandates["ouyang"]]
    stations.seat_deputy(station, cast.mandates["ouyang"], since=DAY)
    assert coverage.deputies_in_stations(DAY).percent == 100
    stations.close_station(station, DAY, reason="拆迁", by=cast["office"])
    assert len(coverage.deputies_in_stations(DAY + datetime.timedelta(days=1)).lacking) == 4


def test_a17_1_a_deputy_who_left_is_not_asked_for(cast: Cast) -> None:
    """Must (1): every deputy in office."""
    station = a_station(street_of(cast))
    for who in ("chen", "lin", "zhou"):
        stations.seat_deputy(station, cast.mandates[who], since=BEGAN)
    with pytest.raises(Refused, match="没有重复编入"):
        stations.seat_deputy(station, cast.mandates["chen"], since=DAY)
    end_mandate(cast.mandates["ouyang"], until=BEGAN, reason="resigned", basis="公告〔2022〕2号")
    assert coverage.deputies_in_stations(DAY).percent == 100


def test_step_2_reception_days_are_published_with_their_deputies(cast: Cast) -> None:
    """Step 2 (the register side of Must (2)): site, date and deputies; a night talk is told apart (A12 (2))."""
    station = a_station(street_of(cast))
    weekly = hours(station, weekday=3)
    hours(
        station, day=datetime.date(2026, 3, 6), begins=datetime.time(19, 0), ends=datetime.time(20, 30), manner="night"
    )
    reception.put_on_duty(weekly, cast.mandates["chen"])
    days = reception.coming(station, DAY, 10)
    assert [(one.day.day, len(one.deputies), one.after_work) for one in days] == [
        (4, 1, False), (6, 0, True), (11, 1, False),
    ]  # fmt: skip


def test_a12_1_a_mobile_point_is_no_fixed_site(cast: Cast) -> None:
    """A12 Must (1): a dated session at a place that belongs to a home station."""
    station = a_station(street_of(cast))
    hours(station, day=DAY, manner="mobile", place="锦绣苑小区中心广场")
    (session,) = reception.coming(station, DAY, 1)
    assert (session.hours.station, session.hours.place) == (station, "锦绣苑小区中心广场")
    assert coverage.by_kind(DAY) == {"station": 1}


def test_a17_2_a_reception_has_its_facts_and_people_are_summed_as_person_times(cast: Cast) -> None:
    """Must (2): site, date, deputies, how many were received, and none or some opinions."""
    where = a_station(street_of(cast))
    first = recorded(cast, kind="receiving", station=where.pk, company="居民 附近居民 5")
    second = recorded(cast, kind="receiving", station=where.pk, deputies=("chen", "lin"), company="居民 附近居民 7")
    opinion(cast, second)
    opinion(cast, second, "handed")
    record = first.activity.get()
    assert (record.station, record.held_on.isoformat()) == (where, today())
    assert [row.name for row in first.participants.filter(kind="deputy")] == [cast.mandates["chen"].person.name]
    assert count("receptions") == 2
    assert count("residents_received") == 12
    assert (first.items.count(), second.items.count()) == (0, 2)
    with pytest.raises(NotTaken):
        recorded(cast, kind="receiving", station=where.pk)
