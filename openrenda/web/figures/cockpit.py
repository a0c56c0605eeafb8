"""The leaders' one page 驾驶舱: what is late and whose move it is first, then the year's numbers, then how they went.

On a wall (``?wall=1``) it is the same page in large letters, asked anew every minute. No person is ranked; organs stand side by
side, in the order of their register, only where the congress has chosen so.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openrenda.docket.situation import book_of
from openrenda.figures import Figure, Reading, read_all, split
from openrenda.figures.rates import interval
from openrenda.figures.registry import figure
from openrenda.people.guards import for_seats

from .. import lateness
from ..access import Request
from . import showing
from .asking import Asked, asked_of

SEATS = ("leader", "deputy_office", "government_office")
LATE_SHOWN = 20
CARDS = (
    "received",
    "not_assigned",
    "not_answered",
    "late",
    "in_time_rate",
    "solved_rate",
    "satisfaction",
    "response_rate",
)
TRENDS = ("received", "answered", "late")
COMPARED = ("in_time_rate", "solved_rate")
COMPARE_ORGANS = "option.compare_organs"


@require_safe
@for_seats(*SEATS)
def cockpit(request: HttpRequest) -> HttpResponse:
    """One page."""
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    wall = request.GET.get("wall") == "1"
    readings = read_all([figure(key) for key in CARDS], asked.period)
    context: dict[str, Any] = {
        "asked": asked,
        "wall": wall,
        "moment": timezone.localtime(),
        "late": lateness.by_holder(actor, limit=LATE_SHOWN),
        "cards": [card(reading, asked) for reading in readings],
        "charts": [chart(figure(key), asked) for key in TRENDS],
        "organs": _organs(request, asked),
    }
    if wall:
        context |= {"large_text": True, "base_page": "base_plain.html"}
    return render(request, "figures/cockpit.html", context)


def card(reading: Reading, asked: Asked) -> dict[str, Any]:
    """One number with what it was made of; each opens its list."""
    one = reading.figure
    side = showing.linker(one, asked)
    note = ""
    if one.is_rate:
        note = f"{reading.part} ÷ {reading.whole}　{interval(reading)}"
        url = f"{reverse('figures:figure', args=[one.key])}?{asked.address()}"
        return {"label": one.words, "value": reading.rate or "—", "unit": "", "url": url, "note": note}
    status = "late" if one.key == "late" and reading.part else ""
    return {
        "label": one.words,
        "value": reading.part,
        "unit": one.unit.words,
        "url": side("part"),
        "note": note,
        "status": status,
    }


def chart(one: Figure, asked: Asked) -> dict[str, Any]:
    """A figure by month, as a line and as a table."""
    slices = split(one, asked.period, "month")
    way = next(way for way in one.population.splits if way.key == "month")
    rows = [{"label": row.label, "value": showing.number(row.reading, "part", showing.linker(one, asked, by=way.key, group=row.key))}
            for row in slices if row.reading.period.since <= asked.period.as_of]  # fmt: skip
    shown = [row for row in slices if row.reading.period.since <= asked.period.as_of]
    return {"label": one.words, "line": showing.trend(shown), "rows": rows}


def _organs(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """Organs side by side: only where the congress has chosen to, never in the order of their rates."""
    book = book_of(cast(Request, request).actor.congress)
    if not book.option(COMPARE_ORGANS):
        return []
    ways = [(one, next(way for way in one.population.splits if way.key == "organ")) for one in map(figure, COMPARED)]
    return [{**showing.division(one, way, asked, ()), "label": one.words} for one, way in ways]
