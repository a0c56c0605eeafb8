"""Pooled counters: the number with its list, every version, last year under this year's definition, and what two share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.figures import Figure, Period, in_year, read
from openrenda.figures.counters import counters, difference, shared
from openrenda.people.guards import for_seats

from .. import cells
from ..access import Request
from ..figures.asking import asked_of, picker

READERS = ("deputy_office", "leader", "audit_admin")
PROCEDURE = "counter"


@for_seats(*READERS)
@require_safe
def index(request: Request) -> HttpResponse:
    """All counters with their numbers."""
    asked = asked_of(request.GET)
    rows = []
    for counter, version, one in counters():
        reading = read(one, asked.period)
        url = f"{reverse('reports:counter', args=[counter.key])}?{asked.address()}"
        name = format_html('{}<span class="small soft">{}</span>', cells.link(one.words, url), one.formula_words)
        number = cells.evidence(reading.value, f"{_evidence(one)}?{asked.address()}", one.words)
        rows.append(
            {
                "key": counter.key,
                "url": url,
                "label": one.words,
                "cells": [name, number, _("第%(number)s版") % {"number": version.version}],
            }
        )
    columns = [{"label": _("合并统计"), "wide": True}, {"label": _("结果")}, {"label": _("口径版本")}]
    context = {
        "asked": asked, "filters": picker(asked, reverse("reports:counters")),
        "table": {"label": _("合并统计"), "columns": columns, "rows": rows},
        "may_define": any(procedure == PROCEDURE for procedure, _step in docket.openings(request.actor)),
    }  # fmt: skip
    return render(request, "reports/counters.html", context)


def _evidence(one: Figure) -> str:
    return reverse("figures:evidence", args=[one.key, "part"])


@for_seats(*READERS)
@require_safe
def counter(request: Request, key: str) -> HttpResponse:
    """One counter: its number, last year under each version, and the records it shares with another."""
    every = counters(every_version=True)
    mine = [(version, one) for row, version, one in every if row.key == key]
    if not mine:
        raise Http404
    asked = asked_of(request.GET)
    current = mine[-1][1]
    others = [(row.key, one) for row, version, one in every if row.key != key and version.version == row.version]
    last = in_year(asked.period.end.year - 1, timezone.localdate())
    context = {
        "key": key, "matter_id": next(row.matter_id for row, _version, _one in every if row.key == key), "figure": current,
        "asked": asked, "filters": picker(asked, reverse("reports:counter", args=[key])),
        "number": cells.evidence(read(current, asked.period).value, f"{_evidence(current)}?{asked.address()}", current.words),
        "versions": [_version_row(version, one, current, last) for version, one in mine], "last": last,
        "with": request.GET.get("with", ""), "others": [{"key": other, "label": one.words} for other, one in others],
        "added": _added(current, dict(others).get(request.GET.get("with", "")), asked.period),
    }  # fmt: skip
    return render(request, "reports/counter.html", context)


def _version_row(version: Any, one: Figure, current: Figure, last: Period) -> dict[str, Any]:
    """A version with last year's number under it, and how it differs from the one in force."""
    more, fewer = difference(one, current, last) if one is not current else ([], [])
    return {
        "number": version.version, "since": version.since, "formula": one.formula_words, "reason": version.reason,
        "last": read(one, last).value, "more": len(more), "fewer": len(fewer), "current": one is current,
    }  # fmt: skip


def _added(one: Figure, other: Figure | None, period: Period) -> dict[str, Any] | None:
    """Two counters added: the sum, and the warning when they count the same records."""
    if other is None:
        return None
    both = len(shared(one, other, period))
    first, second = read(one, period).part, read(other, period).part
    return {
        "label": other.words,
        "first": first,
        "second": second,
        "sum": first + second,
        "both": both,
        "union": first + second - both,
    }
