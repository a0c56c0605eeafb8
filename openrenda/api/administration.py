"""The page of tokens, for administrators: who gave which system a token, in whose seat, for what, until when, and when it was used.

The system administrator gives and takes back; the security administrator looks on and may take back. Both stand in the account log.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.forms import Form
from openrenda.people.guards import for_seats
from openrenda.people.models import Account, Seat
from openrenda.people.offices import SEAT_KINDS, SECURITY_ADMIN, SEPARATED, SYSTEM_ADMIN, label_of
from openrenda.people.views.administration import may_make, page_tabs
from openrenda.people.views.sign_in import REFUSED, posted

from . import tokens
from .models import ACT, READ, ApiToken

MOST_SHOWN = 200
SCOPE_LABELS = {READ: lazy("查看"), ACT: lazy("办理")}


class TokenForm(Form):
    """For which system, in whose seat, for what, until when."""

    name = forms.CharField(label=lazy("系统名称"), max_length=60, help_text=lazy("写在这个系统办理的每一步后面。"))
    login = forms.CharField(
        label=lazy("席位所属账号的登录名"),
        max_length=100,
        help_text=lazy("令牌看得见、办得了的与这个席位相同，席位结束时一起失效。"),
    )
    seat = forms.ChoiceField(label=lazy("席位"), required=False, help_text=lazy("账号只有一个席位时不用选。"))
    scopes = forms.MultipleChoiceField(
        label=lazy("权限"), choices=list(SCOPE_LABELS.items()), initial=[READ], widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label=lazy("有效期至"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=lazy("最长一年；不填为一年。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(key, kind.label) for key, kind in SEAT_KINDS.items() if key not in SEPARATED]
        cast(forms.ChoiceField, self.fields["seat"]).choices = [("", "—"), *kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "login" in cleaned and "seat" in cleaned:
            found = Seat.objects.able_on().exclude(key__in=SEPARATED).filter(account__login=cleaned["login"].lower())
            rows = list(found.filter(key=cleaned["seat"]) if cleaned["seat"] else found)
            if len(rows) == 1:
                cleaned["chosen"] = rows[0]
            else:
                self.add_error("login" if not rows else "seat", _no_seat(len(rows)))
        return cleaned


def _no_seat(count: int) -> str:
    if count:
        return _("这个账号有几个席位，请选一个。")
    return _("这个账号现在没有这样的席位。三员的席位不能发放令牌。")


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """All tokens, newest first; and giving one, whose text is shown this once."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the seat middleware
    form = TokenForm(posted(request))
    made = _make(request, form) if may_make(request, form, _("发放令牌前请再次验证身份，没有发放。")) else None
    if made is not None:
        return made
    context = {
        "rows": [_row(row) for row in _kept()],
        "most": MOST_SHOWN,
        "form": form,
        "may_make": actor.seat == SYSTEM_ADMIN,
        "fresh": actor.fresh,
        "tabs": page_tabs(request),
    }
    return render(request, "api/tokens.html", context, status=REFUSED if form.errors else 200)


def _make(request: HttpRequest, form: TokenForm) -> HttpResponse | None:
    """The page that shows the new token; nothing, with an error in the form, when it was not given."""
    typed, by = form.cleaned_data, cast(Account, request.user)
    try:
        text, row = tokens.make(typed["chosen"], typed["name"], typed["scopes"], typed["until"], by=by)
    except tokens.TokenRefused as refused:
        form.add_error(None, str(refused))
        return None
    return render(request, "api/token_made.html", {"text": text, "token": row, "tabs": page_tabs(request)})


def _kept() -> list[ApiToken]:
    rows = ApiToken.objects.select_related("seat__account", "made_by").order_by("-made_at", "-id")
    return list(rows[:MOST_SHOWN])


def _row(row: ApiToken) -> dict[str, Any]:
    return {
        "token": row,
        "seat": label_of(row.seat.key),
        "scopes": _("、").join(str(label) for scope, label in SCOPE_LABELS.items() if scope in row.scopes),
        "good": row.revoked_on is None and row.until >= timezone.localdate(),
        "state": _state(row, timezone.localdate()),
    }


def _state(row: ApiToken, today: date) -> str:
    if row.revoked_on is not None:
        return _("已收回")
    if row.until < today:
        return _("已到期")
    ended = row.seat.until is not None and row.seat.until < today
    return _("席位已结束") if ended else _("有效")


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_POST
def take_back(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """The token is over at its next request."""
    row = ApiToken.objects.select_related("seat__account").filter(pk=token_id).first()
    if row is None:
        raise Http404
    tokens.revoke(row, by=cast(Account, request.user))
    messages.success(request, _("已收回“%(name)s”的令牌，它不能再用。") % {"name": row.name})
    return redirect("api-tokens")
