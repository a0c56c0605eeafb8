"""The year of reception days: twelve months, who receives, how many suggestions were looked at, which months want a leader (B07, C01)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.activities.reception_day import ANSWERED, HANDED, LOOKED_AT, PROCEDURE
from openrenda.activities.record import Activity, Item
from openrenda.docket import registry
from openrenda.docket.situation import book_of

from .. import cells, navigation
from ..access import Request, seated
from ..addresses import matter_url
from ..labels import label_of

MONTHS = range(1, 13)
CANCELLED = "cancelled"
YEARS_BACK = 3


@seated
@require_safe
def year(request: Request) -> HttpResponse:
    """All months of a year; two queries."""
    if not navigation.looks_into(request.actor.seat, registry.procedure(PROCEDURE.key)):
        raise Http404
    asked, this_year = request.GET.get("year", ""), timezone.localdate().year
    chosen = (
        int(asked)
        if asked.isascii() and asked.isdigit() and abs(int(asked[:5]) - this_year) <= YEARS_BACK
        else this_year
    )
    days = days_of(request, chosen)
    counted = items_of([row.matter_id for row in days])
    least, most = (int(number) for number in book_of(request.actor.congress).option("option.on_site_items"))  # type: ignore[union-attr]
    used = sum(_on_site(counts) for counts in counted.values())
    context = {
        "year": chosen,
        "years": [
            {"label": str(number), "url": f"?year={number}", "current": number == chosen, "count": None}
            for number in range(this_year - YEARS_BACK, this_year + 2)
        ],
        "table": _table(chosen, days, counted),
        "slots": {"used": used, "least": least * len(MONTHS), "most": most * len(MONTHS)},
        "unled": unled(days),
        "list_url": reverse("web:list", args=[PROCEDURE.key]),
    }
    return render(request, "web/reception_days.html", context)


def days_of(request: Request, year: int) -> list[Activity]:
    """The reception days of the year, cancelled ones too, in order."""
    seen = docket.visible(request.actor, PROCEDURE.key)
    rows = Activity.objects.filter(matter__in=seen, held_on__year=year).select_related("matter")
    return list(rows.order_by("held_on", "id"))


def items_of(days: list[Any]) -> dict[Any, Counter[str]]:
    """How many items of each kind and outcome each day has."""
    found: dict[Any, Counter[str]] = defaultdict(Counter)
    rows = (
        Item.objects.filter(matter__in=days).order_by().values_list("matter", "kind", "outcome").annotate(Count("pk"))
    )
    for matter, kind, outcome, count in rows:
        found[matter][kind] += count
        found[matter][outcome] += count
    return found


def _on_site(counts: Counter[str]) -> int:
    """Suggestions and overdue promises that were looked at on site."""
    return sum(counts[kind] for kind in LOOKED_AT)


def unled(days: list[Activity]) -> list[int]:
    """The months in which nobody receives."""
    led = {row.held_on.month for row in days if row.leader_id and row.matter.state != CANCELLED}
    return [month for month in MONTHS if month not in led]


def _table(year: int, days: list[Activity], counted: dict[Any, Counter[str]]) -> dict[str, Any]:
    months: dict[int, list[Activity | None]] = defaultdict(list)
    for row in days:
        months[row.held_on.month].append(row)
    rows = [_row(year, month, row, counted) for month in MONTHS for row in months[month] or [None]]
    return {
        "key": "reception-days",
        "caption": _("%(year)s年主任接待日") % {"year": year},
        "columns": [
            {"key": "month", "label": _("月份")},
            {"key": "day", "label": _("接待日"), "wide": True},
            {"key": "leader", "label": _("接待领导")},
            {"key": "state", "label": _("状态")},
            {"key": "on_site", "label": _("现场督办"), "numeric": True},
            {"key": "opinions", "label": _("代表意见")},
        ],
        "rows": rows,
    }


def _row(year: int, month: int, row: Activity | None, counted: dict[Any, Counter[str]]) -> dict[str, Any]:
    name = _("%(month)s月") % {"month": month}
    if row is None:
        return {"key": f"{year}-{month}", "cells": [name, _("没有安排"), _("未确定"), "", "", ""]}
    counts = counted[row.matter_id]
    words = {"answered": counts[ANSWERED], "handed": counts[HANDED], "all": counts[ANSWERED] + counts[HANDED]}
    return {
        "key": str(row.matter_id),
        "url": matter_url(row.matter_id),
        "label": row.matter.title,
        "cells": [
            name,
            cells.link(
                cells.day_words(row.held_on) + (f"，{row.place}" if row.place else ""), matter_url(row.matter_id)
            ),
            row.leader_name or _("未确定"),
            label_of(row.matter.state_now),
            str(_on_site(counts) or ""),
            _("%(all)s 件（当场答复 %(answered)s，交办 %(handed)s）") % words if words["all"] else "",
        ],
    }
