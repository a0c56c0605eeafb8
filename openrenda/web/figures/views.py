"""The pages of figures: the overview, one figure, and the list behind a number with its workbook."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.situation import book_of
from openrenda.figures import Figure, Split, read, read_all
from openrenda.figures.counting import sides
from openrenda.figures.registry import sets
from openrenda.figures.reports.naming import full_name
from openrenda.figures.searching import find
from openrenda.figures.splitting import evidence_of
from openrenda.people.guards import for_seats
from openrenda.people.models import Organ

from ..access import Request
from ..navigation import MAIN_PROCEDURE
from . import audience, listing, showing
from .asking import Asked, asked_of, picker
from .cockpit import SEATS as COCKPIT

DRAFTING = ("deputy_office",)
EVERY_TAB = "all"
MOST_DRAFTS, MOST_FOUND, LONGEST_QUESTION = 5, 30, 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@for_seats(*audience.READERS)
def index(request: HttpRequest) -> HttpResponse:
    """The figures of a period, a tab at a time: suggestions by 提、交、办、复、督、评、公开, then each other kind; or all at once."""
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    tabs, chosen = audience.tabs_for(actor, MAIN_PROCEDURE), request.GET.get("group", "")
    shown = tabs if chosen == EVERY_TAB else [tab for tab in tabs if tab.key == chosen] or tabs[:1]
    groups = audience.groups_for(actor) if shown is tabs else shown[0].groups
    readings = read_all([one for _name, listed in groups for one in listed], asked.period, audience.organs_of(actor))
    by_key = {reading.figure.key: reading for reading in readings}
    tables = [showing.overview(name, [by_key[one.key] for one in listed], asked) for name, listed in groups]
    filters = picker(asked, reverse("figures:index")) | {
        "hidden": [{"name": "group", "value": chosen}] if chosen else []
    }
    context = {**frame(request, asked), "tables": tables, "filters": filters, "sets": _sets(asked)}
    every = (EVERY_TAB, _("全部"), shown is tabs)
    named = [*((tab.key, tab.label, tab is shown[0] and shown is not tabs) for tab in tabs), every]
    context["tabs"] = [
        {"label": label, "url": f"?{asked.address(group=key)}", "current": current, "count": None}
        for key, label, current in named
    ]
    context["may_cockpit"] = actor.seat in COCKPIT
    return render(request, "figures/index.html", context)


def _sets(asked: Asked) -> list[dict[str, str]]:
    return [
        {"label": one.words, "url": f"{reverse('figures:set', args=[one.key])}?{asked.address()}"} for one in sets()
    ]


def frame(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What every page of figures says above its numbers."""
    organs = audience.organs_of(cast(Request, request).actor)
    own = Organ.objects.filter(pk__in=organs).values_list("name", flat=True) if organs else ()
    return {"asked": asked, "own": _("、").join(own)}


