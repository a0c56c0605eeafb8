"""The year of gatherings: one talk a half month with missed halves marked (A11), and the activity day of every street and month (A03)."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.activities.activity_day.records import ActivityDay, StreetDay
from openrenda.activities.gathering import PROCEDURE
from openrenda.activities.kinds import TALK
from openrenda.activities.record import Activity
from openrenda.docket import registry

from .. import cells, navigation
from ..access import Request, seated
from ..addresses import matter_url
from ..labels import label_of

MONTHS = range(1, 13)
YEARS_BACK, MIDDLE = 3, 15
TAKEN_PLACE = ("held", "closed")


@seated
@require_safe
def year(request: Request) -> HttpResponse:
    """Both tables of a year; four queries."""
    if not navigation.looks_into(request.actor.seat, registry.procedure(PROCEDURE.key)):
        raise Http404
    asked, today = request.GET.get("year", ""), timezone.localdate()
    near = asked.isascii() and asked.isdigit() and abs(int(asked[:5]) - today.year) <= YEARS_BACK
    chosen = int(asked) if near else today.year
    began = first_talk(request)
    halves = halves_of(talks(request, chosen), chosen, today, began)
    months = months_of(chosen)
    days = list(StreetDay.objects.filter(matter__in=list(months)).order_by("id"))
    context = {
        "year": chosen,
        "years": [
            {"label": str(number), "url": f"?year={number}", "current": number == chosen, "count": None}
            for number in range(today.year - YEARS_BACK, today.year + 2)
        ],
        "talks": _talks_table(chosen, halves) if began and began.year <= chosen else None,
        "missed": sum(half["missed"] for half in halves),
        "held": sum(len(half["held"]) for half in halves),
        "streets": _streets_table(chosen, days, months),
        "street_days": len(days),
        "held_days": sum(row.held_on is not None for row in days),
        "list_url": reverse("web:list", args=[PROCEDURE.key]),
    }
    return render(request, "web/gatherings.html", context)


def _talks(request: Request) -> Any:
    seen = docket.visible(request.actor, PROCEDURE.key).exclude(state__in=("cancelled", "merged"))
    return Activity.objects.filter(matter__in=seen, kind=TALK)


def talks(request: Request, year: int) -> list[Activity]:
    """The year's talks that are planned or held, in order."""
    return list(_talks(request).filter(held_on__year=year).select_related("matter").order_by("held_on", "id"))


def first_talk(request: Request) -> date | None:
    """The day of the first talk there was: who never began to hold them has missed none."""
    return _talks(request).order_by("held_on").values_list("held_on", flat=True).first()  # type: ignore[no-any-return]


def halves_of(rows: list[Activity], year: int, today: date, began: date | None) -> list[dict[str, Any]]:
    """The twenty-four halves of a year, each with its talks; one that is over without a talk held is missed, if there were talks by then."""
    found = []
    for month in MONTHS:
        for first, last in ((1, MIDDLE), (MIDDLE + 1, monthrange(year, month)[1])):
            since, until = date(year, month, first), date(year, month, last)
            own = [row for row in rows if since <= row.held_on <= until]
            held = [row for row in own if row.matter.state in TAKEN_PLACE]
            found.append(
                {
                    "since": since,
                    "rows": own,
                    "held": held,
                    "missed": began is not None and began <= until < today and not held,
                }
            )
    return found


def _half_words(since: date) -> str:
    words = {"month": since.month}
    return (_("%(month)s月上半月") if since.day == 1 else _("%(month)s月下半月")) % words


def _talks_table(year: int, halves: list[dict[str, Any]]) -> dict[str, Any]:
    rows = []
    for half in halves:
        if not half["rows"]:
            state = _("漏开") if half["missed"] else ""
            rows.append({"key": str(half["since"]), "cells": [_half_words(half["since"]), "", state]})
        for row in half["rows"]:
            name = cells.link(f"{cells.day_words(row.held_on)}，{row.place}", matter_url(row.matter_id))
            state = _("漏开") if half["missed"] else label_of(row.matter.state_now)
            rows.append({"key": str(row.matter_id), "cells": [_half_words(half["since"]), name, state]})
    return {
        "key": "talks",
        "caption": _("%(year)s年代表半月谈") % {"year": year},
        "columns": [{"key": "half", "label": _("半月")}, {"key": "talk", "label": _("半月谈"), "wide": True},
                    {"key": "state", "label": _("状态")}],
        "rows": rows,
    }  # fmt: skip


def months_of(year: int) -> dict[Any, int]:
    """Which month each activity day of the year is for."""
    rows = ActivityDay.objects.filter(month__year=year).values_list("matter", "month")
    return {matter: month.month for matter, month in rows}


def _streets_table(year: int, days: list[StreetDay], months: dict[Any, int]) -> dict[str, Any]:
    found: dict[str, dict[int, StreetDay]] = defaultdict(dict)
    for row in days:
        found[row.street_name][months[row.matter_id]] = row
    rows = [{"key": name, "cells": [name, *(_cell(own.get(month)) for month in MONTHS)]} for name, own in found.items()]
    return {
        "key": "street-days",
        "caption": _("%(year)s年各街道统一活动日") % {"year": year},
        "columns": [{"key": "street", "label": _("街道、乡镇")},
                    *({"key": str(month), "label": _("%(month)s月") % {"month": month}} for month in MONTHS)],
        "rows": rows,
    }  # fmt: skip


def _cell(row: StreetDay | None) -> Any:
    if row is None:
        return ""
    words = _("已开展") if row.held_on else _("没有开展") if row.missed else _("未到")
    return cells.link(words, matter_url(row.matter_id))
