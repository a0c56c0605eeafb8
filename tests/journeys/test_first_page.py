"""A resident's first page on a slow telephone: what it weighs, how it comes up, and what is left of it without pictures."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from openrenda.people import codes
from openrenda.people.models import Station
from tests.mechanisms.opining import station

from .conftest import Town

pytestmark = pytest.mark.browser
MOST_BYTES, MOST_REQUESTS, MOST_STATIONS = 100_000, 6, 6_000
MOST_SHIFT = 0.001
FIRST_PAINT_MILLISECONDS, SHARED = 1000, 4
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) { window.shifts += one.value; (window.moved = window.moved || []).push(one.value.toFixed(4) + ' ' + one.sources.map(s => s.node && (s.node.id || s.node.className || s.node.nodeName) + ' ' + Math.round(s.previousRect.top) + '>' + Math.round(s.currentRect.top)).join(', ')); } })
    .observe({type: 'layout-shift', buffered: true});
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').map(one => one.startTime)[0]"
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")


def opened(town: Town, path: str, **options: Any) -> tuple[Any, list[Any]]:
    """The page on a phone that has never been here, and every answer it asked for."""
    visitor = town.browser(phone=True, **options)
    answers: list[Any] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.page.add_init_script(WATCH_SHIFTS)
    # Not looked at by the journeys' eyes, which try other widths: that would move everything.
    visitor.page.goto(f"{town.site}{path}")
    visitor.page.wait_for_load_state("networkidle")
    return visitor.page, answers


def transferred(answers: list[Any]) -> int:
    """Bytes as they go over the air: text is sent compressed (by the files' server and by the pages), the rest as it is."""
    total = 0
    for answer in answers:
        if answer.status < 300:
            body = answer.body()
            kind = answer.headers.get("content-type", "")
            total += len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body)
    return total


@pytest.mark.parametrize("path", ["/c/990601/opinions/?station=01", "/c/990601/stations/", "/c/990601/"])
def test_the_first_page_is_light_and_steady(town: Town, path: str) -> None:
    """At most 100 kB and six requests; nothing moves once it stands."""
    station(town.cast)
    page, answers = opened(town, path)
    told = [f"{answer.status} {answer.url} {len(answer.body()) if answer.status < 300 else 0}" for answer in answers]
    assert len(answers) <= MOST_REQUESTS, told
    assert transferred(answers) <= MOST_BYTES, told
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") <= MOST_SHIFT, page.evaluate("window.moved")
    print(path, len(answers), transferred(answers))


def test_a_scanned_code_leads_to_a_page_that_is_read_without_pictures(town: Town) -> None:
    """Every word is there with images off: the question, its button, and whose station it is."""
    row = station(town.cast)
    code = codes.issue(row)
    visitor = town.browser(phone=True)
    visitor.page.route(
        "**/*", lambda route: route.abort() if route.request.resource_type == "image" else route.fallback()
    )
    visitor.go(f"/q/990601/{code.token}/")
    visitor.sees(row.name)
    visitor.go(f"/c/990601/opinions/?code={code.token}")
    visitor.sees("您想反映什么", row.name)
    assert visitor.page.get_by_role("button", name="提交", exact=True).is_visible()


def test_the_map_of_six_thousand_stations_paints_within_a_second(town: Town) -> None:
    """The list and the map's frame are there at once; the points follow."""
    street = town.cast.organs["street"]
    Station.objects.bulk_create(
        Station(number=f"{number:05}", name=f"第{number}联络站", kind="station" if number % 9 else "house", street=street,
                since=street.since, longitude=114 + number % 90 / 1000, latitude=30 + number % 70 / 1000)
        for number in range(MOST_STATIONS)
    )  # fmt: skip
    page, answers = opened(town, "/c/990601/stations/map/")
    assert page.evaluate(PAINTED) < FIRST_PAINT_MILLISECONDS * SHARED
    assert transferred(answers[:1]) < MOST_BYTES
