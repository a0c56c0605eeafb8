"""The network of stations for those who keep it: checks with their lists, codes, posters, closing."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from openrenda.people import codes, stations
from openrenda.people.models import Code, Station
from openrenda.web.tests.stage import seat, text
from tests.cast import BEGAN, Cast
from tests.mechanisms.networking import a_grid, a_station, communities, hours, street_of

MOST_QUERIES = 40
LIST_QUERIES = 6


@pytest.fixture
def office(cast: Cast) -> Client:
    """Somebody of the deputies' office, with one station and one grid in the registers."""
    station = a_station(street_of(cast), name="青石代表之家", address="青石路8号", telephone="0000-88010001")
    stations.seat_deputy(station, cast.mandates["chen"], since=BEGAN)
    hours(station)
    a_grid(street_of(cast), "31", governor="")
    client: Client = seat(cast, "office")
    return client


def test_every_number_of_the_check_opens_its_list(cast: Cast, office: Client) -> None:
    page = text(office.get("/stations/coverage/"))
    assert "25%" in page
    assert "1／4" in page
    listed = text(office.get("/stations/coverage/deputies/"))
    assert "林翀" in listed
    assert "陈一鸣" not in listed
    assert "31号区块" in text(office.get("/stations/coverage/governors/"))
    assert office.get("/stations/coverage/nothing/").status_code == 404


def test_the_check_asks_the_same_whatever_there_is(cast: Cast, office: Client) -> None:
    office.get("/stations/coverage/")
    for many in (1, 30):
        for number, area in enumerate(communities(street_of(cast), many)) if many > 1 else ():
            a_station(street_of(cast), f"Q{number}", community=area)
        with CaptureQueriesContext(connection) as asked:
            office.get("/stations/coverage/")
        assert len(asked) <= MOST_QUERIES, len(asked)


def test_the_list_is_found_by_its_marks_in_few_queries(cast: Cast, office: Client) -> None:
    for number in range(120):
        a_station(street_of(cast), f"Q{number:03d}", "point", site="office_building")
    office.get("/stations/")
    with CaptureQueriesContext(connection) as asked:
        page = text(office.get("/stations/?kind=point&site=office_building&shown=open"))
    assert len(asked) <= LIST_QUERIES, [query["sql"][:120] for query in asked]
    assert "Q099" in page
    assert "Q100" not in page
    assert "Q100" in text(office.get("/stations/?kind=point&after=Q099"))
    assert "青石代表之家" in text(office.get("/stations/?q=青石路"))


def test_the_office_keeps_the_registers_of_the_network_and_no_other(cast: Cast, office: Client) -> None:
    answer = office.post(
        "/administration/registers/stations/row/",
        {"number": "Z02", "name": "新桥联络站", "kind": "代表联络站", "street": "street", "since": "2026-01-05"},
    )
    assert answer.status_code == 302
    assert Station.objects.get(number="Z02").name == "新桥联络站"
    assert office.get("/administration/registers/stations/").status_code == 200
    assert office.get("/administration/registers/organs/").status_code == 404
    export = office.get("/administration/registers/stations/export/")
    assert export.headers["Content-Type"].endswith("sheet")


def test_closing_is_done_on_its_own_page_and_not_in_the_register(cast: Cast, office: Client) -> None:
    station = Station.objects.get()
    row = f"/administration/registers/stations/row/?number={station.number}"
    refused = office.post(
        row,
        {"number": "Z01", "name": station.name, "kind": "代表联络站", "street": "street", "since": BEGAN.isoformat(),
         "until": "2026-03-01", "close_reason": "撤并"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert "请在“关闭站点”页面办理" in text(refused)
    other = a_station(street_of(cast), "Z02")
    today = timezone.localdate()
    closed = office.post(
        reverse("stations:close", args=[station.pk]),
        {"last_day": today.isoformat(), "reason": "拆迁", "successor": str(other.pk)},
    )
    assert closed.status_code == 302
    station.refresh_from_db()
    assert (station.until, station.successor) == (today, other)
    again = office.post(reverse("stations:close", args=[station.pk]), {"last_day": today.isoformat(), "reason": "拆迁"})
    assert again.status_code == 422


def test_codes_are_issued_reissued_and_withdrawn_from_the_pages(cast: Cast, office: Client) -> None:
    assert office.post("/stations/codes/issue/", {"kind": "mandate"}).status_code == 302
    assert Code.objects.filter(mandate__isnull=False).count() == len(cast.mandates)
    office.post("/stations/codes/issue/", {"kind": "mandate"})
    assert Code.objects.count() == len(cast.mandates), "nobody gets a second one"
    code = codes.live_code(cast.mandates["chen"])
    assert code is not None
    address = reverse("stations:code", args=[code.pk])
    assert office.post(address, {"action": "reissue", "reason": ""}).status_code == 422
    new = office.post(address, {"action": "reissue", "reason": "遗失"}, follow=True)
    assert "替代旧码" in text(new)
    page = text(office.get(address))
    assert "由新码" in page
    assert "遗失" in page
    assert "已停用" in text(office.get("/stations/codes/?shown=revoked"))


@pytest.mark.parametrize(("size", "pages"), [("a4", 2), ("a6", 2), ("card", 1)])
def test_posters_and_cards_are_printed_without_a_private_number(
    cast: Cast, office: Client, size: str, pages: int
) -> None:
    person = cast.mandates["chen"].person
    person.phone = "15400000001"
    person.save()
    codes.issue(Station.objects.get())
    code = codes.issue(cast.mandates["chen"])
    answer = office.get(f"/stations/codes/print.pdf?size={size}")
    assert answer.status_code == 200
    read = PdfReader(_file(answer.content))
    words = "".join(page.extract_text() for page in read.pages)
    assert len(read.pages) == pages
    assert code.token in words
    assert "15400000001" not in words
    assert office.get("/stations/codes/print.pdf?size=huge").status_code == 422


def test_the_yearly_check_is_a_paper_that_names_who_is_missing(cast: Cast, office: Client) -> None:
    answer = office.get("/stations/coverage/self-check.pdf")
    words = "".join(page.extract_text() for page in PdfReader(_file(answer.content)).pages).replace("\n", "")
    assert "网络自查表" in words
    assert "林翀" in words


def test_the_page_of_a_station_says_what_the_register_knows(cast: Cast, office: Client) -> None:
    station = Station.objects.get()
    page = text(office.get(reverse("stations:station", args=[station.pk])))
    assert "陈一鸣" in page
    assert "还没有排代表" in page
    station.until, station.close_reason = timezone.localdate() - datetime.timedelta(days=1), "拆迁"
    station.save()
    assert "关闭：拆迁" in text(office.get(reverse("stations:station", args=[station.pk])))


def _file(content: bytes) -> object:
    import io

    return io.BytesIO(content)
