"""The page of webhooks, for administrators: which other systems are told of what, whether it arrives, and what was paused.

The system administrator adds and resumes; the security administrator looks on and may stop. Both stand in the account log.
"""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.docket import registry
from openrenda.forms import Form
from openrenda.people.events import record
from openrenda.people.guards import for_seats
from openrenda.people.models import Account
from openrenda.people.offices import SECURITY_ADMIN, SYSTEM_ADMIN
from openrenda.people.views.administration import may_make, page_tabs
from openrenda.people.views.sign_in import REFUSED, posted

from . import webhooks
from .models import Webhook
from .posting import AddressRefused, NotSent

MOST_SHOWN, LONGEST_DETAIL = 100, 200


class WebhookForm(Form):
    """Which system, where, and of which procedures it is told."""

    name = forms.CharField(label=lazy("系统名称"), max_length=60)
    address = forms.URLField(
        label=lazy("接收网址"),
        max_length=500,
        assume_scheme="https",
        help_text=lazy("以 https:// 开头；不能是内部网络的地址。"),
    )
    procedures = forms.MultipleChoiceField(label=lazy("告知哪些程序"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((table.key, table.words) for table in registry.open_procedures())
        cast(forms.MultipleChoiceField, self.fields["procedures"]).choices = known


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """All addresses, newest first; and adding one, whose secret is shown this once."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the seat middleware
    form = WebhookForm(posted(request))
    made = _make(request, form) if may_make(request, form, _("添加前请再次验证身份，没有添加。")) else None
    if made is not None:
        return made
    rows = Webhook.objects.select_related("made_by").order_by("-made_at", "-id")[:MOST_SHOWN]
    context = {
        "rows": [{"hook": row, "state": webhooks.state_words(row), "told": _told(row)} for row in rows],
        "form": form,
        "may_make": actor.seat == SYSTEM_ADMIN,
        "fresh": actor.fresh,
        "tabs": page_tabs(request),
    }
    return render(request, "channels/webhooks.html", context, status=REFUSED if form.errors else 200)


def _told(row: Webhook) -> str:
    names = {table.key: table.words for table in registry.procedures()}
    return _("、").join(str(names.get(key, key)) for key in row.procedures)


def _make(request: HttpRequest, form: WebhookForm) -> HttpResponse | None:
    """The page that shows the secret; nothing, with an error in the form, when it was not added."""
    typed, by = form.cleaned_data, cast(Account, request.user)
    try:
        secret, row = webhooks.make(typed["name"], typed["address"], typed["procedures"], by=by.pk)
    except (AddressRefused, NotSent) as refused:
        form.add_error("address", str(refused))
        return None
    record(by, "webhook_made", by=by, detail=f"{row.name} · {row.address}"[:LONGEST_DETAIL])
    return render(request, "channels/webhook_made.html", {"secret": secret, "hook": row, "tabs": page_tabs(request)})


def _one(webhook_id: UUID) -> Webhook:
    row = Webhook.objects.filter(pk=webhook_id, ended_at=None).first()
    if row is None:
        raise Http404
    return row


@for_seats(SYSTEM_ADMIN)
@require_POST
def resume(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Send to a paused address again."""
    row = _one(webhook_id)
    webhooks.resume(row)
    record(cast(Account, request.user), "webhook_resumed", by=cast(Account, request.user), detail=row.name)
    messages.success(request, _("已恢复向“%(name)s”发送，暂停期间没有送到的按次序补发。") % {"name": row.name})
    return redirect("channels:webhooks")


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_POST
def end(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Nothing more is sent to it."""
    row = _one(webhook_id)
    webhooks.end(row)
    record(cast(Account, request.user), "webhook_ended", by=cast(Account, request.user), detail=row.name)
    messages.success(request, _("已停用“%(name)s”，不再发送。") % {"name": row.name})
    return redirect("channels:webhooks")
