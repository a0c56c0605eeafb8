"""The list of notices: what one has been told, newest first, and the bell set to nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openrenda.people.guards import for_seats

from . import inbox
from .models import Notice

ROWS = 30
KEY_SIGN = "~"


@for_seats()
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One page of this account's notices; with ``unread=1`` only those not read yet. Older ones follow by key."""
    account: UUID = request.actor.account  # type: ignore[attr-defined]  # set by the seat middleware
    only_unread = request.GET.get("unread") == "1"
    rows = inbox.notices(account)
    rows = rows.filter(read_at=None) if only_unread else rows
    found = list(_older(rows, request.GET.get("before", ""))[: ROWS + 1])
    more = len(found) > ROWS
    query = {"unread": "1" if only_unread else "", "before": _key(found[ROWS - 1]) if more else ""}
    context = {
        "rows": [_row(notice) for notice in found[:ROWS]],
        "tabs": _tabs(only_unread),
        "only_unread": only_unread,
        "unread": inbox.unread(account),
        "most_counted": inbox.MOST_COUNTED,
        "pager": {"next_url": f"?{urlencode(query)}" if more else "", "previous_url": ""},
    }
    return render(request, "channels/notices.html", context)


def _tabs(only_unread: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("全部"), "url": reverse("channels:notices"), "current": not only_unread, "count": None},
        {"label": _("未读"), "url": f"{reverse('channels:notices')}?unread=1", "current": only_unread, "count": None},
    ]


def _row(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "unread": notice.read_at is None, "url": reverse("channels:notice", args=[notice.pk])}


def _key(notice: Notice) -> str:
    return f"{notice.created_at.isoformat()}{KEY_SIGN}{notice.pk.hex}"


def _older(rows: QuerySet[Notice], key: str) -> QuerySet[Notice]:
    """The rows behind the one named in the address; from the newest when it names none."""
    moment_text, _sign, id_text = key[:80].partition(KEY_SIGN)
    try:
        moment, row_id = datetime.fromisoformat(moment_text), UUID(id_text)
    except ValueError:
        return rows
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=row_id))


@for_seats()
@require_GET
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Open the matter that a notice is about; everything about it counts as read."""
    account: UUID = request.actor.account  # type: ignore[attr-defined]
    row = Notice.objects.filter(pk=notice_id, account=account).first()
    if row is None:
        return HttpResponseRedirect(reverse("channels:notices"))
    inbox.mark_read(account, row.matter_id)
    return HttpResponseRedirect(f"/matters/{row.matter_id}/")


@for_seats()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything has been read."""
    inbox.mark_read(request.actor.account)  # type: ignore[attr-defined]
    messages.success(request, _("全部标为已读。"))
    return HttpResponseRedirect(reverse("channels:notices"))
