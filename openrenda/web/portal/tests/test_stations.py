"""Stations, deputies and grids as everyone may see them, and where a scanned code leads."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.people import codes as paper_codes
from openrenda.people import reception, stations
from openrenda.people.mandates import end_mandate
from openrenda.people.models import GridMember, HubLink, ReceptionHours, Station
from openrenda.web.portal import codes, coming, network
from tests.cast import BEGAN, Cast
from tests.mechanisms.networking import a_grid, a_station, communities, hours, street_of

from .stage import CODE

MOST_QUERIES = 8
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def station(cast: Cast) -> Station:
    """A hub with a deputy, a day of reception, a code and a place on the map."""
    person = cast.mandates["chen"].person
    person.phone, person.post = "15400000001", "青石小学教师"
    person.save()
    row = a_station(
        street_of(cast),
        name="青石代表之家",
        hub=True,
        address="青石路8号",
        telephone="0000-88010001",
        longitude="0.1",
        latitude="0.2",
    )
    stations.seat_deputy(row, cast.mandates["chen"], since=BEGAN, role="head")
    reception.put_on_duty(hours(row, weekday=timezone.localdate().isoweekday()), cast.mandates["chen"])
    HubLink.objects.create(hub=row, community=communities(street_of(cast), 1)[0], since=BEGAN)
    return row


def page_of(row: Station) -> str:
    """Its address."""
    return f"/c/{CODE}/stations/{codes.code_of(row.pk)}/"


def test_a_station_shows_where_when_and_who_and_no_private_number(station: Station, client: Client) -> None:
    """A08 (5), A17: address, hours, next days, deputies."""
    paper_codes.issue(station)
    page = client.get(page_of(station)).content.decode()
    for words in ("青石路8号", "0000-88010001", "陈一鸣", "青石小学教师", "09:00–11:00", "站长", "data:image/svg"):
        assert words in page
    assert "15400000001" not in page


def test_the_list_is_by_street_and_searched(cast: Cast, station: Station, client: Client) -> None:
    page = client.get(f"/c/{CODE}/stations/").content.decode()
    assert page.index("青石街道") < page.index("青石代表之家")
    assert "青石代表之家" in client.get(f"/c/{CODE}/stations/?q=青石路").content.decode()
    assert "没有找到站点" in client.get(f"/c/{CODE}/stations/?q=月球").content.decode()
    assert "青石代表之家" in client.get(f"/c/{CODE}/stations/?street={street_of(cast).pk}").content.decode()


def test_a_large_network_begins_with_its_streets(cast: Cast, station: Station, client: Client) -> None:
    for number in range(network.FEW_STATIONS):
        a_station(street_of(cast), f"Q{number:03d}")
    page = client.get(f"/c/{CODE}/stations/").content.decode()
    assert f"{network.FEW_STATIONS + 1} 个站点" in page
    assert "青石代表之家" not in page
    street = client.get(f"/c/{CODE}/stations/?street={street_of(cast).pk}").content.decode()
    assert street.count('class="card"') == network.ROWS
    assert "after=Q099" in street


@pytest.mark.parametrize(
    "what", ["stations/", "stations/?q=青石", "stations/map/", "stations/points.geojson", "one", "deputy", "grid"]
)
def test_every_page_keeps_its_budget(cast: Cast, station: Station, client: Client, what: str) -> None:
    paper_codes.issue(station)
    grid = a_grid(street_of(cast), station=station)
    GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role="law", since=BEGAN)
    mine = {
        "one": f"stations/{codes.code_of(station.pk)}/", "deputy": f"deputies/{codes.code_of(cast.mandates['chen'].pk)}/",
        "grid": f"grids/{codes.code_of(grid.pk)}/",
    }  # fmt: skip
    url = f"/c/{CODE}/{mine.get(what, what)}"
    client.get(url)
    with CaptureQueriesContext(connection) as spent:
        assert client.get(url).status_code == 200
    assert len(spent) <= MOST_QUERIES, [query["sql"][:140] for query in spent]


def test_the_points_of_the_map_are_geojson(station: Station, client: Client) -> None:
    answer = client.get(f"/c/{CODE}/stations/points.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    assert feature["geometry"]["coordinates"] == [0.1, 0.2]
    assert feature["properties"]["name"] == "青石代表之家"


def test_no_tile_of_another_host_unless_the_congress_chose_one(cast: Cast, station: Station, client: Client) -> None:
    from openrenda import rulebook

    page = client.get(f"/c/{CODE}/stations/map/")
    assert "https:" not in page.headers["Content-Security-Policy"]
    assert "leaflet" in page.content.decode()
    rulebook.set_local_value(
        cast.congress,
        "option.map_tiles",
        "https://tiles.example.org/{z}/{x}/{y}.png",
        basis="主任会议纪要",
        set_by="测试",
        since=BEGAN,
    )
    rulebook.forget()
    chosen = client.get(f"/c/{CODE}/stations/map/")
    assert "img-src 'self' data: https://tiles.example.org" in chosen.headers["Content-Security-Policy"]
    assert "tiles.example.org" not in client.get(page_of(station)).headers["Content-Security-Policy"]
    rulebook.forget()


def test_own_boundaries_are_drawn_where_a_file_was_laid_down(
    cast: Cast, station: Station, client: Client, settings: object, tmp_path: object
) -> None:
    settings.BOUNDARIES_ROOT = tmp_path  # type: ignore[attr-defined]
    url = f"/c/{CODE}/stations/boundaries.geojson"
    assert client.get(url).json()["features"] == []
    feature = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[0,0]}}'
    (tmp_path / f"{CODE}.geojson").write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')  # type: ignore[operator]
    assert len(client.get(url).json()["features"]) == 1
    (tmp_path / f"{CODE}.geojson").write_text("no json")  # type: ignore[operator]
    assert client.get(url).json()["features"] == []


def test_a_scan_leads_to_what_the_code_points_at(cast: Cast, station: Station, client: Client) -> None:
    """A08, A15 (3): the way on keeps which code it was."""
    code, hers = paper_codes.issue(station), paper_codes.issue(cast.mandates["chen"])
    answer = client.get(f"/q/{CODE}/{code.token.upper()}/")
    assert answer.headers["Location"] == f"{page_of(station)}?from={code.token}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"/c/{CODE}/deputies/" in client.get(f"/q/{CODE}/{hers.token}/").headers["Location"]
    assert "陈一鸣" in client.get(f"/q/{CODE}/{hers.token}/", follow=True).content.decode()


def test_a_forged_code_is_said_to_be_one(station: Station, client: Client) -> None:
    answer = client.get(f"/q/{CODE}/00000000/")
    assert answer.status_code == 404
    assert "谨防假冒" in answer.content.decode()


def test_a_deputy_who_left_is_said_to_have_left_and_her_station_is_named(
    cast: Cast, station: Station, client: Client
) -> None:
    """A08 (2): never an empty page, by the code or by the address."""
    code = paper_codes.issue(cast.mandates["chen"])
    end_mandate(cast.mandates["chen"], until=YESTERDAY, reason="moved_away", basis="公告〔2026〕1号")
    for url in (f"/q/{CODE}/{code.token}/", f"/c/{CODE}/deputies/{codes.code_of(cast.mandates['chen'].pk)}/"):
        answer = client.get(url)
        assert answer.status_code == 410
        assert "陈一鸣已经不再担任代表" in answer.content.decode()
        assert page_of(station) in answer.content.decode()


def test_a_revoked_code_and_a_merged_station_say_where_to_go(cast: Cast, station: Station, client: Client) -> None:
    other = a_station(street_of(cast), "Z02", name="新桥联络站")
    code = paper_codes.issue(station)
    old = paper_codes.issue(cast.mandates["chen"])
    paper_codes.reissue(old, reason="遗失")
    assert "已经停用" in client.get(f"/q/{CODE}/{old.token}/").content.decode()
    stations.close_station(station, YESTERDAY, reason="撤并", by=cast["office"], successor=other)
    for url in (f"/q/{CODE}/{code.token}/", page_of(station)):
        page = client.get(url).content.decode()
        assert "“青石代表之家”已经关闭" in page
        assert "新桥联络站" in page


def test_a_grid_shows_its_deputies_their_levels_and_roles(cast: Cast, station: Station, client: Client) -> None:
    """A19 (4)."""
    grid = a_grid(street_of(cast), station=station)
    for role in ("law", "opinion"):
        GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role=role, since=BEGAN)
    page = client.get(f"/c/{CODE}/grids/{codes.code_of(grid.pk)}/").content.decode()
    assert page.count("陈一鸣") == 1
    for words in ("县、自治县、不设区的市、市辖区人大代表", "法律法规宣传员、社情民意收集员", "何平", "青石代表之家"):
        assert words in page


def test_reception_days_go_into_a_calendar(station: Station, client: Client) -> None:
    """RFC 5545: lines end in CR LF and are no longer than 75 octets."""
    answer = client.get(f"{page_of(station)}calendar.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    whole = answer.content.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") >= 13
    assert "SUMMARY:青石代表之家代表接待" in whole
    assert "陈一鸣" in whole


def test_from_every_page_a_code_leads_to_one_may_say_something_as_from_that_code(
    cast: Cast, station: Station, client: Client
) -> None:
    """A15 (3): the code tells which station or deputy what is said belongs to; a door plate's leads to the question itself."""
    for target in (station, cast.mandates["chen"], "青石路8号3栋"):
        code = paper_codes.issue(target)
        page = client.get(f"/q/{CODE}/{code.token}/", follow=True)
        say = f"/c/{CODE}/opinions/?code={code.token}"
        assert say in page.content.decode() or page.redirect_chain[-1][0] == say
        assert f'name="code" value="{code.token}"' in client.get(say).content.decode()
    assert f"/c/{CODE}/opinions/?station={station.number}" in client.get(page_of(station)).content.decode()


