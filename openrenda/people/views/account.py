"""One's own account: password, second factor, proving identity again, and the seats one may sit in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.people import authentication, passwords, second_factor, sessions
from openrenda.people.events import record
from openrenda.people.forms import CodeForm, ConfirmForm, PasswordForm
from openrenda.people.models import Account
from openrenda.people.views.sign_in import REFUSED, posted, wanted
from openrenda.tenancy import congress_scope

View = Callable[..., HttpResponse]
_NEW_SECRET = "people.new_secret"


def signed_in(view: View) -> View:
    """Only for somebody who has signed in, with or without a seat."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(_account(request), Account):
            return redirect("people:sign-in")
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def _account(request: HttpRequest) -> Account:
    """The account of the request; Django wraps it in a lazy object when no seat was taken."""
    return cast(Account, getattr(request.user, "_wrapped", request.user) if request.user.is_authenticated else None)


@signed_in
@require_http_methods(["GET"])
def account(request: HttpRequest) -> HttpResponse:
    """What the person can see and change of her account."""
    sessions.remember_choices(request.session, _account(request))
    context = {"account": _account(request), "choices": sessions.choices(request.session)}
    return render(request, "people/account.html", context)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change of password; forced at the first sign-in."""
    person = _account(request)
    form = PasswordForm(person, posted(request))
    if request.method == "POST" and form.is_valid():
        if authentication.check_password(request, person.login, form.cleaned_data["present"]):
            passwords.change_password(person, form.cleaned_data["new"])
            sessions.keep_hash(request.session, person)
            messages.success(request, _("密码已经修改，其他设备上的登录都已退出。"))
            return redirect(wanted(request) or "people:seats")
        form.add_error("present", _("现在的密码不对，密码没有修改。"))
    context = {"form": form, "forced": person.must_change_password, "next": wanted(request)}
    return render(request, "people/password.html", context, status=REFUSED if form.errors else 200)


@signed_in
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """A telephone was lost: every other sign-in of the account ends, this one goes on."""
    person = _account(request)
    person.end_sessions()
    person.save(update_fields=["session_key_stamp"])
    record(person, "signed_out_elsewhere", by=person)
    sessions.keep_hash(request.session, person)
    messages.success(request, _("其他设备上的登录都已退出；手机丢了的，请同时修改密码。"))
    return redirect("people:account")


@signed_in
@require_http_methods(["GET", "POST"])
def enrol_second_factor(request: HttpRequest) -> HttpResponse:
    """Enrolment: scan the picture, type the code, keep the recovery codes."""
    person = _account(request)
    if person.has_second_factor:
        return _prove_second_factor(request, person)
    secret = request.session.setdefault(_NEW_SECRET, second_factor.new_secret())
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        codes = second_factor.enrol(person, secret, form.cleaned_data["code"])
        if codes is not None:
            del request.session[_NEW_SECRET]
            sessions.note_second_factor(request.session)
            return render(request, "people/recovery_codes.html", {"codes": codes, "next": wanted(request) or "/"})
        form.add_error("code", _("动态口令不对，请确认手机时间准确，等验证器显示新的数字后再填。"))
    uri = second_factor.provisioning_uri(person, secret)
    context = {"form": form, "picture": second_factor.picture(uri), "secret": secret, "next": wanted(request)}
    return render(request, "people/second_factor.html", context, status=REFUSED if form.errors else 200)


def _prove_second_factor(request: HttpRequest, person: Account) -> HttpResponse:
    """A session that was opened without the second factor catches up."""
    if sessions.has_second_factor(request.session):
        return redirect(wanted(request) or "people:account")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if authentication.check_code(request, person, form.cleaned_data["code"]):
            sessions.note_second_factor(request.session)
            return redirect(wanted(request) or "/")
        form.add_error("code", _("动态口令不对，或者已经用过，请等验证器显示新的数字后再填。"))
    context = {"form": form, "next": wanted(request)}
    return render(request, "people/code.html", context, status=REFUSED if form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Proving again who one is; holds for ten minutes and is asked for before judging a reply."""
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if authentication.confirm_identity(request, _account(request), **form.cleaned_data):
            sessions.confirm(request.session)
            return redirect(wanted(request) or "/")
        form.add_error(None, _("没有通过验证：密码或者动态口令不对。您填写的其他内容没有丢失，请重新输入。"))
    context = {"form": form, "next": wanted(request), "has_code": _account(request).has_second_factor}
    return render(request, "people/confirm.html", context, status=REFUSED if form.errors else 200)


@signed_in
@require_http_methods(["GET"])
def seats(request: HttpRequest) -> HttpResponse:
    """The seats the person may sit in, in all her congresses."""
    sessions.remember_choices(request.session, _account(request))
    context = {"choices": sessions.choices(request.session), "next": wanted(request)}
    return render(request, "people/seats.html", context)


@signed_in
@require_POST
def enter_seat(request: HttpRequest) -> HttpResponse:
    """Sits down in another seat."""
    person = _account(request)
    seat = sessions.enter(request.session, person, request.POST.get("seat", ""))
    if seat is None:
        messages.error(request, _("您现在不能进入这个席位：它可能已经到期、被收回或者暂停。请选择其他席位。"))
        return redirect("people:seats")
    with congress_scope(seat.congress_id):
        record(person, "seat_entered", by=person, address=authentication.address_of(request), detail=seat.key)
    return redirect(wanted(request) or "/")