@require_safe
@for_seats(*audience.READERS)
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: formula, sides, basis, one division of it at a time, and its trend."""
    actor, asked, one = cast(Request, request).actor, asked_of(request.GET), figure_of(request, key)
    organs, ways = audience.organs_of(actor), audience.ways_for(actor, one)
    tabs = [way for way in ways if way.key != "year"]
    chosen = next((way for way in tabs if way.key == request.GET.get("by")), tabs[0] if tabs else None)
    years = next((way for way in ways if way.key == "year" and asked.period.session is None), None)
    reading = read(one, asked.period, organs)
    context = {
        **frame(request, asked),
        "figure": one,
        "name": one.words,
        "value": showing.value(reading, showing.linker(one, asked)),
        "facts": showing.facts(one, reading, book_of(actor.congress).citation(one.basis), asked),
        "tabs": _tabs(tabs, chosen, asked),
        "tables": [showing.division(one, way, asked, organs) for way in (chosen, years) if way is not None],
        "filters": picker(asked, reverse("figures:figure", args=[key])),
        "back_url": f"{reverse('figures:index')}?{asked.address()}",
        **_beside(actor, one, asked, organs),
        **_drafts(actor, one),
    }
    return render(request, "figures/figure.html", context)


def _beside(actor: Actor, one: Figure, asked: Asked, organs: Any) -> dict[str, Any]:
    """What a rate is not read without: nothing for a count."""
    if not one.is_rate or not one.population.beside:
        return {}
    others = [
        each for _name, listed in audience.groups_for(actor) for each in listed if each.key in one.population.beside
    ]
    return {
        "beside": showing.beside(
            read_all([each for each in others if each.key != one.key], asked.period, organs), asked
        )
    }


def _drafts(actor: Actor, one: Figure) -> dict[str, Any]:
    """The drafts of reports that the reader may write the figure into."""
    if actor.seat not in DRAFTING:
        return {}
    rows = docket.visible(actor, "report").filter(state="draft").order_by("-opened_on", "-id")[:MOST_DRAFTS]
    return {"reports": list(rows), "report_name": full_name(one)}


@require_safe
@for_seats(*audience.READERS)
def search(request: HttpRequest) -> HttpResponse:
    """Figures by words, each with its formula, its number and how a report writes it."""
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    words = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    known = [one for _name, listed in audience.groups_for(actor) for one in listed] + audience.counters_for(actor)
    found = find(words, known)[:MOST_FOUND]
    readings = read_all(found, asked.period, audience.organs_of(actor))
    rows = [
        {"name": reading.figure.words, "formula": reading.figure.formula_words, "report_name": full_name(reading.figure),
         "value": showing.value(reading, showing.linker(reading.figure, asked)),
         "url": f"{reverse('figures:figure', args=[reading.figure.key])}?{asked.address()}"}
        for reading in readings
    ]  # fmt: skip
    return render(request, "figures/search.html", {**frame(request, asked), "words": words, "found": rows})


def figure_of(request: HttpRequest, key: str) -> Figure:
    """The figure that this seat reads under the key.

    :raises Http404: when there is none.
    """
    try:
        return audience.readable(cast(Request, request).actor, key)
    except LookupError:
        raise Http404 from None


def _tabs(ways: list[Split], chosen: Split | None, asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": way.words, "url": f"?{asked.address(by=way.key)}", "current": way is chosen, "count": None}
        for way in ways
    ]


@require_safe
@for_seats(*audience.READERS)
def evidence(request: HttpRequest, key: str, side: str) -> HttpResponse:
    """The list behind one number, a page at a time."""
    actor, asked, one = cast(Request, request).actor, asked_of(request.GET), figure_of(request, key)
    shown, label, more = behind(request, one, side, asked)
    page = shown.page(listing.key_in(request.GET.get("before", "")), listing.key_in(request.GET.get("after", "")))
    export = f"{reverse('figures:export', args=[key, side])}?{asked.address(**more)}"
    context = {
        **frame(request, asked),
        "figure": one,
        "name": one.words,
        "side": showing.side_label(one, side),
        "group": label,
        "count": shown.count(),
        "table": listing.table(one, page.rows, actor, export),
        "pager": {
            "previous_url": page.before and f"?{asked.address(**more, before=page.before)}",
            "next_url": page.after and f"?{asked.address(**more, after=page.after)}",
        },
        "back_url": f"{reverse('figures:figure', args=[key])}?{asked.address(by=more.get('by', ''))}",
    }
    return render(request, "figures/evidence.html", context)


def behind(request: HttpRequest, one: Figure, side: str, asked: Asked) -> tuple[listing.Listed, str, dict[str, str]]:
    """The list of a side, of one group of a division when the address names it; the group's label; and its address.

    :raises Http404: for a side, division or group that this seat does not read.
    """
    actor = cast(Request, request).actor
    by, group = request.GET.get("by", ""), request.GET.get("group", "")
    if side not in sides(one) or (by and by not in {way.key for way in audience.ways_for(actor, one)}):
        raise Http404
    organs = audience.organs_of(actor)
    if not by:
        return listing.whole(one, side, asked.period, organs), "", {}
    try:
        rows, found = evidence_of(one, asked.period, side, by, group, organs)
    except LookupError:
        raise Http404 from None
    return listing.Listed(one, lambda: rows), found.label if found else "", {"by": by, "group": group}


@require_safe
@for_seats(*audience.READERS)
def export(request: HttpRequest, key: str, side: str) -> HttpResponse:
    """The list behind a number as a workbook."""
    actor, asked, one = cast(Request, request).actor, asked_of(request.GET), figure_of(request, key)
    shown, label, _more = behind(request, one, side, asked)
    what = _("，").join(part for part in (showing.side_label(one, side), label) if part)
    notes = [
        _("清单：%(what)s") % {"what": what},
        _("口径：%(formula)s") % {"formula": one.formula_words},
        _("统计期：%(period)s；导出于%(day)s。") % {"period": asked.words, "day": date_format(timezone.localdate())},
    ]
    answer = HttpResponse(listing.workbook(one, shown.rows(), actor, notes), content_type=WORKBOOK)
    name = f"{one.words}{asked.period.as_of:%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer
