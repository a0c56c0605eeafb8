"""The codes of the congress: who has one, who wants one, and how one is replaced or withdrawn (A08, A15)."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.forms import Form
from openrenda.people import codes
from openrenda.people.models import Account, Code, Grid, Mandate, Station
from openrenda.people.refusals import Refused
from openrenda.people.views.administration import station_tabs
from openrenda.spelling import in_groups
from openrenda.tenancy import current_congress_id

from .. import cells, choosing
from ..access import Request
from .guard import for_keepers

ROWS = 100
MOST_AT_ONCE = 500
UNPROCESSABLE = 422
SHOWN = {"live": {"revoked_at__isnull": True}, "revoked": {"revoked_at__isnull": False}}
STATION, MANDATE, GRID, DOOR = "station", "mandate", "grid", "door"
KINDS = {
    STATION: gettext_lazy("站点"),
    MANDATE: gettext_lazy("代表"),
    GRID: gettext_lazy("网格"),
    DOOR: gettext_lazy("门牌"),
}


def address_of(code: Code, division: str) -> str:
    """The address on paper; it never changes, whatever becomes of what it points at."""
    return settings.OPENRENDA_ADDRESS.rstrip("/") + reverse("portal:scan", args=[division, code.token])


def name_of(code: Code) -> str:
    """What the code points at, in words."""
    if code.mandate is not None:
        return str(code.mandate.named)
    target = code.station or code.grid
    return target.name if target else code.door_plate


def kind_of(code: Code) -> str:
    """Which of the four kinds it is."""
    return next((kind for kind in (STATION, MANDATE, GRID) if getattr(code, f"{kind}_id")), DOOR)


def of_kind(kind: str = "") -> QuerySet[Any]:
    """The codes of one kind or of all, in use or not."""
    rows = Code.objects.select_related("station__street", "mandate__person", "grid__street")
    if kind == DOOR:
        return rows.exclude(door_plate="")
    return rows.filter(**{f"{kind}__isnull": False}) if kind in KINDS else rows


def without_code(kind: str) -> QuerySet[Any]:
    """Stations, deputies or grids of today that have no code in use."""
    rows: Any = {STATION: Station.objects, MANDATE: Mandate.everyone, GRID: Grid.objects}[kind]
    has = Code.objects.filter(congress_id=current_congress_id(), revoked_at__isnull=True, **{kind: OuterRef("pk")})
    return rows.on().filter(~Exists(has))  # type: ignore[no-any-return]


@for_keepers
@require_safe
def listed(request: Request) -> HttpResponse:
    """Codes in use and withdrawn ones, found by name or letters; who is still without."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:40].replace("\x00", "").strip()
    rows = of_kind(kind)
    if shown := SHOWN.get(request.GET.get("shown", "")):
        rows = rows.filter(**shown)
    if words:
        named = (
            Q(station__name__contains=words) | Q(mandate__person__name__contains=words) | Q(grid__name__contains=words)
        )
        rows = rows.filter(named | Q(door_plate__contains=words) | Q(token__startswith=codes.tidy(words)))
    found = list(rows.order_by("-issued_at", "-pk")[: ROWS + 1])
    context = {
        "table": _table(found[:ROWS]),
        "more": len(found) > ROWS,
        "missing": [
            {"kind": key, "label": KINDS[key], "count": without_code(key).count()} for key in (STATION, MANDATE, GRID)
        ],
        "filters": _filters(request, kind, words),
        "sizes": _sizes(kind),
        "form": DoorForm(),
        "tabs": station_tabs(request),
    }
    return render(request, "stations/codes.html", context)


def _sizes(kind: str) -> list[dict[str, str]]:
    words = {"a4": _("A4 张贴"), "a6": _("A6 台卡"), "card": _("名片")}
    return [
        {"label": label, "url": f"{reverse('stations:posters')}?{urlencode({'size': size, 'kind': kind})}"}
        for size, label in words.items()
    ]


