"""The pages of gatherings: they cost the same however many there are."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openrenda.docket.models import Matter
from openrenda.web.tests.stage import address, seat, text
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


FORM = "/new/gathering/plan/?draft=0b4e3b0e-7a0b-4a52-9b59-3a7d6ed0f6b1"


def asked_on(page: str) -> set[str]:
    """The names of the fields that can be seen on a form."""
    boxes = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    return {name[1] for box in boxes if 'type="hidden"' not in box and (name := re.search(r'name="([a-z_]+)"', box))}


def test_the_kind_is_chosen_first_and_takes_along_what_is_known(cast: Cast) -> None:
    """By links, which need no script; only kinds that the seat may organise."""
    client = seat(cast, "office")
    page = text(client.get(f"{FORM}&held_on=2026-03-02"))
    assert f"{FORM}&amp;held_on=2026-03-02&amp;kind=talk".removeprefix("/new") in page
    assert "held_on" not in asked_on(page)
    assert text(seat(cast, "chen").get(FORM)).count("代表半月谈") == 0
    assert "代表半月谈" not in text(client.get(FORM.replace("plan", "record")))


@pytest.mark.parametrize(("kind", "asked", "not_asked"), [
    ("talk", {"station", "place", "held_on", "note"}, {"street", "destination", "campaign", "area_name", "grid", "carried_by"}),
    ("three_entries", {"destination", "street", "campaign", "lines"}, {"area_name", "carried_by", "committee"}),
    ("courtyard", {"area_name", "station", "street", "grid"}, {"destination", "campaign", "linkages", "lines"}),
    ("research", {"carried_by", "committee"}, {"destination", "station", "grid", "area_name"}),
])  # fmt: skip
def test_only_what_the_kind_needs_is_asked(cast: Cast, kind: str, asked: set[str], not_asked: set[str]) -> None:
    found = asked_on(text(seat(cast, "office").get(f"{FORM}&kind={kind}")))
    assert asked <= found
    assert not found & (not_asked | {"kind"})


def test_another_kind_is_chosen_without_losing_what_was_typed(cast: Cast) -> None:
    """Without a script; what the new kind does not ask stays in sight, to be taken out or kept."""
    client = seat(cast, "office")
    typed = {"kind": "courtyard", "place": "三巷院坝", "area_name": "第一选区", "draft": FORM[-36:], "choose": "1"}
    back = client.post("/new/gathering/plan/", typed)
    assert (back.status_code, back.url) == (302, f"{FORM}&choose=1")
    assert "代表小组活动" in text(client.get(back.url))
    again = text(client.get(f"{FORM}&kind=contact_group"))
    assert "三巷院坝" in again
    assert {"area_name", "committee"} <= asked_on(again)
    assert "第一选区" in again
    assert Matter.objects.filter(procedure="gathering").count() == 0


def test_a_refused_form_shows_what_the_kind_asks_and_keeps_it(cast: Cast) -> None:
    page = seat(cast, "office").post(
        "/new/gathering/plan/", {"kind": "courtyard", "place": "三巷院坝", "held_on": "2026-03-02"}
    )
    found = asked_on(text(page))
    assert page.status_code == 422
    assert "须填写这一项" in text(page)
    assert "三巷院坝" in text(page)
    assert "area_name" in found
    assert "destination" not in found
