"""The pages of supervision and of activities: what they cost, however much hangs on them."""

from __future__ import annotations

from typing import Any

import pytest

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.web.tests.stage import Way, address, seat, text
from openrenda.web.tests.test_pages import counted
from tests.cast import Cast
from tests.mechanisms import supervising
from tests.mechanisms.stage import take
from tests.mechanisms.supervising import in_session, key_list, led, plan, reception, today

LIST_QUERIES, PAGE_QUERIES = 6, 15
LISTS = (
    "supervision",
    "area",
    "counterpart",
    "upward",
    "task",
    "chairpersons-meeting",
    "reception-day",
    "special-inspection",
)


@pytest.fixture
def much(cast: Cast) -> dict[str, Matter]:
    """A suggestion on which everything hangs, and one of each thing that does."""
    supervising.people(cast)
    way = in_session(cast)
    others = [Way(cast, title=f"关于第{number}条道路的建议").received().matter for number in range(3)]
    made = {"suggestion": way.matter, "led": led(cast, way, government_person="副区长马骁")}
    deputies = [cast.mandates[who].pk for who in ("lin", "zhou", "ouyang")]
    take(cast, made["led"], "office", "follow", {**supervising.FOLLOW, "held_on": today(), "deputies": deputies})
    made["meeting"], [made["key"]] = key_list(cast, way.matter)
    take(cast, made["key"], "office", "plan", plan(cast))
    take(cast, made["key"], "office", "attach", {"suggestions": [row.pk for row in others]})
    made["day"] = day = reception(cast, way.matter, *others)
    take(cast, day, "office", "hold", {"deputies": deputies, "organs": [cast.organs["roads"].pk]})
    for item in Item.objects.filter(matter=day):
        data: dict[str, Any] = {
            "item": str(item.pk),
            "outcome": "committed",
            "text": "承诺",
            "organ": cast.organs["roads"].pk,
        }
        take(cast, day, "office", "settle", {**data, "due_on": supervising.after(30)})
    street = cast.organs["street"].pk
    area = {"title": "一片区", "streets": [street], "leading": cast.seats["leader"].pk}
    made["area"] = docket.open_matter("area", "set_up", by=cast["office"], data=area).matter
    return {key: Matter.objects.get(pk=matter.pk) for key, matter in made.items()}


@pytest.mark.parametrize("procedure", LISTS)
def test_a_list_costs_six_queries_at_most(cast: Cast, much: dict[str, Matter], procedure: str) -> None:
    client = seat(cast, "office")
    client.get("/")
    counted(lambda: client.get(f"/lists/{procedure}/"), LIST_QUERIES)


@pytest.mark.parametrize("key", ["suggestion", "led", "key", "meeting", "day", "area"])
def test_a_page_costs_fifteen_queries_at_most(cast: Cast, much: dict[str, Matter], key: str) -> None:
    client = seat(cast, "office")
    client.get("/")
    counted(lambda: client.get(address(much[key])), PAGE_QUERIES)


def test_the_year_costs_the_same_however_many_days_it_has(cast: Cast, much: dict[str, Matter]) -> None:
    client = seat(cast, "leader")
    client.get("/")
    counted(lambda: client.get("/reception-days/"), LIST_QUERIES)


@pytest.mark.parametrize("who", ["roads_clerk", "street", "government"])
def test_the_year_is_for_those_who_see_reception_days(cast: Cast, who: str) -> None:
    assert seat(cast, who).get("/reception-days/").status_code == 404


@pytest.mark.parametrize("year", ["abc", "1066", "²", "99999999"])
def test_a_year_that_is_none_is_this_one(cast: Cast, year: str) -> None:
    assert today()[:4] in text(seat(cast, "leader").get("/reception-days/", {"year": year}))


def test_the_names_behind_what_was_chosen_stand_in_the_record(cast: Cast, much: dict[str, Matter]) -> None:
    """Acts keep ids of suggestions, items and seats; the page names them."""
    page = text(seat(cast, "office").get(address(much["day"])))
    assert str(Item.objects.filter(matter=much["day"]).first().pk) not in page
    assert page.count("关于第1条道路的建议") > 1
    assert cast["leader"].name in text(seat(cast, "office").get(address(much["led"])))
