"""What a seat is offered first, what lies behind one item more, and in which groups."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openrenda.docket import registry
from openrenda.people.offices import SEAT_KINDS
from openrenda.procedures.appraisal.records import Appraisal
from openrenda.web import kinds, navigation, waiting
from openrenda.web.lists.catalogue import list_of
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import Cast

MOST_ITEMS = 17
KINDS_QUERIES = 6


@pytest.mark.parametrize("key", SEAT_KINDS)
def test_no_rail_is_longer_than_a_screen(key: str) -> None:
    assert len(navigation.staff_items(key)) <= MOST_ITEMS


@pytest.mark.parametrize("key", SEAT_KINDS)
def test_every_list_is_in_the_rail_or_behind_one_item(key: str) -> None:
    """What a seat may look into is never more than two steps from its home page."""
    shown = {item["url"] for item in navigation.staff_items(key)}
    mine = {reverse("web:list", args=[t.key]) for t in registry.procedures() if navigation.looks_into(key, t)}
    assert mine <= shown or reverse("web:kinds") in shown


def test_every_procedure_has_its_group() -> None:
    """A new procedure is put where people look for it."""
    named = [key for _name, keys in kinds.groups() for key in keys]
    assert sorted(named) == sorted(table.key for table in registry.procedures())


def test_what_stands_in_no_group_is_listed_last() -> None:
    assert kinds.grouped(["unheard-of", "bill"], str)[-1][1] == ["unheard-of"]


@pytest.mark.parametrize("who", ["office", "leader", "roads_clerk", "street", "chen", "auditor"])
def test_all_kinds_lists_what_the_seat_may_open_and_nothing_else(cast: Cast, who: str) -> None:
    client = seat(cast, who)
    page = text(client.get("/lists/"))
    for table in registry.procedures():
        address = reverse("web:list", args=[table.key])
        assert (f'href="{address}"' in page) == (client.get(address).status_code == 200), table.key


def test_all_kinds_counts_what_waits_in_few_queries(cast: Cast) -> None:
    Way(cast).submitted()
    client = seat(cast, "street")
    client.get("/lists/")
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get("/lists/"))
    assert "等我办 1 件" in page
    assert len(asked) <= KINDS_QUERIES


def test_what_may_be_begun_stands_in_groups(cast: Cast) -> None:
    page = text(seat(cast, "office").get("/new/"))
    assert page.index("督办和会议") < page.index("召集主任会议") < page.index("评价和考核") < page.index("召开集中评议")
    assert "button-main" not in page.split("<main")[1]
    assert "button-main" in text(seat(cast, "chen").get("/new/")).split("<main")[1]


def test_a_desk_that_may_begin_much_has_one_button_for_it(cast: Cast) -> None:
    page = text(seat(cast, "office").get("/"))
    assert 'href="/new/"' in page
    assert "召开集中评议" not in page


def test_what_has_no_day_waits_below_what_has(cast: Cast) -> None:
    """Late and soon due groups come first."""
    with_day, without = Way(cast).submitted().matter, Way(cast).submitted().matter
    type(without).objects.filter(pk=without.pk).update(due_on=None)
    found = waiting.groups(cast["street"])
    titles = [row["clock"] for group in found for row in group["rows"]]
    assert with_day.due_on
    assert titles[0]
    assert not titles[-1]


def test_a_list_has_no_column_that_is_always_empty() -> None:
    def keys(procedure: str) -> list[str]:
        return [column.key for column in list_of(registry.procedure(procedure)).columns]

    assert "number" not in keys("quality-review")
    assert "due" in keys("quality-review")
    assert "due" not in keys("counter")
    assert {"number", "due"} <= set(keys("suggestion"))


def test_former_tasks_have_days(cast: Cast) -> None:
    meeting = Appraisal(former=[{"title": "甲", "due_on": "2026-01-12", "closed_on": ""}])
    (task,) = meeting.former_tasks()
    assert (task["due_on"].month, task["closed_on"]) == (1, "")


def test_only_forms_with_a_text_take_it_from_a_file(cast: Cast) -> None:
    """A Word draft of a bill reaches its text; a name alone has no draft."""
    deputy, office = seat(cast, "chen"), seat(cast, "office")
    assert "从文件读入" in text(deputy.get("/new/bill/draft/", follow=True))
    assert "从文件读入" in text(office.get("/new/upward/send/", follow=True))
    assert "从文件读入" not in text(office.get("/new/area/set_up/", follow=True))
