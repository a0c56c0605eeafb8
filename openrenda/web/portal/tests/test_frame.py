"""Budgets, headers, the register of deputies, and the pages about the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda.people.models import Congress, Mandate, Person
from openrenda.tenancy import congress_scope
from openrenda.web.portal import listing
from tests.cast import BEGAN, Cast, assemble

from .stage import CODE, OTHER, PROMISE, address, not_satisfied, published

# A search looks among the suggestions and on the board of opinions.
MOST_QUERIES, MOST_OF_A_SEARCH = 9, 12
FIRST_LOAD_BYTES = 150_000
PAGES = (
    f"/c/{CODE}/",
    f"/c/{CODE}/suggestions/",
    f"/c/{CODE}/suggestions/?q=学府路",
    f"/c/{CODE}/suggestions/?q=%22学府路小学%22+游泳",
    f"/c/{CODE}/suggestions/?year=2026&class=A",
    f"/c/{CODE}/figures/received/",
    f"/c/{CODE}/deputies/",
    f"/c/{CODE}/deputies/?q=zhou",
    f"/c/{CODE}/feedback/",
    "/c/",
    "/procedures/",
    "/procedures/suggestion/",
    f"/c/{CODE}/procedures/",
    f"/c/{CODE}/procedures/suggestion/",
    "/accessibility/",
    "/privacy/",
    "/robots.txt",
)


def test_every_page_keeps_its_budget(cast: Cast, client: Client) -> None:
    """At most nine queries a page, whatever it shows, twelve where it searches, and a first visit under 150 kB."""
    matter = published(cast, PROMISE)
    not_satisfied(cast, matter)
    for number in range(3):
        published(cast, title=f"关于第{number}件事的建议")
    for url in (*PAGES, address(matter)):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as spent:
            answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        assert len(spent) <= (MOST_OF_A_SEARCH if "?q=" in url else MOST_QUERIES), (
            url,
            [query["sql"][:120] for query in spent],
        )
        files = re.findall(rb'(?:href|src)="(/static/[^"#]+)"', answer.content)
        size = len(answer.content) + sum(len(b"".join(client.get(url.decode()))) for url in set(files))
        assert size < FIRST_LOAD_BYTES, (url, size)


def test_public_pages_may_be_kept_a_minute_and_are_not_sent_twice(cast: Cast, client: Client) -> None:
    answer = client.get(f"/c/{CODE}/suggestions/")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {word.strip() for word in answer["Vary"].split(",")}
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert client.get(f"/c/{CODE}/suggestions/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.post(f"/c/{CODE}/suggestions/").status_code == 405


def test_robots_read_what_is_public_only(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Allow: /c/" in lines
    assert lines[-1] == "Disallow: /"
    assert "Disallow: /c/*/feedback/" in lines


def test_one_congress_is_the_front_page_and_several_are_a_choice(cast: Cast, client: Client) -> None:
    assert client.get("/c/")["Location"] == f"/c/{CODE}/"
    assemble(OTHER, name="邻区")
    page = client.get("/c/").content.decode()
    assert f"/c/{CODE}/" in page
    assert f"/c/{OTHER}/" in page


def test_deputies_stand_in_the_order_of_strokes_without_a_telephone(cast: Cast, client: Client) -> None:
    """LST-01, SEC-04: name, sex, ethnic group, post and district; never a telephone, never who has left."""
    person = Person.objects.get(name="林翀")
    person.sex, person.ethnicity, person.post, person.phone = "female", "土家族", "某校教师", "13812345678"
    person.save()
    gone = Mandate.objects.get(person__name="欧阳玥")
    gone.until, gone.end_reason, gone.end_basis = timezone.localdate() - timedelta(days=1), "resigned", "公告"
    gone.save()
    page = client.get(f"/c/{CODE}/deputies/").content.decode()
    names = re.findall(r"<strong>(.+?)</strong>", page)
    assert names == list(Person.objects.exclude(name="欧阳玥").order_by("stroke_key").values_list("name", flat=True))
    assert "土家族" in page
    assert "某校教师" in page
    assert "女" in page
    assert "第一选区" in page
    assert "13812345678" not in page
    assert "1975" not in page
    assert "林翀" in client.get(f"/c/{CODE}/deputies/?q=lc").content.decode()


def test_a_long_register_goes_on_by_key(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from openrenda.web.portal.views import deputies

    monkeypatch.setattr(deputies, "ROWS", 2)
    seen: list[str] = []
    url = f"/c/{CODE}/deputies/"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r"<strong>(.+?)</strong>", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        url = f"/c/{CODE}/deputies/{found[1].replace('&amp;', '&')}" if found else ""
    assert seen == list(Person.objects.order_by("stroke_key").values_list("name", flat=True))


def test_pages_of_the_list_go_forth_and_back_by_key(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS", 2)
    for number in range(5):
        published(cast, title=f"关于第{number}件事的建议")

    def titles(page: str) -> list[str]:
        return re.findall(r"关于第\d件事的建议", page)

    def follow(page: str, way: str) -> str:
        found = re.search(rf'rel="{way}" href="([^"]+)"', page)
        assert found, way
        return client.get(f"/c/{CODE}/suggestions/{found[1].replace('&amp;', '&')}").content.decode()

    first = client.get(f"/c/{CODE}/suggestions/").content.decode()
    second = follow(first, "next")
    third = follow(second, "next")
    assert len({*titles(first), *titles(second), *titles(third)}) == 5
    assert 'rel="next"' not in third
    assert 'rel="prev"' not in first
    assert titles(follow(third, "prev")) == titles(second)
    assert titles(follow(follow(third, "prev"), "prev")) == titles(first)


def test_a_fictional_congress_is_marked_so(cast: Cast, client: Client) -> None:
    assert "虚构的演示数据" in client.get(f"/c/{CODE}/suggestions/").content.decode()
    Congress.objects.filter(pk=cast.congress.pk).update(fictional=False)
    assert "虚构的演示数据" not in client.get(f"/c/{CODE}/suggestions/").content.decode()


def test_a_large_register_stays_small_on_the_wire(cast: Cast, client: Client) -> None:
    with congress_scope(cast.congress):
        term = Mandate.objects.first().term
        people = [Person(name=f"代表{number}", post="某单位某职务") for number in range(240)]
        for person in people:
            person.set_keys()
        Person.objects.bulk_create(people)
        Mandate.objects.bulk_create([Mandate(person=person, term=term, since=BEGAN) for person in people])
    answer = client.get(f"/c/{CODE}/deputies/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 30_000
