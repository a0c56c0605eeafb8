"""The year of sittings: the calendar, who attended, who took part in the committee's work, and the calendar that telephones subscribe to (J04 (3), J05, J06)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, time
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.activities.bodies import BODIES, CONGRESS, in_office
from openrenda.activities.hall import MEMBER, SITTING, SITTING_IN, Attendance, Sitting
from openrenda.activities.party_group_meeting.records import PartyGroupMeeting
from openrenda.activities.record import BOOKED, PRESENT, Activity, Participant
from openrenda.activities.sharing import DEPUTY
from openrenda.docket import registry
from openrenda.documents.calendars import Event, calendar_text
from openrenda.languages import chinese
from openrenda.people.models import Congress, Mandate
from openrenda.people.models.group import STANDING_COMMITTEE

from .. import cells, navigation
from ..access import Request, acting, seated
from ..addresses import matter_url
from ..labels import label_of
from ..portal import access

PARTY = "party-group-meeting"
Meeting = Activity | PartyGroupMeeting
YEARS_BACK = 3
CALENDAR = "text/calendar; charset=utf-8"
WATCHES = ("deputy_office", "leader", "audit_admin")
CALLED_OFF = ("not_chosen", "cancelled", "wished")
MID_YEAR = 7
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
DAY_BEGINS, DAY_ENDS = time(9, 0), time(17, 0)


def year_asked(request: Request) -> int:
    """The year of the address, or this one."""
    asked, today = request.GET.get("year", ""), timezone.localdate()
    near = asked.isascii() and asked.isdigit() and abs(int(asked[:5]) - today.year) <= YEARS_BACK
    return int(asked) if near else today.year


def years_shown(chosen: int) -> list[dict[str, Any]]:
    """The years one may turn to."""
    this_year = timezone.localdate().year
    return [
        {"label": str(number), "url": f"?year={number}", "current": number == chosen, "count": None}
        for number in range(this_year - YEARS_BACK, this_year + 2)
    ]


@seated
@require_safe
def calendar(request: Request) -> HttpResponse:
    """All meetings of a year that the reader may see, in their order; three queries, and one more for whoever may sit in the party group."""
    whole, chosen = _looks_into(request, SITTING), year_asked(request)
    if not whole and not _looks_into(request, PARTY):
        raise Http404
    days, inside = _sittings(request, chosen), _of_the_party_group(request, chosen)
    bodies = {row.matter_id: row for row in Sitting.objects.filter(matter__in=[row.matter_id for row in days])}
    held = Counter(
        bodies[row.matter_id].body
        for row in days
        if row.matter.state not in ("planned", "called", "cancelled", "arriving")
    )
    context = {
        "year": chosen, "years": years_shown(chosen), "table": _calendar_table(chosen, days, bodies, inside), "whole": whole, "mine": f"{reverse('hall:mine')}?year={chosen}",
        "held": [(body.words, held[key]) for key, body in BODIES.items() if held[key]],
        "watches": request.actor.seat in WATCHES,
        "joint": request.actor.seat in navigation.HALL_SEATS,
        "feed": reverse("hall:feed", args=[request.congress.division_code]),
        "list_url": reverse("web:list", args=[SITTING if whole else PARTY]),
    }  # fmt: skip
    return render(request, "hall/calendar.html", context)


def _looks_into(request: Request, procedure: str) -> bool:
    return navigation.looks_into(request.actor.seat, registry.procedure(procedure))


def _sittings(request: Request, year: int) -> list[Activity]:
    """The sittings of a year that the reader may see."""
    if not _looks_into(request, SITTING):
        return []
    rows = Activity.objects.filter(matter__in=docket.visible(acting(request), SITTING), held_on__year=year)
    return list(rows.select_related("matter").order_by("held_on", "id"))


def _of_the_party_group(request: Request, year: int) -> list[PartyGroupMeeting]:
    """The meetings of the party group that the reader may see: her own group's."""
    if not _looks_into(request, PARTY):
        return []
    rows = PartyGroupMeeting.objects.filter(matter__in=docket.visible(acting(request), PARTY), held_on__year=year)
    return list(rows.select_related("matter").order_by("held_on", "id"))


def _day_cell(row: Meeting) -> SafeString:
    """Its day, or the first and the last of a sitting that lasts several."""
    if isinstance(row, Activity) and row.ends_on:
        return cells.one_line(row.days)
    return cells.day(row.held_on)


