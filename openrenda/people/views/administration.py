"""The three administrators' pages: seats and their approval, accounts, the log, and mergers of organs 三员分立."""

from __future__ import annotations

import datetime
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openrenda.docket.refusals import Refusal
from openrenda.forms import Form
from openrenda.languages import in_chinese
from openrenda.people import authentication, passwords, seats, second_factor
from openrenda.people.events import record
from openrenda.people.guards import for_seats
from openrenda.people.imports import SHEETS
from openrenda.people.imports.posts import POST_KEEPERS
from openrenda.people.models import Account, AccountEvent, Membership, Organ, Seat, SeatGrant
from openrenda.people.models.event import EVENT_LABELS
from openrenda.people.models.seat import holder_name
from openrenda.people.offices import (
    AUDIT_ADMIN,
    DEPUTY_OFFICE,
    SECURITY_ADMIN,
    SEPARATED,
    STATION_KEEPERS,
    SYSTEM_ADMIN,
    label_of,
)
from openrenda.people.organs import merge_organs
from openrenda.people.refusals import Refused
from openrenda.people.views.sign_in import REFUSED, posted
from openrenda.tenancy import current_congress_id

LOG_PAGE_ROWS = 100
MOST_ACCOUNTS = 200
SEAT_PAGE_ROWS, LONGEST_WORDS = 100, 50
MERGED = gettext_lazy("%(organ)s并入%(into)s，移交未办结事项 %(count)s 件。")


def page_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The administration pages of the present seat; beside a register of the network, its pages."""
    seat = request.actor.seat  # type: ignore[attr-defined]
    pages: list[tuple[Any, str]] = []
    network = [key for key, sheet in SHEETS.items() if sheet.keepers == STATION_KEEPERS]
    posts = [key for key, sheet in SHEETS.items() if sheet.keepers == POST_KEEPERS]
    if any(f"/registers/{key}/" in request.path for key in posts):
        return _tabs(request, [(_("任职登记"), reverse("posts:register")), *_registers(posts)])
    if seat == DEPUTY_OFFICE or any(f"/registers/{key}/" in request.path for key in network):
        return station_tabs(request)
    if seat == SYSTEM_ADMIN:
        pages = _registers([key for key in SHEETS if key not in (*network, *posts)])
        pages.append((_("任职登记"), reverse("posts:register")))
        pages.append((_("代表家站室点"), reverse("stations:coverage")))
        pages.append((_("机构合并"), reverse("people:merge")))
    if seat in (SYSTEM_ADMIN, SECURITY_ADMIN):
        pages += [(_("席位审批"), reverse("people:grants")), (_("账号"), reverse("people:accounts"))]
        pages.append((_("接口令牌"), reverse("api-tokens")))
        pages.append((_("事件推送"), reverse("channels:webhooks")))
    if seat == AUDIT_ADMIN:
        pages = [(_("账号日志"), reverse("people:log"))]
    return _tabs(request, pages)


def station_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of the network of stations: what is lacking, the registers, the codes."""
    pages: list[tuple[Any, str]] = [(_("网络自查"), reverse("stations:coverage"))]
    if request.actor.seat in STATION_KEEPERS:  # type: ignore[attr-defined]
        pages += _registers([key for key, sheet in SHEETS.items() if sheet.keepers == STATION_KEEPERS])
        pages.append((_("二维码"), reverse("stations:codes")))
    return _tabs(request, pages)


def _registers(keys: list[str]) -> list[tuple[Any, str]]:
    return [(SHEETS[key].words, reverse("people:register", args=[key])) for key in keys]


def _tabs(request: HttpRequest, pages: list[tuple[Any, str]]) -> list[dict[str, Any]]:
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in pages]


@for_seats(*SEPARATED)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first of the seat's pages."""
    return redirect(page_tabs(request)[0]["url"])