def _filters(request: Request, kind: str, words: str) -> dict[str, Any]:
    return {
        "action": reverse("stations:codes"),
        "search": {"name": "q", "value": words, "label": _("名称或者编码")},
        "fields": [
            choosing.select("kind", _("种类"), list(KINDS.items()), kind),
            choosing.select(
                "shown", _("状态"), [("live", _("在用")), ("revoked", _("已停用"))], request.GET.get("shown", "")
            ),
        ],
    }


def _table(rows: list[Code]) -> dict[str, Any]:
    columns = [
        {"key": "token", "label": _("编码")}, {"key": "name", "label": _("指向"), "wide": True}, {"key": "kind", "label": _("种类")},
        {"key": "issued", "label": _("发放时间")}, {"key": "revoked", "label": _("停用时间")}, {"key": "reason", "label": _("停用原因")},
    ]  # fmt: skip
    return {
        "key": "codes", "caption": _("二维码"), "columns": columns, "rows": [_row(row) for row in rows],
        "empty": {"title": _("没有符合条件的二维码"), "text": _("可以在上面给还没有码的站点、代表和网格发码。")},
    }  # fmt: skip


def _row(row: Code) -> dict[str, Any]:
    url = reverse("stations:code", args=[row.pk])
    return {
        "key": str(row.pk), "url": url, "label": name_of(row),
        "cells": [
            cells.number(in_groups(row.token)), cells.link(name_of(row), url), KINDS[kind_of(row)], cells.day(row.issued_at.date()),
            cells.day(row.revoked_at.date()) if row.revoked_at else "", row.reason,
        ],
    }  # fmt: skip


class DoorForm(Form):
    """A code for a place that is no station: the plate of a door, a lift, a board."""

    door_plate = forms.CharField(label=gettext_lazy("门牌文字"), max_length=100)


@for_keepers
@require_POST
def issue(request: Request) -> HttpResponse:
    """A code for everything of one kind that has none, or for one station, or for a door plate."""
    account, kind = cast(Account, request.user), request.POST.get("kind", "")
    try:
        if kind in (STATION, MANDATE, GRID):
            targets = list(without_code(kind)[:MOST_AT_ONCE])
            made = [codes.issue(target, by=account) for target in targets]
        else:
            made = [codes.issue(request.POST.get("door_plate", "").strip()[:100], by=account)]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已发放 %(count)s 个二维码。") % {"count": len(made)})
    return redirect(f"{reverse('stations:codes')}?{urlencode({'kind': kind if kind in KINDS else DOOR})}")


class RevokeForm(Form):
    """Why a code is replaced or withdrawn."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


@for_keepers
@require_http_methods(["GET", "POST"])
def code(request: Request, code_id: UUID) -> HttpResponse:
    """One code: what it points at, its drawing and history; replaced or withdrawn with a reason."""
    rows = Code.objects.select_related("station", "mandate__person", "grid", "issued_by", "revoked_by", "replaced_by")
    row: Code | None = rows.filter(pk=code_id).first()
    if row is None:
        raise Http404
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _changed(request, row, form)
        if answer is not None:
            return answer
    address = address_of(row, request.congress.division_code)
    context = {
        "code": row, "name": name_of(row), "kind": KINDS[kind_of(row)], "letters": in_groups(row.token), "address": address,
        "drawing": segno.make(address, error="q").svg_data_uri(scale=5, border=2), "form": form,
        "replaces": Code.objects.filter(replaced_by=row).first(),
        "sizes": [{**size, "url": f"{size['url']}&{urlencode({'code': row.token})}"} for size in _sizes("")],
        "tabs": station_tabs(request),
    }  # fmt: skip
    return render(request, "stations/code.html", context, status=UNPROCESSABLE if form.errors else 200)


def _changed(request: Request, row: Code, form: RevokeForm) -> HttpResponse | None:
    reason, account = form.cleaned_data["reason"], cast(Account, request.user)
    try:
        if request.POST.get("action") == "reissue":
            new = codes.reissue(row, reason=reason, by=account)
            messages.success(request, _("已换发新码，旧码停用。"))
            return redirect("stations:code", new.pk)
        codes.revoke(row, reason=reason, by=account)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("二维码已停用。"))
    return redirect("stations:code", row.pk)
