"""Figures read together: a report with its totals, a row an organ, or an organ over the years. Nothing is ranked."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.docket.actor import Actor
from openrenda.docket.situation import book_of
from openrenda.figures import Figure, Group, Reading, in_year, over_years, read_all, split_all
from openrenda.figures.registry import figure, figure_set
from openrenda.people.guards import for_seats

from ..access import Request
from . import audience, showing
from .asking import Asked, asked_of, picker
from .views import frame

IN_REGISTER_ORDER = "按机构登记次序排列，不分先后。"


@require_safe
@for_seats(*audience.READERS)
def one_set(request: HttpRequest, key: str) -> HttpResponse:
    """One set for a period, as known on a day; every number opens its list."""
    try:
        found = figure_set(key)
    except LookupError:
        raise Http404 from None
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    figures = [one for name in found.figures if audience.may_read(actor, one := figure(name))]
    organs = audience.organs_of(actor)
    readings = read_all(figures, asked.period, organs)
    tables = [
        showing.overview(label, [each for each in readings if each.figure.key in keys], asked)
        for label, keys in found.parts or ((_("合计"), found.figures),)
    ]
    if found.by_organ and actor.seat in audience.EVERYTHING:
        tables.append(by_organ(figures, asked))
    if found.years and actor.seat not in audience.TOTALS:
        found_by_year = over_years(figures, asked.period, organs)
        tables += [by_year(one, found_by_year[one.key], asked, actor) for one in figures]
    context = {
        **frame(request, asked),
        "name": found.words,
        "article": book_of(actor.congress).citation(found.basis) if found.basis in book_of(actor.congress) else "",
        "tables": tables,
        "filters": picker(asked, reverse("figures:set", args=[key])),
        "back_url": f"{reverse('figures:index')}?{asked.address()}",
    }
    return render(request, "figures/set.html", context)


def by_organ(figures: list[Figure], asked: Asked) -> dict[str, Any]:
    """A row an organ, a column a figure."""
    rows: dict[str, tuple[str, dict[str, Any]]] = {}
    divided = split_all(figures, asked.period, "organ")
    for one in figures:
        for part in divided[one.key]:
            link = showing.linker(one, asked, by="organ", group=part.key)
            rows.setdefault(part.key, (part.label, {}))[1][one.key] = showing.short(part.reading, link)
    columns = [_("承办单位"), *(one.words for one in figures)]
    return {
        "label": _("各承办单位"), "note": _(IN_REGISTER_ORDER),
        "columns": [{"label": label, "wide": place == 0} for place, label in enumerate(columns)],
        "rows": [
            {"key": key, "label": label, "cells": [label, *(said.get(one.key, "—") for one in figures)]}
            for key, (label, said) in rows.items()
        ],
    }  # fmt: skip


def by_year(one: Figure, found: list[tuple[Group, dict[int, Reading]]], asked: Asked, actor: Actor) -> dict[str, Any]:
    """A row an organ, a column a year, as known on the day."""
    years = sorted({year for _group, readings in found for year in readings})
    wide = actor.seat in audience.EVERYTHING
    rows = []
    for group, readings in found:
        more = {"by": "organ", "group": group.key} if wide else {}
        said = [_in_year(one, readings[year], asked, year, more) for year in years]
        rows.append({"key": group.key, "label": group.label, "cells": [group.label, *said]})
    heads = [_("承办单位"), *(_("%(year)s年") % {"year": year} for year in years)]
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(heads)]
    return {"label": one.words, "columns": columns, "rows": rows, "note": _(IN_REGISTER_ORDER)}


def _in_year(one: Figure, reading: Reading, asked: Asked, year: int, more: dict[str, str]) -> Any:
    as_of = asked.said.get("as_of", "")
    then = Asked(in_year(year, asked.period.as_of), {"year": str(year), "as_of": as_of})
    return showing.short(reading, showing.linker(one, then, **more))
