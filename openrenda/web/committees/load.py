"""How much each committee has in hand in a year, and the list behind every number: what it led, what it assisted and what it did there (J07 (3), (4)).

Committees stand in the order of the register; nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.activities.engagements import TASK, Engagement
from openrenda.activities.joint import CommitteePart, CommitteeWork
from openrenda.docket.models import Matter
from openrenda.people.models import Organ
from openrenda.procedures.counterparts import COMMITTEE_KIND

from .. import cells
from ..access import Request
from ..hall.year import year_asked, years_shown
from .calendar import for_committees, seen


@dataclass
class Year:
    """One committee's year."""

    organ: Organ
    led: list[CommitteePart] = field(default_factory=list)
    assisted: list[CommitteePart] = field(default_factory=list)
    led_work: list[CommitteeWork] = field(default_factory=list)
    assist_work: list[CommitteeWork] = field(default_factory=list)
    days: list[Engagement] = field(default_factory=list)

    @property
    def busy(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.led or self.assisted or self.led_work or self.assist_work or self.days)


def years_of(request: Request, year: int, organs: Iterable[Organ]) -> list[Year]:
    """The years of these committees, in their order. Fifteen queries however many they are."""
    found = {organ.pk: Year(organ) for organ in organs}
    tasks = Matter.objects.filter(procedure=TASK, confidential=False)
    for part in _parts(tasks, year, found):
        rows = found[part.committee_id].led if part.leads else found[part.committee_id].assisted
        if part.matter_id not in {row.matter_id for row in rows}:
            rows.append(part)
    work = CommitteeWork.objects.filter(matter__in=tasks, committee__in=found, done_on__year=year)
    for row in work.select_related("matter").order_by("done_on", "id"):
        mine = found[row.committee_id]
        (mine.led_work if row.leads else mine.assist_work).append(row)
    for one in seen(request, year):
        for organ in one.committees:
            if organ.pk in found:
                found[organ.pk].days.append(one)
    return list(found.values())


def _parts(tasks: Any, year: int, committees: Iterable[UUID]) -> Iterable[CommitteePart]:
    """The parts that ran in the year, in tasks that were not dropped; the newest word of each comes first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = CommitteePart.objects.filter(
        Q(until=None) | Q(until__gte=first), Q(matter__closed_on=None) | Q(matter__closed_on__gte=first), since__lte=last,
        committee__in=list(committees), matter__in=tasks.exclude(state="dropped"),
    )  # fmt: skip
    return rows.select_related("matter").order_by("matter__opened_on", "matter_id", "-since", "-id")


def _organs(year: int) -> Iterable[Organ]:
    """The committees that there were in the year."""
    rows = Organ.objects.filter(kind=COMMITTEE_KIND, since__lte=date(year, 12, 31))
    return rows.filter(Q(until=None) | Q(until__gte=date(year, 1, 1)))  # type: ignore[no-any-return]


@for_committees
@require_safe
def load(request: Request) -> HttpResponse:
    """A row a committee; each number opens its list."""
    chosen = year_asked(request)
    found = years_of(request, chosen, _organs(chosen))
    context = {
        "year": chosen, "years": years_shown(chosen), "table": _table(chosen, found),
        "calendar_url": f"{reverse('committees:calendar')}?year={chosen}",
    }  # fmt: skip
    return render(request, "committees/load.html", context)


def _table(year: int, found: list[Year]) -> dict[str, Any]:
    counts = (
        ("led", _("牵头任务")), ("assisted", _("协助任务")), ("led_work", _("牵头工作")), ("assist_work", _("协助工作")), ("days", _("日程")),
    )  # fmt: skip
    return {
        "key": "committee-load", "caption": _("%(year)s年各专工委的工作") % {"year": year}, "caption_hidden": True,
        "columns": [
            {"key": "committee", "label": _("专工委"), "wide": True}, *({"key": key, "label": label, "numeric": True} for key, label in counts),
        ],
        "rows": [_row(year, one, [key for key, _label in counts]) for one in found],
        "empty": {"title": _("还没有登记专门委员会、工作委员会。"), "text": "", "action": None},
    }  # fmt: skip


def _row(year: int, one: Year, keys: list[str]) -> dict[str, Any]:
    url = f"{reverse('committees:committee', args=[one.organ.pk])}?year={year}"
    numbers = [cells.evidence(len(getattr(one, key)), f"{url}#{key}", one.organ.name) for key in keys]
    return {
        "key": str(one.organ.pk),
        "url": url,
        "label": one.organ.name,
        "cells": [cells.link(one.organ.name, url), *numbers],
    }


@for_committees
@require_safe
def committee(request: Request, organ_id: UUID) -> HttpResponse:
    """One committee's year: every list behind the numbers."""
    organ = Organ.objects.filter(pk=organ_id, kind=COMMITTEE_KIND).first()
    if organ is None:
        raise Http404
    chosen = year_asked(request)
    one = years_of(request, chosen, [organ])[0]
    rows = {row.matter_id for listed in (one.led, one.assisted, one.led_work, one.assist_work) for row in listed}
    context = {
        "year": chosen, "years": years_shown(chosen), "one": one,
        "opened": set(docket.visible(request.actor, TASK).filter(pk__in=rows).values_list("pk", flat=True)),
        "load_url": f"{reverse('committees:load')}?year={chosen}",
    }  # fmt: skip
    return render(request, "committees/committee.html", context)