def may_make(request: HttpRequest, form: forms.Form, stale: str) -> bool:
    """Whether something is to be made that only the system administrator makes, with her identity verified a short time ago.

    The form is given the errors: its own, or ``stale`` for an identity that must be verified again.

    :raises Http404: when another seat sends it.
    """
    actor = request.actor  # type: ignore[attr-defined]  # set by the seat middleware
    if request.method != "POST":
        return False
    if actor.seat != SYSTEM_ADMIN:
        raise Http404
    if form.is_valid() and not actor.fresh:
        form.add_error(None, stale)
    return form.is_valid()


def _me(request: HttpRequest) -> Account:
    return cast(Account, request.user)


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """Requests that wait for a decision; and the seats that are held today, found by words, a page at a time."""
    waiting = SeatGrant.objects.filter(decision=seats.PENDING).annotate(holder_name=holder_name())
    waiting = waiting.select_related("account", "requested_by")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]
    held, pager = _held(words, request.GET.get("after", ""))
    context = {
        "words": words,
        "pager": pager,
        "waiting": [_grant_words(grant) for grant in waiting],
        "held": [{"seat": seat, "label": label_of(seat.key), "holder": seat.holder_name} for seat in held],
        "may_decide": request.actor.seat == SECURITY_ADMIN,  # type: ignore[attr-defined]
        "tabs": page_tabs(request),
    }
    return render(request, "people/grants.html", context)


def _held(words: str, after: str) -> tuple[list[Any], dict[str, str]]:
    rows = Seat.objects.on().with_holder_name().select_related("account").order_by("key", "account__login", "pk")
    if words:
        rows = rows.filter(Q(account__name__contains=words) | Q(account__login__contains=words.lower()))
    last = rows.filter(pk=row_id).first() if (row_id := _row_id(after)) else None
    if last is not None:
        same, login = Q(key=last.key), last.account.login
        rows = rows.filter(
            Q(key__gt=last.key) | same & (Q(account__login__gt=login) | Q(account__login=login, pk__gt=last.pk))
        )
    found = list(rows[: SEAT_PAGE_ROWS + 1])
    kept = {"q": words} if words else {}
    more = len(found) > SEAT_PAGE_ROWS
    return found[:SEAT_PAGE_ROWS], {
        "previous_url": f"?{urlencode(kept)}" if last else "",
        "next_url": f"?{urlencode({**kept, 'after': found[SEAT_PAGE_ROWS - 1].pk})}" if more else "",
    }


def _row_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _grant_words(grant: SeatGrant) -> dict[str, Any]:
    wish = _("收回") if grant.wish == seats.REVOKE else _("授予")
    holder = getattr(grant, "holder_name", "")
    return {"grant": grant, "wish": wish, "label": label_of(grant.key), "holder": holder}