def every_day(cast: Cast, times: int) -> Station:
    """A station with hours on every weekday, as many a day as said."""
    row = a_station(street_of(cast), name="天天接待站")
    for weekday in range(1, 8):
        for hour in range(8, 8 + times):
            ReceptionHours.objects.create(
                station=row, weekday=weekday, since=BEGAN, begins=datetime.time(hour), ends=datetime.time(hour + 1)
            )
    return row


def test_a_page_shows_the_next_receptions_and_leads_to_all_of_them(cast: Cast, client: Client) -> None:
    """However many hours a station has, its own page does not grow."""
    row = every_day(cast, 3)
    page = client.get(page_of(row)).content.decode()
    assert len(re.findall(r"<li><strong>", page)) == coming.FIRST_FEW
    address = unescape(re.search(r'href="([^"]*/stations/sittings/\?station=[^"]+)"', page)[1])  # type: ignore[index]
    assert "后面还有 88 次" in page
    seen: list[str] = []
    while address:
        shown = client.get(address).content.decode()
        assert row.name in shown
        found = re.findall(r"<li><strong>[^<]*</strong> <span[^>]*>(\d\d:\d\d)", shown)
        assert len(found) <= coming.ROWS
        seen += found
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = f"/c/{CODE}/stations/sittings/{unescape(following[1])}" if following else ""
    assert len(seen) == 32 * 3


@pytest.mark.parametrize("mark", ["x", "20260301T0900", "20260301T0900..", "....", "99999999T9999.01.x", "\x00"])
def test_a_mark_that_is_none_begins_at_the_beginning(cast: Cast, client: Client, mark: str) -> None:
    every_day(cast, 1)
    answer = client.get(f"/c/{CODE}/stations/sittings/", {"after": mark, "station": "nobody", "deputy": mark})
    assert answer.status_code == 200
    assert "08:00–09:00" in answer.content.decode()
