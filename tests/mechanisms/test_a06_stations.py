"""A06 代表家站室点."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openrenda.docket.models import Act, Matter, Party
from openrenda.people import coverage, stations
from openrenda.people.models import Community, HubLink, Organ, Speciality, Station
from openrenda.people.refusals import Refused
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .networking import a_grid, a_station, a_street, communities, hours, street_of

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def sites(areas: list[Community], kind: str, hubs: int = 0) -> None:
    """A site in every area, the first so many of them hubs."""
    Station.objects.bulk_create(
        Station(
            number=f"{kind}-{area.code}", name=f"{area.name}站", kind=kind, street=area.street, community=area,
            since=BEGAN, hub=number < hubs,
        )
        for number, area in enumerate(areas)
    )  # fmt: skip


def test_a06_1_fourteen_streets_and_143_communities_of_which_26_are_hubs(cast: Cast) -> None:
    """Must (1), as in wuchang-2025-021 to 023: 14 street houses, 143 stations in communities, 26 hubs."""
    streets = [street_of(cast), *(a_street(number) for number in range(2, 15))]
    areas = [area for street in streets for area in communities(street, 11)][:143]
    for street in streets:
        a_station(street, f"H{street.code}", "home")
    sites(areas, "station", hubs=26)
    assert coverage.by_kind(DAY) == {"home": 14, "station": 143}
    assert Station.objects.on(DAY).filter(hub=True).count() == 26
    assert {station.community.street_id for station in Station.objects.filter(kind="station")} <= {
        s.pk for s in streets
    }


def test_a06_1_seventy_townships_and_654_villages(cast: Cast) -> None:
    """Must (1), as in xiangtan-2022-015 to 017: 70 township stations, 654 village rooms."""
    towns = [Organ(code=f"T{number:02d}", name=f"第{number}镇", kind="town", since=BEGAN) for number in range(70)]
    Organ.objects.bulk_create(towns)
    areas = [
        Community(code=f"V{n:03d}", name=f"第{n}村", kind="village", street=towns[n % 70], since=BEGAN)
        for n in range(654)
    ]
    Community.objects.bulk_create(areas)
    Station.objects.bulk_create(
        Station(number=f"S{town.code}", name=f"{town.name}联络站", kind="station", street=town, since=BEGAN)
        for town in towns
    )
    sites(areas, "studio")
    assert coverage.by_kind(DAY) == {"station": 70, "studio": 654}
    assert coverage.communities_covered(DAY).percent == 100


def test_a06_2_coverage_is_one_hundred_only_when_nothing_is_missing(cast: Cast) -> None:
    """Must (2): 299 of 300 is not rounded up to all, and the missing one is named."""
    areas = communities(street_of(cast), 300)
    sites(areas[:299], "station")
    found = coverage.communities_covered(DAY)
    assert (found.part, found.whole, found.percent) == (299, 300, 99)
    assert list(found.lacking) == [areas[299]]
    a_station(street_of(cast), "Z999", community=areas[299])
    assert coverage.communities_covered(DAY).percent == 100
    Station.objects.filter(number="Z999").update(until=DAY - datetime.timedelta(days=1), close_reason="撤并")
    assert list(coverage.communities_covered(DAY).lacking) == [areas[299]]


def test_a06_2_a_street_without_an_open_site_is_listed(cast: Cast) -> None:
    """Must (2)."""
    empty = a_street(2)
    a_station(street_of(cast))
    assert list(coverage.streets_covered(DAY).lacking) == [empty]
    assert coverage.streets_covered(DAY).percent == 50


def test_a06_3_the_communities_of_a_hub_are_counted_from_their_list(cast: Cast) -> None:
    """Must (3): no column holds the X."""
    areas = communities(street_of(cast), 5)
    hub = a_station(street_of(cast), hub=True)
    assert list(coverage.hubs_linked(DAY).lacking) == [hub]
    for area in areas:
        HubLink.objects.create(hub=hub, community=area, since=BEGAN)
    HubLink.objects.filter(community=areas[0]).update(until=DAY - datetime.timedelta(days=1))
    assert [area.name for area in stations.reach(hub, DAY)] == [area.name for area in areas[1:]]
    assert stations.reach(hub, BEGAN).count() == 5
    assert coverage.hubs_linked(DAY).lacking == []


def test_a06_4_one_speciality_a_street_and_one_highlight_a_station(cast: Cast) -> None:
    """Must (4): a second open speciality is refused by the database; what has none is listed."""
    street, station = street_of(cast), a_station(street_of(cast))
    assert list(coverage.specialities(DAY).lacking) == [street]
    assert list(coverage.highlights(DAY).lacking) == [station]
    Speciality.objects.create(street=street, words="邻里议事", since=BEGAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Speciality.objects.create(street=street, words="银发关怀", since=DAY)
    Station.objects.filter(pk=station.pk).update(highlight="小巷夜谈")
    assert coverage.specialities(DAY).lacking == []
    assert coverage.highlights(DAY).lacking == []


def test_a06_5_a_closed_station_keeps_its_history_and_hands_its_matters_over(cast: Cast) -> None:
    """Must (5): each open matter by one act; deputies, links and hours end; grids move."""
    street = street_of(cast)
    old, new = a_station(street, "Z01", hub=True), a_station(street, "Z02", name="新桥联络站")
    matter = open_matter(cast, old)
    stations.seat_deputy(old, cast.mandates["chen"], since=BEGAN)
    grid, weekly = a_grid(street, station=old), hours(old)
    with pytest.raises(Refused, match="先选择承接的站点"):
        stations.close_station(old, DAY, reason="撤并", by=cast["office"])
    assert stations.close_station(old, DAY, reason="撤并", by=cast["office"], successor=new) == 1
    assert Party.objects.get(matter=matter, role="station", until__isnull=True).holder == new.pk
    assert Act.objects.filter(matter=matter, step="hand_over").count() == 1
    grid.refresh_from_db()
    weekly.refresh_from_db()
    assert (grid.station_id, weekly.until) == (new.pk, DAY)
    assert [row.mandate for row in stations.members(old, DAY)] == [cast.mandates["chen"]]
    assert stations.members(old, DAY + datetime.timedelta(days=1)) == []
    assert coverage.by_kind(DAY) == {"station": 2}
    assert coverage.by_kind(DAY + datetime.timedelta(days=1)) == {"station": 1}


def open_matter(cast: Cast, station: Station) -> Matter:
    """A matter in which the station stands as a party."""
    from openrenda import docket
    from tests.cast import draft

    act = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft())
    matter = Matter.objects.get(pk=act.matter_id)
    Party.objects.create(matter=matter, role="station", holder=station.pk, name=station.name, since=timezone.now())
    return matter


def test_a06_6_added_this_year_comes_from_opening_dates(cast: Cast) -> None:
    """Must (6)."""
    a_station(street_of(cast), "Z01")
    a_station(street_of(cast), "Z02", since=datetime.date(2026, 1, 5))
    a_station(street_of(cast), "Z03", since=datetime.date(2025, 12, 31))
    assert [station.number for station in coverage.opened_in(2026)] == ["Z02"]