@for_seats(SECURITY_ADMIN)
@require_POST
def decide(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Agrees or refuses."""
    grant = _found(SeatGrant.objects.select_related("account"), grant_id)
    agree = request.POST.get("action") == "agree"
    try:
        seats.decide(grant, agree=agree, by=_me(request), reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已同意，席位变动已生效。") if agree else _("已注明不同意的理由，席位没有变动。"))
    return redirect("people:grants")


@for_seats(SYSTEM_ADMIN)
@require_POST
def revoke(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Asks that a seat end; it goes on until the security administrator agrees."""
    seat = _found(Seat.objects.on().select_related("account", "person"), seat_id)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    try:
        seats.request_revocation(seat, by=_me(request), reason=request.POST.get("reason", ""), last_day=yesterday)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已提交收回席位的申请，由安全管理员审批后生效。"))
    return redirect("people:grants")


@for_seats(SYSTEM_ADMIN, SECURITY_ADMIN)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of this congress."""
    words = request.GET.get("q", "").strip()
    mine = Membership.objects.filter(congress_id=current_congress_id()).values("account")
    found = Account.objects.filter(pk__in=mine).order_by("login")
    if words:
        found = found.filter(name__contains=words) | found.filter(login__contains=words.lower())
    locked = authentication.locked_names()
    rows = [(account, account.login in locked) for account in found[:MOST_ACCOUNTS]]
    context = {"rows": rows, "words": words, "tabs": page_tabs(request), "most": MOST_ACCOUNTS}
    return render(request, "people/accounts.html", context)


@for_seats(SYSTEM_ADMIN)
@require_POST
def issue_password(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """A first password, shown once."""
    account = _account_here(account_id)
    if account.pk == _me(request).pk:
        messages.error(request, _("自己的密码请在“我的账户”中修改，没有发放新密码。"))
        return redirect("people:accounts")
    context = {
        "account": account,
        "password": passwords.issue_password(account, by=_me(request)),
        "tabs": page_tabs(request),
    }
    return render(request, "people/first_password.html", context)


_SECURITY_ACTIONS: dict[str, tuple[Any, Any]] = {
    "disable": (authentication.disable, gettext_lazy("账号已停用，正在进行的登录已全部退出。")),
    "enable": (authentication.enable, gettext_lazy("账号已恢复。")),
    "unlock": (authentication.unlock, gettext_lazy("已解除锁定。")),
    "remove-second-factor": (second_factor.remove, gettext_lazy("动态口令已停用，本人下次登录时须重新启用。")),
}


@for_seats(SECURITY_ADMIN)
@require_POST
def secure(request: HttpRequest, account_id: UUID, action: str) -> HttpResponse:
    """Disables, restores or unlocks an account, or removes a lost second factor."""
    account = _account_here(account_id)
    if action not in _SECURITY_ACTIONS:
        raise Http404
    if account.pk == _me(request).pk:
        messages.error(request, _("不能对自己的账号办理这一项，没有改动。"))
    else:
        carry_out, sentence = _SECURITY_ACTIONS[action]
        carry_out(account, by=_me(request))
        messages.success(request, sentence)
    return redirect("people:accounts")


def _account_here(account_id: UUID) -> Account:
    membership = Membership.objects.filter(congress_id=current_congress_id(), account_id=account_id)
    found = membership.select_related("account").first()
    if found is None:
        raise Http404
    return found.account


def _found(rows: Any, pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@for_seats(AUDIT_ADMIN)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The account log, newest first, a page at a time by key."""
    rows = AccountEvent.objects.select_related("account", "by")
    before = request.GET.get("before", "")
    if before:
        try:
            rows = rows.filter(pk__lt=UUID(before))
        except ValueError:
            raise Http404 from None
    page = list(rows.order_by("-id")[: LOG_PAGE_ROWS + 1])
    older = f"?before={page[LOG_PAGE_ROWS - 1].pk}" if len(page) > LOG_PAGE_ROWS else ""
    events = [(event, EVENT_LABELS.get(event.kind, event.kind)) for event in page[:LOG_PAGE_ROWS]]
    context = {"events": events, "pager": {"next_url": older}, "tabs": page_tabs(request)}
    return render(request, "people/log.html", context)


class MergeForm(Form):
    """Which organ goes into which, from when, on what basis."""

    organ: Any = forms.ModelChoiceField(label=gettext_lazy("并入、撤销的机构"), queryset=None)
    into: Any = forms.ModelChoiceField(label=gettext_lazy("承继的机构"), queryset=None)
    on = forms.DateField(
        label=gettext_lazy("承继日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("承继机构开始负责的第一天"),
    )
    basis = forms.CharField(label=gettext_lazy("依据文件"), max_length=200)
    move_seats = forms.BooleanField(label=gettext_lazy("原机构的席位一并转入承继机构"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organ", "into"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = Organ.objects.filter(until__isnull=True)


@for_seats(SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """One organ goes into another; its open matters are handed over, each by one act."""
    form = MergeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            count = merge_organs(
                [typed["organ"]], typed["into"], on=typed["on"], basis=typed["basis"],
                by=request.actor, move_seats=typed["move_seats"],  # type: ignore[attr-defined]
            )  # fmt: skip
        except (Refused, Refusal) as refused:
            form.add_error(None, str(refused))
        else:
            words = typed | {"count": count}
            record(_me(request), "organ_changed", by=_me(request), detail=in_chinese(MERGED) % words)
            messages.success(request, MERGED % words)
            return redirect("people:register", "organs")
    context = {"form": form, "tabs": page_tabs(request)}
    return render(request, "people/merge.html", context, status=REFUSED if form.errors else 200)
