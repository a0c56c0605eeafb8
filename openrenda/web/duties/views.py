"""The page of deputies' contact, and the list behind each of its numbers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.people.guards import for_seats
from openrenda.people.models import Mandate

from .. import cells
from ..access import Request
from ..stations.checks import Check, fraction, percent, share, verdict, words_of
from .checks import checks, found

READERS = ("deputy_office", "leader", "audit_admin")
DUTY_READERS = ("deputy_office", "leader")


@for_seats(*READERS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """All checks; two or three queries each."""
    return render(request, "duties/checks.html", {"checks": [_card(check) for check in checks()]})


def _card(check: Check) -> dict[str, Any]:
    covered = check.ask()
    return {
        "label": check.label, "value": percent(covered), "unit": fraction(covered),
        "url": reverse("duties:lacking", args=[check.key]), "note": verdict(covered, check.lacking),
        "status": "soon" if covered.lacking else "",
    }  # fmt: skip


@for_seats(*READERS)
@require_safe
def lacking(request: Request, key: str) -> HttpResponse:
    """The list behind one check, in the order of strokes."""
    check = found(key)
    if check is None:
        raise Http404
    covered = check.ask()
    context = {
        "check": check,
        "share": share(covered),
        "verdict": verdict(covered, check.lacking),
        "table": _table(check, covered.lacking, duty=request.actor.seat in DUTY_READERS),
    }
    return render(request, "duties/lacking.html", context)


def _table(check: Check, lacking: Any, *, duty: bool) -> dict[str, Any]:
    rows = []
    for row in lacking:
        name, place = words_of(row)
        url = reverse("duty-of", args=[row.pk]) if duty and isinstance(row, Mandate) else ""
        rows.append(
            {"key": str(row.pk), "url": url, "label": name, "cells": [cells.link(name, url) if url else name, place]}
        )
    return {
        "key": f"lacking-{check.key}", "caption": check.lacking,
        "columns": [{"key": "name", "label": _("名称"), "wide": True}, {"key": "place", "label": _("所属")}],
        "rows": rows, "empty": {"title": _("没有缺项"), "text": _("名单是空的，覆盖才算百分之百。")},
    }  # fmt: skip


app_name = "duties"
urlpatterns = [
    path("deputies/contact/", overview, name="overview"),
    path("deputies/contact/<slug:key>/", lacking, name="lacking"),
]
