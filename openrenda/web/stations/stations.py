"""The list of stations, one station as the office sees it, and closing one (A06)."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.docket.refusals import Refusal
from openrenda.forms import Form
from openrenda.people import reception
from openrenda.people import stations as network
from openrenda.people.hand_over import open_matters
from openrenda.people.models import Code, Grid, Organ, Station
from openrenda.people.models.station import KIND_LABELS, ROLE_LABELS, SITE_LABELS
from openrenda.people.offices import STATION_KEEPERS
from openrenda.people.refusals import Refused
from openrenda.people.views.administration import station_tabs

from .. import cells, choosing
from ..access import Request
from .guard import for_keepers, for_readers

ROWS = 100
UNPROCESSABLE = 422


@for_readers
@require_safe
def listed(request: Request) -> HttpResponse:
    """Stations by number, by any of their marks; a page at a time."""
    chosen = {
        name: request.GET.get(name, "")[:40].replace("\x00", "")
        for name in ("q", "kind", "site", "street", "opened", "shown")
    }
    rows = _narrowed(Station.objects.select_related("street", "community"), chosen)
    if after := request.GET.get("after", "").replace("\x00", ""):
        rows = rows.filter(number__gt=after)
    found = list(rows.order_by("number")[: ROWS + 1])
    following = (
        {**{name: value for name, value in chosen.items() if value}, "after": found[ROWS - 1].number}
        if len(found) > ROWS
        else {}
    )
    context = {
        "table": _table(found[:ROWS]),
        "filters": _filters(chosen),
        "pager": {"next_url": f"?{urlencode(following)}" if following else "", "previous_url": ""},
        "tabs": station_tabs(request),
    }
    return render(request, "stations/list.html", context)


def _narrowed(rows: QuerySet[Any], chosen: dict[str, str]) -> QuerySet[Any]:
    opened = choosing.year_of(chosen["opened"])
    if opened:
        rows = rows.filter(since__year=opened)
    if chosen["shown"] == "closed":
        rows = rows.filter(until__lt=timezone.localdate())
    elif chosen["shown"] == "open":
        rows = rows.filter(pk__in=Station.objects.on().values("pk"))
    for name in ("kind", "site"):
        if chosen[name]:
            rows = rows.filter(**{name: chosen[name]})
    if street := choosing.row_of(chosen["street"]):
        rows = rows.filter(street=street)
    if words := chosen["q"].strip():
        rows = rows.filter(Q(name__contains=words) | Q(number__icontains=words) | Q(address__contains=words))
    return rows


def _filters(chosen: dict[str, str]) -> dict[str, Any]:
    streets = Organ.objects.on().filter(kind__in=("street", "town")).values_list("pk", "name")
    fields = (
        ("street", _("街道、乡镇"), [(str(key), name) for key, name in streets]),
        ("kind", _("类别"), list(KIND_LABELS.items())),
        ("site", _("联络点类型"), list(SITE_LABELS.items())),
        ("shown", _("状态"), [("open", _("开放中")), ("closed", _("已关闭"))]),
    )
    return {
        "action": reverse("stations:list"),
        "search": {"name": "q", "value": chosen["q"], "label": _("编号、名称或者地址")},
        "fields": [choosing.select(name, label, options, chosen[name]) for name, label, options in fields],
    }


def _table(rows: list[Station]) -> dict[str, Any]:
    columns = [
        {"key": "number", "label": _("编号")}, {"key": "name", "label": _("名称"), "wide": True}, {"key": "kind", "label": _("类别")},
        {"key": "street", "label": _("街道、乡镇")}, {"key": "community", "label": _("社区、村")},
        {"key": "since", "label": _("启用日期")}, {"key": "until", "label": _("关闭日期")},
    ]  # fmt: skip
    return {
        "key": "stations", "caption": _("家站室点"), "columns": columns, "rows": [_row(row) for row in rows],
        "empty": {"title": _("没有符合条件的站点"), "text": _("可以去掉一两个条件，或者在登记簿里新增、导入。")},
    }  # fmt: skip


def _row(row: Station) -> dict[str, Any]:
    url = reverse("stations:station", args=[row.pk])
    kind = KIND_LABELS.get(row.kind, row.kind)
    return {
        "key": str(row.pk), "url": url, "label": row.name,
        "cells": [
            cells.number(row.number), cells.link(row.name, url), _("%(kind)s（中心站）") % {"kind": kind} if row.hub else kind,
            row.street.name, row.community.name if row.community else "", cells.day(row.since),
            cells.day(row.until) if row.until else "",
        ],
    }  # fmt: skip


def _found(station_id: UUID) -> Station:
    rows = Station.objects.select_related("street", "community", "parent", "successor")
    station: Station | None = rows.filter(pk=station_id).first()
    if station is None:
        raise Http404
    return station


@for_readers
@require_safe
def station(request: Request, station_id: UUID) -> HttpResponse:
    """What the register knows of one station: its deputies, who sits when, its codes, the communities of a hub, its grids."""
    row = _found(station_id)
    last = row.until or timezone.localdate()
    context = {
        "station": row,
        "kind": KIND_LABELS.get(row.kind, row.kind),
        "site": SITE_LABELS.get(row.site, row.site),
        "members": [(one, ROLE_LABELS.get(one.role, "")) for one in network.members(row, last)],
        "days": reception.coming(row),
        "codes": Code.objects.filter(station=row).order_by("-issued_at"),
        "reach": list(network.reach(row, last)) if row.hub else [],
        "grids": Grid.objects.on(last).filter(station=row),
        "branches": Station.objects.on(last).filter(parent=row),
        "open": len(open_matters(row.pk)),
        "keeps": request.actor.seat in STATION_KEEPERS,
        "edit": f"{reverse('people:register-row', args=['stations'])}?{urlencode({'number': row.number})}",
        "tabs": station_tabs(request),
    }
    return render(request, "stations/station.html", context)


class CloseForm(Form):
    """When and why a station closes, and which one stands for it afterwards."""

    last_day = forms.DateField(label=gettext_lazy("最后开放日"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=gettext_lazy("撤并原因"), max_length=200)
    successor: Any = forms.ModelChoiceField(
        label=gettext_lazy("承接站点"), queryset=None, required=False,
        help_text=gettext_lazy("未办结的事项和所属网格移交给它，扫旧码的人也会被引到这里。"),
    )  # fmt: skip

    def __init__(self, row: Station, data: Any = None) -> None:
        super().__init__(data, initial={"last_day": timezone.localdate()})
        others = Station.objects.on().filter(street=row.street_id).exclude(pk=row.pk)
        self.fields["successor"].queryset = others if others.exists() else Station.objects.on().exclude(pk=row.pk)  # type: ignore[attr-defined]


@for_keepers
@require_http_methods(["GET", "POST"])
def close(request: Request, station_id: UUID) -> HttpResponse:
    """Closes the station; its history stays, its open matters move by one act each."""
    row = _found(station_id)
    form = CloseForm(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        last: datetime.date = form.cleaned_data["last_day"]
        try:
            count = network.close_station(
                row,
                last,
                reason=form.cleaned_data["reason"],
                successor=form.cleaned_data["successor"],
                by=request.actor,
            )
        except (Refused, Refusal) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("“%(name)s”已关闭，移交未办结事项 %(count)s 件。") % {"name": row.name, "count": count}
            )
            return redirect("stations:station", row.pk)
    context = {"station": row, "form": form, "open": len(open_matters(row.pk)), "tabs": station_tabs(request)}
    return render(request, "stations/close.html", context, status=UNPROCESSABLE if form.errors else 200)
