"""The pages of figures: every number opens its list, each seat reads what is hers, and nonsense in the address does no harm."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure, figures
from openrenda.web.figures import listing
from openrenda.web.tests.stage import Way, seat, text
from tests.cast import Cast

EVIDENCE = re.compile(r'<a class="evidence number" href="([^"]+)">(\d+)<')
ROW = re.compile(r'<tr tabindex="-1" data-url="([^"]*)">')


@pytest.fixture
def ways(cast: Cast) -> list[Way]:
    """Four suggestions: one drafted, one handed over to the roads, one answered and judged, one answered that is secret."""
    drafted, assigned, judged = Way(cast), Way(cast), Way(cast)
    secret = Way(cast, keep_secret="on", secret_reason="涉及商业秘密")
    assigned.handling()
    judged.judged()
    secret.replied()
    return [drafted, assigned, judged, secret]


def numbers_on(page: str) -> list[tuple[str, int]]:
    """The evidence numbers of a page with their addresses."""
    return [(unescape(url), int(number)) for url, number in EVIDENCE.findall(page)]


OTHER_READERS = ("government", "leader", "auditor", "roads_office", "roads_clerk")


@pytest.mark.parametrize(
    "who", ["office", "chen", *(pytest.param(who, marks=pytest.mark.slow) for who in OTHER_READERS)]
)
def test_every_number_opens_its_list(cast: Cast, ways: list[Way], who: str) -> None:
    """A number without its list is not shown; the list is as long as the number says, whoever reads it."""
    client = seat(cast, who)
    found = numbers_on(text(client.get("/figures/?group=all")))
    assert found
    for url, number in dict(found).items():
        page = text(client.get(url))
        assert len(ROW.findall(page)) == number, url
        assert f"共 {number} " in page


@pytest.mark.parametrize("who", ["street", "registrar"])
def test_other_seats_have_no_such_page(cast: Cast, who: str) -> None:
    client = seat(cast, who)
    for url in ("/figures/", "/figures/answered/", "/figures/answered/part/", "/figures/answered/part/export/"):
        assert client.get(url).status_code == 404


def test_without_a_seat_one_is_asked_to_sign_in(cast: Cast, client: Any) -> None:
    answer = client.get("/figures/?year=2025")
    assert answer.status_code == 302
    assert "next=%2Ffigures%2F%3Fyear%3D2025" in answer.headers["Location"]


def test_a_figure_shows_formula_sides_basis_and_rounding(cast: Cast, ways: list[Way]) -> None:
    page = text(seat(cast, "office").get("/figures/answer_rate/"))
    for words in (
        "已答复 ÷ 已交办",
        "四舍五入",
        "交办后撤回",
        "口径版本",
        "66.67%",
        "区交通运输局",
        "样本过少",
        "不作比较",
    ):
        assert words in page, words


def test_an_organ_reads_its_own_and_is_not_set_beside_others(cast: Cast, ways: list[Way]) -> None:
    roads, parks = seat(cast, "roads_head"), seat(cast, "parks_head")
    assert "只统计" in text(roads.get("/figures/"))
    assert ("/figures/assigned/part/", 3) in [
        (url.partition("?")[0], n) for url, n in numbers_on(text(roads.get("/figures/")))
    ]
    assert all(number == 0 for _url, number in numbers_on(text(parks.get("/figures/?group=all"))))
    assert roads.get("/figures/answered/part/?by=organ&group=none").status_code == 404
    assert roads.get("/figures/settled_before/").status_code == 404


def test_a_deputy_reads_totals(cast: Cast, ways: list[Way]) -> None:
    deputy = seat(cast, "chen")
    page = text(deputy.get("/figures/answered/"))
    assert "按月" in page
    assert "区交通运输局" not in page
    assert deputy.get(f"/figures/answered/part/?by=organ&group={cast.organs['roads'].pk}").status_code == 404


def test_what_one_may_not_see_is_counted_and_named_by_number_only(cast: Cast, ways: list[Way]) -> None:
    """SUG-15: a deputy's request for secrecy holds in the lists behind figures too, on the page and in the workbook."""
    secret = Matter.objects.get(pk=ways[3].pk)
    Matter.objects.filter(pk=secret.pk).update(title="关于保密之事的建议")
    for who, sees in (("office", True), ("lin", False), ("leader", False)):
        client = seat(cast, who)
        page = text(client.get("/figures/received/part/"))
        assert secret.number in page
        assert ("关于保密之事的建议" in page) is sees, who
        assert (str(secret.pk) in page) is sees, who
        sheet = workbook(client.get("/figures/received/part/export/"))
        assert (any("关于保密之事的建议" in row for row in sheet)) is sees, who
        assert any(secret.number in row for row in sheet)


