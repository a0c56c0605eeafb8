"""J03 step 4 公布: resolutions and decisions as everyone reads them: what was published, word for word, with its number, tally and what took its place."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.activities.hall import Resolution
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.web.portal import codes
from tests import sittings
from tests.cast import Cast

from .stage import CODE, OTHER

LIST = f"/c/{CODE}/resolutions/"
MOST_QUERIES = 8


@pytest.fixture
def item(cast: Cast) -> Item:
    """What a sitting deals with."""
    return Item.objects.get(matter=sittings.opened(cast))


def address(matter: Matter) -> str:
    """Its permanent address."""
    return f"{LIST}{codes.code_of(matter.pk)}/"


def read(client: Client, url: str) -> str:
    """The page, up to its footer."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().partition("<footer")[0]


def test_j03_a_draft_and_what_is_passed_but_not_published_do_not_exist(cast: Cast, client: Client, item: Item) -> None:
    draft = sittings.resolution(cast, item, title="还是草案的决定")
    passed = sittings.decided(cast, item, published=False, title="还没有公布的决定")
    for matter in (draft, passed):
        assert client.get(address(matter)).status_code == 404
        assert matter.title not in read(client, LIST)


def test_j03_what_was_published_has_text_number_tally_publication_and_owner(
    cast: Cast, client: Client, item: Item
) -> None:
    made = sittings.decided(cast, item)
    listed, page = read(client, LIST), read(client, address(made))
    for words in (made.title, made.number, "决定", "赞成 2，反对 0，弃权 0"):
        assert words in listed
        assert words in page
    for words in ("一、加强登记。", "常委会公报第1号", "由区交通运输局负责落实", "常委会会议"):
        assert words in page
    assert str(made.pk) not in page
    assert made.title in read(client, f"/c/{CODE}/resolutions/?year={timezone.localdate().year}")
    assert client.get(address(made).upper().replace(LIST.upper(), LIST)).headers["Location"] == address(made)


def test_j03_one_that_needs_no_follow_up_says_so_and_not_why(cast: Cast, client: Client, item: Item) -> None:
    made = sittings.decided(cast, item, follow_up="no", reason="内部的话")
    page = read(client, address(made))
    assert "不需要跟踪落实" in page
    assert "内部的话" not in page


def test_j03_what_was_replaced_leads_to_the_new_one_and_back(cast: Cast, client: Client, item: Item) -> None:
    """Must (2): the old text stays as it was published, beside what took its place."""
    old = sittings.decided(cast, item)
    new = sittings.decided(cast, item, title="关于修改养犬管理决定的决定", replaces=str(old.pk))
    before, after = read(client, address(old)), read(client, address(new))
    assert "这一件已被取代" in before
    assert address(new) in before
    assert "一、加强登记。" in before
    assert address(old) in after
    assert "这一件已被取代" not in after
    assert read(client, LIST).count("已被取代") == 1


def test_j03_by_year_and_kind_and_what_makes_no_sense_is_as_if_it_were_not_there(
    cast: Cast, client: Client, item: Item
) -> None:
    for kind, title in (("resolution", "一件决议"), ("decision", "一件决定"), ("notice", "一件公告")):
        sittings.decided(cast, item, kind=kind, title=title)
    Resolution.objects.filter(matter__title="一件决定").update(held_on=date(2024, 5, 6))
    year = timezone.localdate().year
    for query, titles in (
        ("", {"一件决议", "一件公告"}), ("?year=2024", {"一件决定"}), (f"?year={year}&kind=resolution", {"一件决议"}),
        ("?kind=notice", {"一件公告"}), ("?year=1&kind=x", {"一件决议", "一件公告"}), ("?year=2024&kind=notice", set()),
    ):  # fmt: skip
        page = read(client, LIST + query)
        assert {title for title in ("一件决议", "一件决定", "一件公告") if f">{title}<" in page} == titles, query


def test_j03_more_of_them_ask_no_more_questions(cast: Cast, client: Client, item: Item) -> None:
    """As many for one as for twelve, and for one with what it replaced no more than eight."""
    old = sittings.decided(cast, item)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(10):
        sittings.decided(cast, item, title=f"第{number}件决定")
    new = sittings.decided(cast, item, title="新的决定", replaces=str(old.pk))
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    with CaptureQueriesContext(connection) as page:
        client.get(address(new))
    assert len(many) == len(few) <= MOST_QUERIES
    assert len(page) <= MOST_QUERIES


def test_j03_another_congress_has_no_such_decision_and_the_portal_leads_to_the_list(
    cast: Cast, client: Client, item: Item
) -> None:
    from tests.cast import assemble

    made = sittings.decided(cast, item)
    assemble(OTHER, name="邻区")
    assert client.get(address(made).replace(CODE, OTHER)).status_code == 404
    assert made.title not in read(client, f"/c/{OTHER}/resolutions/")
    assert LIST in read(client, f"/c/{CODE}/")
