"""Assessment of handling organs: each criterion with its figure, its list, its weight and what it gave. Computed anew whenever it is opened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.docket.situation import book_of
from openrenda.figures.registry import figure
from openrenda.people.guards import for_seats
from openrenda.people.models import Organ
from openrenda.procedures.assessment_criteria.records import AssessmentCriteria, in_force
from openrenda.procedures.assessment_criteria.scoring import Score, Scored, score, scores

from . import cells
from .access import Request
from .figures import audience, showing
from .figures.asking import Asked, asked_of, picker
from .figures.sets import IN_REGISTER_ORDER

COMPARISON = "option.assessment_comparison"
READERS = (*audience.EVERYTHING, *audience.ITS_OWN)


@require_safe
@for_seats(*READERS)
def index(request: HttpRequest) -> HttpResponse:
    """The organs that may be opened; their totals side by side only where the congress has decided so. An organ reads its own page."""
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    if actor.seat in audience.ITS_OWN:
        return of_organ(request, sorted(actor.holders)[0])
    criteria = in_force(asked.period.as_of)
    beside = book_of(actor.congress).option(COMPARISON) is True
    rows = scores(criteria.criteria(), asked.period) if criteria else []
    context = {
        **frame(asked, criteria, reverse("assessment")),
        "table": _table(rows, asked, beside=beside),
        "beside": beside,
    }
    return render(request, "web/assessment.html", context)


def frame(asked: Asked, criteria: AssessmentCriteria | None, action: str) -> dict[str, Any]:
    """The period and the version of the criteria that held on its day."""
    return {"asked": asked, "criteria": criteria, "filters": picker(asked, action)}


def _table(rows: list[tuple[str, str, Score]], asked: Asked, *, beside: bool) -> dict[str, Any]:
    heads = [_("承办单位"), *([_("得分")] if beside else [])]
    listed = []
    for key, name, found in rows:
        url = f"{reverse('assessment-of', args=[key])}?{asked.address()}"
        shown = [_points(found.total)] if beside else []
        listed.append({"key": key, "url": url, "label": name, "cells": [cells.link(name, url), *shown]})
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(heads)]
    return {"label": _("各承办单位"), "columns": columns, "rows": listed, "note": _(IN_REGISTER_ORDER)}


@require_safe
@for_seats(*READERS)
def of_organ(request: HttpRequest, organ_id: UUID) -> HttpResponse:
    """One organ: every criterion with its figure, its list, its weight and its points."""
    actor, asked = cast(Request, request).actor, asked_of(request.GET)
    if actor.seat in audience.ITS_OWN and organ_id not in actor.holders:
        raise Http404
    organ = Organ.objects.filter(pk=organ_id).first()
    if organ is None:
        raise Http404
    criteria = in_force(asked.period.as_of)
    found = score(criteria.criteria(), organ_id, asked.period) if criteria else Score(())
    more = {} if actor.seat in audience.ITS_OWN else {"by": "organ", "group": str(organ_id)}
    columns = [_("考核项"), _("结果"), _("怎样计分"), _("分值"), _("得分")]
    context = {
        **frame(asked, criteria, reverse("assessment-of", args=[organ_id])),
        "organ": organ,
        "total": _points(found.total),
        "unmeasured": any(row.points is None for row in found.rows),
        "table": {
            "label": _("考核项"),
            "columns": [{"label": label, "wide": place == 0} for place, label in enumerate(columns)],
            "rows": [_row(row, asked, more) for row in found.rows],
        },
    }
    return render(request, "web/assessment_of.html", context)


def _row(row: Scored, asked: Asked, more: dict[str, str]) -> dict[str, Any]:
    one = figure(row.criterion.figure)
    url = f"{reverse('figures:figure', args=[one.key])}?{asked.address()}"
    name = format_html('{}<span class="small soft">{}</span>', cells.link(one.words, url), one.formula_words)
    something = row.reading.whole or row.reading.part
    shown = showing.short(row.reading, showing.linker(one, asked, **more)) if something else row.reading.value
    way = row.criterion.way_words
    if row.criterion.points:
        way = _("%(way)s，每项扣%(points)d分") % {"way": way, "points": row.criterion.points}
    given = [name, shown, way, row.criterion.weight, _points(row.points)]
    return {"key": one.key, "url": url, "label": one.words, "cells": given}


def _points(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f}"


urlpatterns = [
    path("assessment/", index, name="assessment"),
    path("assessment/<uuid:organ_id>/", of_organ, name="assessment-of"),
]
