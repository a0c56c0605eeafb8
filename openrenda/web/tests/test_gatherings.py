"""The pages of gatherings: they cost the same however many there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openrenda.web.tests.stage import address, seat
from tests.cast import Cast
from tests.mechanisms.gatherings import campaign, entering, held_talk, opinion, recorded

LIST_QUERIES = 6


def cost(client: Client, url: str) -> int:
    """How many queries a page takes once everything is warm."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


@pytest.mark.parametrize("url", ["/lists/gathering/", "/gatherings/"])
def test_the_list_and_the_year_cost_the_same_however_many_there_are(cast: Cast, url: str) -> None:
    client, plan = seat(cast, "office"), campaign(cast)
    held_talk(cast)
    few = cost(client, url)
    for _number in range(3):
        held_talk(cast)
        recorded(cast, kind="three_entries", **entering(cast, plan))
    assert cost(client, url) == few
    assert few <= LIST_QUERIES or url == "/gatherings/"


def test_a_page_costs_the_same_however_much_was_said(cast: Cast) -> None:
    client, talk = seat(cast, "office"), held_talk(cast)
    opinion(cast, talk, "unsolvable")
    few = cost(client, address(talk))
    for _number in range(4):
        opinion(cast, talk, "unsolvable")
    assert cost(client, address(talk)) == few