def _calendar_table(
    year: int, days: list[Activity], bodies: dict[Any, Sitting], inside: list[PartyGroupMeeting]
) -> dict[str, Any]:
    own = label_of(registry.procedure(PARTY))
    listed: list[tuple[Meeting, str, str, str]] = [
        (row, reverse("hall:sitting", args=[row.matter_id]), bodies[row.matter_id].kind.words, row.leader_name)
        for row in days
    ]
    listed += [(row, matter_url(row.matter_id), own, row.chair_name) for row in inside]
    rows = [
        {
            "key": str(row.matter_id), "url": url, "label": row.matter.title,
            "cells": [
                _day_cell(row), row.starts_at, cells.link(row.matter.number or row.matter.title, url), body, row.place, chair,
                label_of(row.matter.state_now),
            ],
        }
        for row, url, body, chair in sorted(listed, key=lambda one: (one[0].held_on, one[0].pk))
    ]  # fmt: skip
    return {
        "key": "sittings", "caption": _("%(year)s年会议") % {"year": year}, "rows": rows,
        "columns": [
            {"key": "day", "label": _("日期")}, {"key": "time", "label": _("时间")}, {"key": "sitting", "label": _("会议"), "wide": True},
            {"key": "body", "label": _("会议种类")}, {"key": "place", "label": _("地点")}, {"key": "chair", "label": _("主持人")},
            {"key": "state", "label": _("状态")},
        ],
        "empty": {"title": _("这一年还没有安排会议。"), "text": "", "action": None},
    }  # fmt: skip


@seated
@require_safe
def attendance(request: Request) -> HttpResponse:
    """Each member's year: how often she was expected, there, away on leave, absent (J04 (3)). Her own for a member; all for those who keep it."""
    actor, chosen = acting(request), year_asked(request)
    body = request.GET.get("body", STANDING_COMMITTEE)
    if body not in BODIES:
        raise Http404
    rows = Attendance.objects.filter(
        held_on__year=chosen, kind=MEMBER, sitting__sitting__body=body, mandate__isnull=False
    )
    if actor.seat not in WATCHES:
        rows = rows.filter(mandate__in=sorted(actor.holders))
    counted: dict[Any, Counter[str]] = defaultdict(Counter)
    names: dict[Any, str] = {}
    for mandate, name, state, missed in rows.order_by("mandate__person__stroke_key", "id").values_list(
        "mandate", "name", "matter__state", "missed"
    ):
        names[mandate] = name
        counted[mandate][state] += 1
        counted[mandate]["partly"] += state == "attended" and missed > 0
        counted[mandate]["all"] += state not in CALLED_OFF
    context = {
        "year": chosen, "years": years_shown(chosen), "body": BODIES[body],
        "bodies": [{"label": one.words, "url": f"?year={chosen}&body={key}", "current": key == body, "count": None} for key, one in BODIES.items()],
        "table": _attendance_table(chosen, BODIES[body].words, names, counted),
        "absent": list(_absent(rows)) if actor.seat in WATCHES else [],
    }  # fmt: skip
    return render(request, "hall/attendance.html", context)


def _attendance_table(year: int, what: str, names: dict[Any, str], counted: dict[Any, Counter[str]]) -> dict[str, Any]:
    rows = [
        {
            "key": str(key), "label": name,
            "cells": [name, *(str(counted[key][state]) for state in ("all", "attended", "partly", "excused", "absent"))],
        }
        for key, name in names.items()
    ]  # fmt: skip
    return {
        "key": "attendance", "caption": _("%(year)s年%(what)s出席情况") % {"year": year, "what": what}, "rows": rows,
        "columns": [
            {"key": "name", "label": _("姓名"), "wide": True}, {"key": "all", "label": _("应到"), "numeric": True},
            {"key": "came", "label": _("出席"), "numeric": True}, {"key": "partly", "label": _("其中部分缺席"), "numeric": True}, {"key": "leave", "label": _("请假"), "numeric": True},
            {"key": "absent", "label": _("未请假缺席"), "numeric": True},
        ],
        "empty": {"title": _("这一年没有这类会议的参会记录。"), "text": "", "action": None},
    }  # fmt: skip


def _absent(rows: Any) -> Any:
    """Absences without leave, from a whole sitting or from some day of it (J04 (2))."""
    return rows.filter(missed__gt=0).select_related("matter", "sitting").order_by("held_on", "id")[:200]


@seated
@require_safe
def participation(request: Request) -> HttpResponse:
    """The plan for deputies' part in the committee's work: planned and real for each, and who had none by mid-year (J06)."""
    if acting(request).seat not in WATCHES:
        raise Http404
    chosen, today = year_asked(request), timezone.localdate()
    deputies = list(Mandate.objects.on(min(date(chosen, 12, 31), today) if chosen <= today.year else today)
                    .select_related("person").order_by("person__stroke_key", "id"))  # fmt: skip
    planned, real = parts_of(chosen)
    members = set(committee_members(today))
    others = [row for row in deputies if row.pk not in members]
    without = [row for row in others if not real[row.pk]]
    context = {
        "year": chosen, "years": years_shown(chosen), "without": without if (today.year, today.month) >= (chosen, MID_YEAR) else None,
        "table": _participation_table(chosen, others, planned, real), "mid_year": MID_YEAR,
    }  # fmt: skip
    return render(request, "hall/participation.html", context)


