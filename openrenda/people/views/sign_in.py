"""Signing in and out."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.people import authentication, sessions
from openrenda.people.events import record
from openrenda.people.forms import CodeForm, SignInForm
from openrenda.people.models import Account

PENDING_SECONDS = 5 * 60
_PENDING, _PENDING_SINCE = "people.pending", "people.pending_since"
REFUSED = 422


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; with a second factor enrolled, its code comes next."""
    form = SignInForm(posted(request))
    if request.method == "GET" or not form.is_valid():
        return render(request, "people/sign_in.html", {"form": form, "next": wanted(request)})
    account = authentication.check_password(request, form.cleaned_data["login"], form.cleaned_data["password"])
    if account is None:
        return refusal(request)
    if account.has_second_factor:
        request.session[_PENDING], request.session[_PENDING_SINCE] = str(account.pk), int(time.time())
        return redirect(_with_next("people:sign-in-code", request))
    return _let_in(request, account, second_factor=False)


def refusal(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The one answer to a sign-in that failed, whatever the cause; also given while the name is locked."""
    form = SignInForm({"login": request.POST.get("login", ""), "password": "-"})
    form.full_clean()
    form.add_error(
        None,
        _(
            "登录没有成功：登录名或者密码不对，或者这个登录名因连续 5 次失败已被锁定 15 分钟。请核对后再试，或者联系本单位的安全管理员。"
        ),
    )
    return render(request, "people/sign_in.html", {"form": form, "next": wanted(request)}, status=REFUSED)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second factor, within five minutes after the password."""
    account = _pending(request)
    if account is None:
        messages.warning(request, _("输入密码后超过 5 分钟没有填写动态口令，请重新登录。"))
        return redirect(_with_next("people:sign-in", request))
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if authentication.check_code(request, account, form.cleaned_data["code"]):
            return _let_in(request, account, second_factor=True)
        form.add_error(
            "code", _("动态口令不对，或者已经用过。请等验证器显示新的数字后再填；连续 5 次失败将锁定 15 分钟。")
        )
    status = REFUSED if form.errors else 200
    return render(request, "people/code.html", {"form": form, "next": wanted(request)}, status=status)


def _pending(request: HttpRequest) -> Account | None:
    if time.time() - request.session.get(_PENDING_SINCE, 0) > PENDING_SECONDS:
        return None
    return Account.objects.filter(pk=request.session[_PENDING], is_active=True).first()


def _let_in(request: HttpRequest, account: Account, *, second_factor: bool) -> HttpResponse:
    goal = wanted(request)
    request.session.pop(_PENDING, None)
    request.session.pop(_PENDING_SINCE, None)
    sessions.begin(request, account, second_factor=second_factor)
    record(account, "signed_in", by=account, address=authentication.address_of(request))
    if account.must_change_password:
        return redirect("people:password")
    if not any(choice.current for choice in sessions.choices(request.session)):
        return redirect(_with_next("people:seats", request))
    return redirect(goal or "/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session."""
    account = request.user
    if isinstance(account, Account):
        record(account, "signed_out", by=account, address=authentication.address_of(request))
    request.session.flush()
    return redirect("people:sign-in")


def posted(request: HttpRequest) -> QueryDict | None:
    """What the form is bound to: nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def wanted(request: HttpRequest) -> str:
    """The page of ours that the person wanted; never an address of another host."""
    goal = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if ours else ""


def _with_next(name: str, request: HttpRequest) -> str:
    goal = wanted(request)
    return reverse(name) + ("?" + urlencode({"next": goal}) if goal else "")