def workbook(answer: Any) -> list[list[str]]:
    """The cells of a workbook as text."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_says_what_it_lists(cast: Cast, ways: list[Way]) -> None:
    answer = seat(cast, "office").get("/figures/answer_rate/whole/export/?by=category&group=none")
    words = "".join("".join(row) for row in workbook(answer))
    assert all(part in words for part in ("已交办，未归类", "已答复 ÷ 已交办", "截至"))


def test_pages_follow_one_another_by_key_both_ways(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_ROWS", 2)
    for _each in range(5):
        Way(cast).handling()
    client, url, seen = seat(cast, "office"), "/figures/received/part/", []
    while url:
        page = text(client.get(url))
        seen.append(ROW.findall(page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = f"/figures/received/part/{unescape(following[1])}" if following else ""
    assert [len(rows) for rows in seen] == [2, 2, 1]
    assert len({row for rows in seen for row in rows}) == 5
    back = unescape(re.search(r'rel="prev" href="([^"]+)"', page)[1])  # type: ignore[index]
    assert ROW.findall(text(client.get(f"/figures/received/part/{back}"))) == seen[1]


@pytest.mark.slow
def test_a_division_s_number_opens_its_part_of_the_list(cast: Cast, ways: list[Way]) -> None:
    client = seat(cast, "office")
    for by in ("organ", "category", "street", "session", "class", "month"):
        for url, number in numbers_on(text(client.get(f"/figures/in_time_rate/?by={by}"))):
            assert len(ROW.findall(text(client.get(url)))) == number, url


NONSENSE = ("year=abc", "year=99999999", "session=1", "since=2026-13-01", "as_of=2999-01-01", "as_of=x", "by=deputy", "year=²",
            "since=2026-03-01&until=2026-01-01", "after=x", "before=00")  # fmt: skip


def test_nonsense_in_the_address_is_this_year_as_known_today(cast: Cast, ways: list[Way]) -> None:
    client = seat(cast, "office")
    number = read(figure("received"), in_year(timezone.localdate().year, timezone.localdate())).part
    for query in NONSENSE:
        page = client.get(f"/figures/received/?{query}")
        assert page.status_code == 200, query
        assert f">{number}<" in text(page), query
        if "by=" not in query:
            assert client.get(f"/figures/received/part/?{query}").status_code == 200, query
    for query in NONSENSE[:3]:
        assert f">{number}<" in text(client.get(f"/figures/?{query}")), query


@pytest.mark.parametrize("url", ["/figures/no-such/", "/figures/answered/whole/", "/figures/answered/sideways/",
                                 "/figures/answered/part/?by=deputy", "/figures/answered/part/?by=organ&group=x"])  # fmt: skip
def test_what_there_is_not_is_not_found(cast: Cast, url: str) -> None:
    assert seat(cast, "office").get(url).status_code == 404


def test_the_pages_cost_the_same_however_much_there_is(
    cast: Cast, ways: list[Way], django_assert_max_num_queries: Any
) -> None:
    """Sign-in and seat included; a tab of the overview asks once for each kind of thing that is counted."""
    client = seat(cast, "office")
    tabs = re.findall(r'<a href="(\?group=[^"]+)"', text(client.get("/figures/")))
    assert tabs[-1] == "?group=all"
    overview = [(f"/figures/{tab}", 14) for tab in ("", *tabs[:-1])]
    for url, most in (*overview, ("/figures/in_time_rate/", 14), ("/figures/answered/part/", 10)):
        client.get(url)
        with django_assert_max_num_queries(most):
            client.get(url)


def test_the_overview_shows_a_tab_at_a_time(cast: Cast, ways: list[Way]) -> None:
    """Suggestions first; together the tabs hold what the whole holds; the period stays when the tab changes, and the other way round."""
    client = seat(cast, "office")
    first = text(client.get("/figures/?year=2026"))
    tabs = [unescape(url) for url in re.findall(r'<a href="(\?[^"]*group=[^"]+)"', first)]
    assert all(url.startswith("?year=2026&group=") for url in tabs)
    pages = [text(client.get(f"/figures/{url}")) for url in tabs]
    assert all('aria-current="page"' in page for page in pages)
    *single, whole = [set(re.findall(r'href="/figures/([a-z_]+)/\?', page)) for page in pages]
    assert set.union(*single) == whole
    assert len(whole) == sum(len(keys) for keys in single) > len(figures()) // 2
    assert 'type="hidden" name="group" value="all"' in pages[-1]
    assert text(client.get("/figures/?group=none")).count("<h2>") == first.count("<h2>")


def test_days_before_and_after(cast: Cast, ways: list[Way]) -> None:
    """As of yesterday none of today's steps had been taken."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    page = text(seat(cast, "office").get(f"/figures/?year={today.year}&as_of={yesterday.isoformat()}"))
    assert all(number == 0 for _url, number in numbers_on(page))