def committee_members(day: date) -> Any:
    """Members of the standing committee sit there anyway."""
    from openrenda.people.models import Group

    group = Group.objects.on(day).filter(kind=STANDING_COMMITTEE).first()
    return in_office(STANDING_COMMITTEE, group, day).values_list("pk", flat=True)


def parts_of(year: int) -> tuple[Counter[Any], Counter[Any]]:
    """How often each deputy was to take part and did: sittings she sat in, gatherings, inspections, reception days. Two queries."""
    planned: Counter[Any] = Counter()
    real: Counter[Any] = Counter()
    sat = Attendance.objects.filter(held_on__year=year, kind=SITTING_IN, mandate__isnull=False)
    for mandate, came in sat.exclude(matter__state__in=CALLED_OFF).values_list("mandate", "came"):
        planned[mandate] += 1
        real[mandate] += came
    rows = Participant.objects.filter(held_on__year=year, kind=DEPUTY).exclude(
        Q(attendance="") | Q(matter__state="merged")
    )
    for holder, attendance in rows.values_list("holder", "attendance"):
        planned[holder] += attendance in (BOOKED, PRESENT)
        real[holder] += attendance == PRESENT
    return planned, real


def _participation_table(year: int, deputies: list[Any], planned: Counter[Any], real: Counter[Any]) -> dict[str, Any]:
    return {
        "key": "participation", "caption": _("%(year)s年代表参与情况") % {"year": year},
        "columns": [
            {"key": "name", "label": _("代表"), "wide": True}, {"key": "planned", "label": _("安排"), "numeric": True},
            {"key": "real", "label": _("实际参加"), "numeric": True},
        ],
        "rows": [
            {"key": str(row.pk), "label": row.person.name, "cells": [row.person.name, str(planned[row.pk]), str(real[row.pk])]}
            for row in deputies
        ],
        "empty": {"title": _("还没有登记代表。"), "text": "", "action": None},
    }  # fmt: skip


@access.public
@access.of_congress
def feed(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The days of the congress and of the standing committee that were called, to subscribe to: their dates are made public anyway (地方组织法第十四条)."""
    seen = Sitting.objects.filter(body__in=(CONGRESS, STANDING_COMMITTEE)).exclude(
        matter__state__in=("planned", "cancelled")
    )
    since = timezone.localdate().replace(month=1, day=1)
    rows = Activity.objects.filter(matter__in=seen.values("matter"), held_on__gte=since).select_related("matter")
    with chinese():
        events = [_event(row) for row in rows.order_by("held_on", "id")]
        name = _("%(name)s会议") % {"name": congress.short_name}
    made = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return HttpResponse(calendar_text(name, events, made_at=made), content_type=CALENDAR)


@seated
@require_safe
def mine(request: Request) -> HttpResponse:
    """The meetings of a year that the reader may see as a file for any calendar; it is fetched by hand, because not all of its days are made public."""
    if not any(_looks_into(request, procedure) for procedure in (SITTING, PARTY)):
        raise Http404
    chosen = year_asked(request)
    name = _("%(year)s年会议") % {"year": chosen}
    rows: list[Meeting] = [*_sittings(request, chosen), *_of_the_party_group(request, chosen)]
    events = [
        _event(row) for row in sorted(rows, key=lambda row: (row.held_on, row.pk)) if row.matter.state != "cancelled"
    ]
    made = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    disposition = content_disposition_header(True, f"{name}.ics") or "attachment"
    return HttpResponse(
        calendar_text(name, events, made_at=made), content_type=CALENDAR, headers={"Content-Disposition": disposition}
    )


def _event(row: Meeting) -> Event:
    page = settings.OPENRENDA_ADDRESS.rstrip("/") + matter_url(row.matter_id)
    title, last = row.matter.number or row.matter.title, row.last_day if isinstance(row, Activity) else row.held_on
    days = (last - row.held_on).days + 1
    return event(row.matter_id, row.held_on, row.starts_at, title, row.place, page, days=days)


def event(
    key: Any, day: date, starts_at: str, title: str, place: str, url: str, words: str = "", days: int = 1
) -> Event:
    """Something on a day, or on each of several, as calendars take it; where no hour is written it lasts the working day."""
    found = CLOCK.search(starts_at)
    begins = time(int(found[1]) % 24, int(found[2]) % 60) if found else DAY_BEGINS
    return Event(
        key=f"{key}@openrenda", day=day, begins=begins, ends=max(DAY_ENDS, begins), title=title, place=place, words=words, url=url, days=days,
    )  # fmt: skip
