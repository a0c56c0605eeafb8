"""What the network lacks: ten checks, each number with its list, and what was opened this year (A06, A07, A17, A19)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.people import coverage
from openrenda.people.coverage import Covered
from openrenda.people.models import Mandate, Station
from openrenda.people.models.station import KIND_LABELS, SITE_LABELS
from openrenda.people.views.administration import station_tabs

from .. import cells
from ..access import Request
from .checks import Check, checks, found, fraction, percent, share, verdict, words_of
from .guard import for_readers

NEXT_STEP = {
    "deputies": "station-members", "staffed": "station-members", "hubs": "hub-links", "highlights": "stations",
    "specialities": "specialities", "streets": "stations", "communities": "stations", "governors": "grids",
    "grid-deputies": "grid-members",
}  # fmt: skip
DUTY_READERS = ("deputy_office", "leader")


@for_readers
@require_safe
def overview(request: Request) -> HttpResponse:
    """All checks; two queries each."""
    year = timezone.localdate().year
    context = {
        "checks": [_card(check, check.ask()) for check in checks()],
        "kinds": [
            _counted(KIND_LABELS[key], number, kind=key, shown="open") for key, number in coverage.by_kind().items()
        ],
        "sites": [
            _counted(SITE_LABELS.get(key, key), number, kind="point", site=key, shown="open")
            for key, number in coverage.points_by_site().items()
        ],
        "opened": _counted(_("今年新增"), coverage.opened_in(year).count(), opened=year),
        "tabs": station_tabs(request),
    }
    return render(request, "stations/coverage.html", context)


def _counted(label: Any, number: int, **chosen: Any) -> dict[str, Any]:
    return {"label": label, "value": number, "url": f"{reverse('stations:list')}?{urlencode(chosen)}"}


def _card(check: Check, covered: Covered) -> dict[str, Any]:
    return {
        "label": check.label, "value": percent(covered), "unit": fraction(covered), "url": reverse("stations:lacking", args=[check.key]),
        "note": verdict(covered, check.lacking), "status": "soon" if covered.lacking else "",
    }  # fmt: skip


@for_readers
@require_safe
def lacking(request: Request, key: str) -> HttpResponse:
    """The list behind one check."""
    check = found(key)
    if check is None:
        raise Http404
    covered = check.ask()
    context = {
        "check": check,
        "share": share(covered),
        "verdict": verdict(covered, check.lacking),
        "table": _table(check, covered, duty=request.actor.seat in DUTY_READERS),
        "register": NEXT_STEP.get(key) if request.actor.seat != "leader" else "",
        "tabs": station_tabs(request),
    }
    return render(request, "stations/lacking.html", context)


def _table(check: Check, covered: Covered, *, duty: bool) -> dict[str, Any]:
    rows = []
    for row in covered.lacking:
        name, place = words_of(row)
        url = _address(row, duty)
        rows.append(
            {"key": str(row.pk), "url": url, "label": name, "cells": [cells.link(name, url) if url else name, place]}
        )
    return {
        "key": f"lacking-{check.key}", "caption": check.lacking,
        "columns": [{"key": "name", "label": _("名称"), "wide": True}, {"key": "place", "label": _("所属")}],
        "rows": rows, "empty": {"title": _("没有缺项"), "text": _("名单是空的，覆盖才算百分之百。")},
    }  # fmt: skip


def _address(row: Any, duty: bool) -> str:
    if isinstance(row, Station):
        return reverse("stations:station", args=[row.pk])
    return reverse("duty-of", args=[row.pk]) if duty and isinstance(row, Mandate) else ""
