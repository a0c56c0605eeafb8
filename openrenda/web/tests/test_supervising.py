"""The pages of supervision and of activities: what they cost, however much hangs on them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.procedures import fields
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from openrenda.web.tests.test_pages import counted
from tests.cast import Cast
from tests.mechanisms import supervising
from tests.mechanisms.stage import take
from tests.mechanisms.supervising import in_session, key_list, led, plan, reception, today

TICKS = re.compile(r'type="checkbox" name="suggestions" value="([^"]+)"')
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


def test_suggestions_are_searched_for_and_nothing_typed_is_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Late ones first, then key ones, then the newest; what was ticked stays, and searching takes no step."""
    supervising.people(cast)
    monkeypatch.setattr(fields, "MOST_SHOWN", 2)
    monkeypatch.setattr(fields.ChooseSearched, "most_shown", 2)
    titles = {name: f"关于{name}的建议" for name in ("路灯", "逾期路口", "重点河道", "公园")}
    ways = {name: Way(cast, title=title).received() for name, title in titles.items()}
    key_list(cast, ways["重点河道"].matter)
    late = timezone.localdate() - timedelta(days=3)
    Matter.objects.filter(pk=ways["逾期路口"].pk).update(due_on=late)
    day = reception(cast)
    client, url = seat(cast, "office"), f"/matters/{day.pk}/pick/"
    first = client.get(url)
    assert TICKS.findall(text(first)) == [str(ways["逾期路口"].pk), str(ways["重点河道"].pk)]
    assert "（逾期）" in text(first)
    assert "（重点督办）" in text(first)
    assert "这里只列出 2 件" in text(first)
    typed = {**hidden(first), "suggestions": str(ways["逾期路口"].pk), "number_reason": "本月只有两件"}
    found = client.post(url, {**typed, "search": "suggestions", "suggestions-search": "路灯 建议"})
    page = text(found)
    assert found.status_code == 200
    assert TICKS.findall(page) == [str(ways["逾期路口"].pk), str(ways["路灯"].pk)]
    assert page.count(" checked") == 1
    assert "本月只有两件" in page
    assert 'value="路灯 建议"' in page
    assert "error-summary" not in page
    assert not day.items.exists()
    number = ways["公园"].matter.number
    page = text(client.post(url, {**typed, "search": "suggestions", "suggestions-search": number}))
    assert TICKS.findall(page) == [str(ways["逾期路口"].pk), str(ways["公园"].pk)]
    nonsense = {**typed, "suggestions": "x", "search": "suggestions", "suggestions-search": "%" * 200}
    assert client.post(url, nonsense).status_code == 200
    chosen = {**typed, "suggestions": [str(ways[name].pk) for name in ("逾期路口", "公园")]}
    client.post(url, chosen)
    assert day.items.count() == 2


def test_searching_costs_no_more_however_many_there_are(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        Way(cast, title=f"关于第{number}盏路灯的建议").received()
    day = reception(cast)
    client, url = seat(cast, "office"), f"/matters/{day.pk}/pick/"
    sent = {**hidden(client.get(url)), "search": "suggestions", "suggestions-search": "路灯"}
    with django_assert_max_num_queries(15):
        client.post(url, sent)
