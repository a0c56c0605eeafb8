"""A08 一码一代表."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from openrenda.people import codes, stations
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Account, Code, Person
from openrenda.people.refusals import Refused
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.tests.stage import seat
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .networking import a_station, street_of
from .stage import take

YESTERDAY = datetime.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a08_1_one_live_code_a_deputy_and_one_deputy_a_code(cast: Cast) -> None:
    """Must (1): the second is refused, in words and by the database; a code points at one thing."""
    chen = cast.mandates["chen"]
    code = codes.issue(chen)
    with pytest.raises(Refused, match="已有一个在用的二维码"):
        codes.issue(chen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(token="00000000", mandate=chen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.filter(pk=code.pk).update(station=a_station(street_of(cast)))
    assert codes.scanned(code.token) == codes.Scan(codes.LIVE, code)


def test_a08_1_a_token_is_read_as_people_type_it(cast: Cast) -> None:
    """Must (1): capitals, blanks and hyphens make no other code."""
    code = codes.issue("东街3号门")
    typed = f" {code.token[:4].upper()}-{code.token[4:]}"
    assert codes.scanned(typed).code == code
    assert codes.scanned("").state == codes.scanned("zzzzzzzz").state == codes.UNKNOWN


def test_a08_2_the_code_of_a_deputy_who_left_leads_to_her_station(cast: Cast) -> None:
    """Must (2): also when the station itself was merged."""
    chen, station = cast.mandates["chen"], a_station(street_of(cast))
    other = a_station(street_of(cast), "Z02")
    stations.seat_deputy(station, chen, since=BEGAN)
    code = codes.issue(chen)
    end_mandate(chen, until=YESTERDAY, reason="moved_away", basis="公告〔2026〕1号")
    scan = codes.scanned(code.token)
    assert (scan.state, scan.station) == (codes.LEFT, station)
    stations.close_station(station, YESTERDAY, reason="撤并", by=cast["office"], successor=other)
    assert codes.scanned(code.token).station == other


def test_a08_2_the_code_of_a_merged_station_leads_to_its_successor(cast: Cast) -> None:
    """Must (2)."""
    old, new = a_station(street_of(cast)), a_station(street_of(cast), "Z02")
    code = codes.issue(old)
    stations.close_station(old, YESTERDAY, reason="撤并", by=cast["office"], successor=new)
    assert codes.scanned(code.token) == codes.Scan(codes.CLOSED, code, new)


def test_a08_4_reissuing_kills_the_old_code_and_both_are_on_record(cast: Cast) -> None:
    """Must (4): who did it, when and why."""
    chen, office = cast.mandates["chen"], Account.objects.get(pk=cast["office"].account)
    old = codes.issue(chen, by=office)
    new = codes.reissue(old, reason="代表证丢失", by=office)
    old.refresh_from_db()
    assert (old.issued_by, old.revoked_by, old.reason, old.replaced_by) == (office, office, "代表证丢失", new)
    assert codes.scanned(old.token).state == codes.REVOKED
    assert codes.live_code(chen) == new
    with pytest.raises(Refused, match="已经停用"):
        codes.revoke(old, reason="再停一次")
    with pytest.raises(Refused, match="写明原因"):
        codes.revoke(new, reason=" ")


def test_a08_3_a_message_by_the_code_lands_in_her_list_with_the_place_of_the_scan(cast: Cast, client: Client) -> None:
    """Must (3): her station, and that it came by the code."""
    chen, station = cast.mandates["chen"], a_station(street_of(cast))
    stations.seat_deputy(station, chen, since=BEGAN)
    code = codes.issue(chen)
    page = f"/c/{cast.congress.division_code}/opinions/"
    sent = {"text": "楼道里的灯坏了。", "code": code.token, "key": "a" * 32, "sure": "1"}
    assert client.post(page, sent).status_code == 302
    record = Opinion.objects.select_related("matter").get()
    assert (record.deputy, record.channel) == (chen, "code")
    take(cast, record.matter, "office", "let_through")
    listed = seat(cast, "chen").get("/lists/opinion/").content.decode()
    assert str(record.matter_id) in listed
    assert "扫码" in listed


def test_a08_5_the_page_of_a_code_shows_no_private_telephone_and_no_address(cast: Cast, client: Client) -> None:
    """Must (5): what the register keeps of her beside her office stays there."""
    chen = cast.mandates["chen"]
    Person.objects.filter(pk=chen.person_id).update(phone="13912345678", birth_year=1971)
    code = codes.issue(chen)
    division = cast.congress.division_code
    for address in (
        f"/q/{division}/{code.token}/",
        f"/c/{division}/opinions/?code={code.token}",
        f"/c/{division}/deputies/",
    ):
        page = client.get(address, follow=True).content.decode()
        assert chen.person.name in page
        assert "13912345678" not in page
        assert "1971" not in page
