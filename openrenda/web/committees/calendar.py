"""The joint calendar of a year: everything that the committees do on a day, and the units that are called upon twice in a week (J07 (2))."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from openrenda.activities.engagements import (
    INSPECTION,
    Engagement,
    as_seen_by,
    crowded,
    engagements,
    monday,
    of_committees,
)
from openrenda.activities.hall import SITTING
from openrenda.documents.calendars import calendar_text
from openrenda.people.guards import for_seats
from openrenda.people.models import Organ
from openrenda.procedures.counterparts import committees
from openrenda.procedures.offices import ORGAN_SEATS

from .. import cells
from ..access import Request
from ..addresses import matter_url
from ..hall.year import CALENDAR, event, year_asked, years_shown
from ..labels import label_of

READERS = ("deputy_office", "leader", "audit_admin")
View = Callable[..., HttpResponse]


def for_committees(view: View) -> View:
    """For those who keep the committees' work together, and for the staff of the committees themselves."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.seat in ORGAN_SEATS and not committees().filter(pk__in=sorted(request.actor.holders)).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return for_seats(*READERS, *ORGAN_SEATS)(guarded)  # type: ignore[arg-type]


def seen(request: Request, year: int) -> list[Engagement]:
    """The year as this reader may know it: what she may not open she sees without a way to it."""
    return as_seen_by(request.actor, engagements(date(year, 1, 1), date(year, 12, 31)))


def asked(request: Request, rows: Collection[Organ]) -> Organ | None:
    """The committee of the address, if there is one."""
    return next((row for row in rows if str(row.pk) == request.GET.get("committee", "")), None)


@for_committees
@require_safe
def calendar(request: Request) -> HttpResponse:
    """The year, of all committees or of one: what comes first, then what is over. Fourteen queries beside those of the frame."""
    chosen, rows = year_asked(request), list(committees())
    found, one = seen(request, chosen), asked(request, rows)
    together = crowded(found)
    shown = of_committees(found, one.pk) if one else [row for row in found if _concerns(row, together)]
    coming = [row for row in shown if row.week >= monday(timezone.localdate())]
    context = {
        "year": chosen, "years": years_shown(chosen), "committee": one, "committees": _choices(rows, one),
        "coming": _table("coming", _("本周和以后"), coming, together),
        "past": _table("past", _("已经过去的"), shown[: len(shown) - len(coming)][::-1], together),
        "warnings": _warnings(together), "feed": _address("committees:feed", chosen, one), "load_url": _address("committees:load", chosen),
    }  # fmt: skip
    return render(request, "committees/calendar.html", context)


def _concerns(one: Engagement, together: dict[Any, list[Engagement]]) -> bool:
    """Whether all committees should know: a committee does it, it is a sitting or an inspection, or it meets a committee's at a unit."""
    if one.committees or one.matter.procedure in (SITTING, INSPECTION):
        return True
    return any(other.committees for unit in one.units for other in together.get((one.week, unit.pk), ()))


def _address(name: str, year: int, one: Organ | None = None) -> str:
    return f"{reverse(name)}?year={year}" + (f"&committee={one.pk}" if one else "")


def _choices(rows: Collection[Organ], one: Organ | None) -> list[dict[str, Any]]:
    every = {"value": "", "label": _("全部"), "selected": one is None}
    return [every, *({"value": str(row.pk), "label": row.name, "selected": row == one} for row in rows)]


def _warnings(together: dict[Any, list[Engagement]]) -> list[dict[str, Any]]:
    """The units called upon twice in a week, from this week on."""
    this_week = monday(timezone.localdate())
    coming = sorted((week, rows[0].day, unit) for (week, unit), rows in together.items() if week >= this_week)
    return [
        {"week": week, "unit": _named(together[week, unit], unit), "rows": together[week, unit]}
        for week, _day, unit in coming
    ]


def _named(rows: list[Engagement], unit: Any) -> str:
    return next(organ.name for one in rows for organ in one.units if organ.pk == unit)


def _table(key: str, caption: str, found: list[Engagement], together: dict[Any, list[Engagement]]) -> dict[str, Any]:
    return {
        "key": f"joint-{key}", "caption": caption,
        "columns": [
            {"key": "day", "label": _("日期")}, {"key": "title", "label": _("活动"), "wide": True}, {"key": "kind", "label": _("种类")},
            {"key": "committees", "label": _("专工委")}, {"key": "units", "label": _("涉及单位")}, {"key": "notes", "label": _("同一周")},
        ],
        "rows": [_row(one, together) for one in found],
    }  # fmt: skip


def _row(one: Engagement, together: dict[Any, list[Engagement]]) -> dict[str, Any]:
    url, comma = matter_url(one.matter.pk) if one.open else "", _("、")
    twice = [unit for unit in one.units if (one.week, unit.pk) in together]
    return {
        "key": str(one.key), "url": url, "label": one.title,
        "cells": [
            cells.lines((cells.day(one.day), one.starts_at)), cells.link(one.title, url) if url else one.title, label_of(one.matter.table),
            comma.join(organ.name for organ in one.committees), comma.join(organ.name for organ in one.units),
            cells.lines(_others(one, unit, together) for unit in twice),
        ],
    }  # fmt: skip


def _others(one: Engagement, unit: Organ, together: dict[Any, list[Engagement]]) -> str:
    count = len(together[one.week, unit.pk]) - 1
    words = ngettext("%(unit)s另有 %(count)d 次", "%(unit)s另有 %(count)d 次", count)
    return words % {"unit": unit.name, "count": count}


@for_committees
@require_safe
def feed(request: Request) -> HttpResponse:
    """The same as a file for any calendar; it is fetched by hand, because its days are not made public."""
    chosen, one = year_asked(request), asked(request, list(committees()))
    found = seen(request, chosen)
    shown = of_committees(found, one.pk) if one else found
    name = _("%(year)s年专工委联合日程") % {"year": chosen}
    page = settings.OPENRENDA_ADDRESS.rstrip("/")
    events = [
        event(one.key, one.day, one.starts_at, one.title, one.place, page + matter_url(one.matter.pk), _words(one))
        for one in shown
    ]
    made = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    disposition = content_disposition_header(True, f"{name}.ics") or "attachment"
    return HttpResponse(
        calendar_text(name, events, made_at=made), content_type=CALENDAR, headers={"Content-Disposition": disposition}
    )


def _words(one: Engagement) -> str:
    return "\n".join(_("、").join(organ.name for organ in organs) for organs in (one.committees, one.units) if organs)
