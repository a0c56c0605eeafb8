"""The deputy's duty file 履职档案 (代表法第五十八条): one volume a year, made of the acts themselves. Nobody types anything in.

Everything the deputy did, and everything that was done at her matters by her side, is listed by day; there are no points and no rank.
What her own seat alone may look into (a secret rating) stands in her own copy only.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.activities.record import PRESENT, Participant
from openrenda.docket.models import Act, Matter, Party
from openrenda.figures.asof import moment
from openrenda.people.guards import for_seats
from openrenda.people.models import GroupMembership, Mandate, Seat
from openrenda.procedures.supervision.records import TookPart

from . import cells
from .access import Request
from .duties import contacts
from .labels import label_of
from .navigation import looks_into

MOST_ENTRIES = 2000
STAFF = ("deputy_office", "leader")


@for_seats("deputy")
@require_safe
def mine(request: Request) -> HttpResponse:
    """The deputy's own file."""
    return _volume(request, _mandate(next(iter(request.actor.holders))), reverse("duty"))


@for_seats(*STAFF)
@require_safe
def theirs(request: Request, mandate_id: UUID) -> HttpResponse:
    """A deputy's file, for the deputies' office and leaders."""
    return _volume(request, _mandate(mandate_id), reverse("duty-of", args=[mandate_id]))


def _mandate(mandate_id: UUID) -> Mandate:
    found = Mandate.objects.select_related("person", "term", "district", "delegation").filter(pk=mandate_id).first()
    if found is None:
        raise Http404
    return found


def _volume(request: Request, mandate: Mandate, address: str) -> HttpResponse:
    asked, this_year = request.GET.get("year", ""), timezone.localdate().year
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    year = year if mandate.since.year <= year <= this_year else this_year
    entries = [made for made in acts_of(mandate, year) if looks_into(request.actor.seat, made.matter.table)]
    present = presence_of(mandate, year)
    kinds = Counter(label_of(made.matter.table.step(made.step)) for made in entries)
    kinds.update(what for _day, what, _matter in present)
    context = {
        "mandate": mandate,
        "year": year,
        "years": _years(mandate, year, address),
        "groups": GroupMembership.objects.on(date(year, 12, 31)).filter(mandate=mandate).select_related("group"),
        "table": _table(entries, present),
        "counts": sorted(kinds.items()),
        "cut": len(entries) == MOST_ENTRIES,
        "standings": standings(mandate, year),
    }
    return render(request, "web/duty.html", context)


def standings(mandate: Mandate, year: int) -> list[contacts.Standing]:
    """How she stands in each period of the year that has begun: contacts with the people required, done, missing (A23)."""
    today = timezone.localdate()
    begun = [span for span in contacts.spans(year) if span.since <= today and mandate.holds(min(span.until, today))]
    return [contacts.standing(mandate, span) for span in begun]


def acts_of(mandate: Mandate, year: int) -> list[Act]:
    """What the deputy did in a year, oldest first: under her own accounts, or entered for her by staff with proof."""
    accounts = Seat.objects.filter(key="deputy", holder=mandate.pk).values_list("account_id", flat=True)
    hers = Party.objects.filter(holder=mandate.pk).values("matter_id")
    by_herself = Q(seat="deputy", account__in=list(accounts), agent_for="")
    entered_for_her = Q(seat="deputy", agent_for=mandate.person.name, matter__in=hers)
    since, until = moment(date(year, 1, 1), before=True), moment(date(year, 12, 31))
    found = Act.objects.filter(by_herself | entered_for_her, took_effect__gte=since, took_effect__lt=until)
    return list(found.select_related("matter").order_by("took_effect", "seq")[:MOST_ENTRIES])


def presence_of(mandate: Mandate, year: int) -> list[tuple[date, str, Matter]]:
    """Where the deputy was present by the record of others: follow-ups of supervision (B06), reception days, gatherings."""
    within = {"held_on__gte": date(year, 1, 1), "held_on__lte": date(year, 12, 31)}
    took_part = TookPart.objects.filter(mandate=mandate, **within).select_related("matter")
    # A gathering entered twice is one.
    came = Participant.objects.filter(~Q(matter__state="merged"), holder=mandate.pk, attendance=PRESENT, **within)
    came = came.select_related("matter")
    found = [(row.held_on, _("参加督办"), row.matter) for row in took_part[:MOST_ENTRIES]]
    found += [
        (row.held_on, _("参加%(what)s") % {"what": label_of(row.matter.table)}, row.matter)
        for row in came[:MOST_ENTRIES]
    ]
    return sorted(found, key=lambda row: row[0])


def _years(mandate: Mandate, chosen: int, address: str) -> list[dict[str, Any]]:
    last = min(timezone.localdate(), mandate.until or timezone.localdate()).year
    return [
        {"label": str(year), "url": f"{address}?year={year}", "current": year == chosen, "count": None}
        for year in range(mandate.since.year, last + 1)
    ]


def _table(entries: list[Act], present: list[tuple[date, str, Matter]]) -> dict[str, Any]:
    rows = [(timezone.localdate(made.took_effect), _acted(made)) for made in entries]
    rows += [(row[0], _was_present(*row)) for row in present]
    return {
        "key": "duty",
        "caption": _("履职记录"),
        "columns": [
            {"key": "day", "label": _("日期")},
            {"key": "step", "label": _("履职事项")},
            {"key": "matter", "label": _("所涉事项"), "wide": True},
            {"key": "agent", "label": _("录入")},
        ],
        "rows": [row for _day, row in sorted(rows, key=lambda pair: pair[0])],
        "empty": {
            "title": _("这一年还没有履职记录"),
            "text": _("提出建议、联名、确认联系、作出评价后，这里会自动生成，不需要填报。"),
        },
    }


def _acted(made: Act) -> dict[str, Any]:
    agent = _("由%(name)s代为录入") % {"name": made.actor_name} if made.agent_for else ""
    return _row(
        str(made.pk),
        timezone.localdate(made.took_effect),
        label_of(made.matter.table.step(made.step)),
        made.matter,
        agent,
    )


def _was_present(day: date, what: str, matter: Matter) -> dict[str, Any]:
    return _row(f"{matter.pk}-{day}", day, what, matter, "")


def _row(key: str, day: date, what: str, matter: Matter, agent: str) -> dict[str, Any]:
    title = cells.link(str(matter), reverse("web:matter", args=[matter.pk]))
    return {"key": key, "cells": [cells.day(day), what, title, agent]}


urlpatterns = [
    path("duty/", mine, name="duty"),
    path("deputies/<uuid:mandate_id>/duty/", theirs, name="duty-of"),
]
