"""A17 代表全员进站与接待日: what was collected and what was solved, and a day's notebook."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

from .opining import ANSWER, RATING, entered, now, said, station
from .stage import take

ENTER = "/lists/opinion/enter/"


def count(key: str, period: object) -> int:
    """A figure, as every page shows it."""
    return int(read(figure(key), period).part)


def problem(cast: Cast, title: str, solved: bool = False, **more: object) -> Matter:
    """A problem that a deputy found, from no opinion."""
    matter = docket.open_matter("problem", "find", by=cast["chen"], data={"title": title, **more}).matter
    if solved:
        take(cast, matter, "chen", "solve", {"outcome": "已解决"})
    return matter


def test_a17_3_an_opinion_holds_several_problems_and_more_may_be_solved_than_opinions_collected(cast: Cast) -> None:
    """Must (3)."""
    matter = said(cast)
    for title in ("路灯不亮", "井盖松动"):
        take(cast, matter, "street", "find_problem", {"title": title})
    found = Matter.objects.filter(procedure="problem")
    assert {row.origins.get().origin_id for row in found} == {matter.pk}
    for row in found:
        take(cast, row, "street", "solve", {"outcome": "修好了"})
    problem(cast, "断头路", solved=True)
    year = in_year(timezone.localdate().year, timezone.localdate())
    assert count("problems_solved", year) == 3
    assert count("opinions", year) == 1


def test_a17_4_collected_and_solved_are_counted_apart(cast: Cast) -> None:
    """Must (4)."""
    problem(cast, "一", solved=True)
    problem(cast, "二")
    year = in_year(timezone.localdate().year, timezone.localdate())
    assert (count("problems_found", year), count("problems_solved", year)) == (2, 1)


def test_a17_5_a_livelihood_matter_is_a_mark_and_no_second_entry(cast: Cast) -> None:
    """Must (5)."""
    problem(cast, "一", livelihood="on", solved=True)
    problem(cast, "二", solved=True)
    year = in_year(timezone.localdate().year, timezone.localdate())
    assert (count("problems_solved", year), count("livelihood_solved", year)) == (2, 1)
    assert Matter.objects.filter(procedure="problem").count() == 2


def test_a17_6_the_lamps_of_a_bridge_from_the_governor_to_the_thanks(cast: Cast) -> None:
    """Must (6): each hand-off has its day (湘潭 L41)."""
    day = timezone.now() - timedelta(days=20)
    heard = docket.open_matter(
        "opinion", "enter", by=cast["street"], at=day,
        data={"text": "求子桥没有路灯，居民晚上过桥害怕。", "channel": "walk_in", "heard_on": timezone.localdate(day).isoformat(),
              "street": cast.organs["street"].pk, "deputy": cast.mandates["chen"].pk},
    ).matter  # fmt: skip
    way = [
        ("street", "sort", {"nature": "trouble", "level": "district"}), ("office", "hand", {"organ": cast.organs["roads"].pk}),
        ("roads_clerk", "reply", {**ANSWER, "answer": "安装并移交路灯六盏。"}), ("office", "release", {}),
        ("office", "rate_for", {**RATING, "way": "桥头回访", "word": "谢谢"}),
    ]  # fmt: skip
    for days, (who, step, data) in enumerate(way, start=1):
        docket.act(now(heard), step, by=cast[who], data=data, at=day + timedelta(days=days))
    days = [act.took_effect.date() for act in heard.acts.order_by("seq")]
    assert days == [(day + timedelta(days=number)).date() for number in range(6)]
    page = text(seat(cast, "office").get(f"/matters/{heard.pk}/trace/")).split("<tbody>")[1]
    places = [
        page.index(words)
        for words in ("登记意见", "：分级分类", "：交办", "报送答复", "核对并答复群众", "代为登记评价")
    ]
    assert places == sorted(places)


def test_a17_a_days_notebook_of_ten_is_one_page_and_each_row_one_opinion(cast: Cast) -> None:
    """Step 3: receive, note; nothing is typed twice."""
    clerk, place = seat(cast, "station"), station(cast)
    common = {"heard_on": timezone.localdate().isoformat(), "channel": "walk_in", "station": str(place.pk), "key": "k1"}
    rows = {f"{number}-text": f"第{number}位群众说的事。" for number in range(10)}
    for _twice in range(2):
        page = text(clerk.post(ENTER, {**common, **rows, "0-phone": "13800138000"}))
    assert Opinion.objects.count() == 10
    assert set(Opinion.objects.values_list("station", "channel")) == {(place.pk, "walk_in")}
    assert page.count('class="nowrap"') >= 10


def test_a17_one_bad_row_keeps_all_that_was_typed_and_stores_nothing(cast: Cast) -> None:
    """Step 3."""
    common = {"heard_on": timezone.localdate().isoformat(), "channel": "walk_in", "key": "k2"}
    answer = seat(cast, "station").post(
        ENTER, {**common, "0-text": "好的一行", "1-text": "坏的一行", "1-phone": "打不通"}
    )
    assert answer.status_code == 422
    assert not Opinion.objects.exists()
    assert all(words in text(answer) for words in ("好的一行", "坏的一行", "打不通"))


def test_a16_4_every_opinion_shows_the_channel_it_came_by(cast: Cast) -> None:
    """A16 Must (4): on its page and in the list, which can be filtered by it."""
    said(cast), entered(cast, who="chen", channel="visit", text="代表走访时听到的事")
    page = text(seat(cast, "office").get("/lists/opinion/"))
    assert "网上代表之家" in page
    assert "代表走访" in page
    only = text(seat(cast, "office").get("/lists/opinion/?channel=visit"))
    assert "代表走访时听到的事" in only
    assert "小区门口的路灯" not in only


def test_lists_ask_the_same_number_of_questions_however_long_they_are(cast: Cast) -> None:
    """The board and the hotline's list: queries counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    asked = {}
    for count in (1, 4):
        for number in range(count):
            matter = said(cast, text=f"第{count}{number}件事", station=None)
            take(cast, matter, "street", "sort", {"nature": "question", "level": "district"})
            take(cast, matter, "office", "publish", {"public_text": "路灯不亮"})
            take(cast, matter, "office", "to_hotline", {})
        for who, path in ((Client(), "/c/990701/opinions/board/"), (seat(cast, "office"), "/lists/opinion/hotline/")):
            who.get(path)
            with CaptureQueriesContext(connection) as found:
                assert who.get(path).status_code == 200
            asked[count, path] = len(found)
    for path in ("/c/990701/opinions/board/", "/lists/opinion/hotline/"):
        assert asked[1, path] == asked[4, path]
        assert asked[4, path] <= 12
