"""Proving who one is: name and password, then the second factor; five failures lock the name for a quarter of an hour.

The answer is the same for an unknown name, a wrong password, a disabled and a locked account.
"""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from openrenda.people import second_factor
from openrenda.people.events import record
from openrenda.people.models import Account
from openrenda.people.names.text import plain


def check_password(request: HttpRequest, login: str, password: str) -> Account | None:
    """The account whose name and password these are; None for any other reason, and the failure is counted."""
    login = plain(login).lower()
    account = authenticate(request, login=login, password=password)
    if isinstance(account, Account):
        return account
    _note_failure(request, login)
    return None


def check_code(request: HttpRequest, account: Account, code: str) -> bool:
    """Whether the second factor is right; failures count towards the same lock as wrong passwords."""
    credentials = {"login": account.login}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return False
    if account.is_active and second_factor.verify(account, code):
        return True
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    _note_failure(request, account.login)
    return False


def confirm_identity(request: HttpRequest, account: Account, *, password: str = "", code: str = "") -> bool:
    """The signed-in person proves again who she is, by password or by second factor."""
    if code and account.has_second_factor:
        right = check_code(request, account, code)
    else:
        right = check_password(request, account.login, password) is not None
    if right:
        record(account, "confirmed", by=account, address=address_of(request))
    return right


def locked_names() -> set[str]:
    """The login names that are locked at the moment."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return set(attempts.values_list("username", flat=True))


def unlock(account: Account, *, by: Account) -> None:
    """The security administrator lifts the lock before its time."""
    reset(username=account.login)
    record(account, "unlocked", by=by)


def disable(account: Account, *, by: Account) -> None:
    """Nobody signs in with the account any more, and its sessions are over."""
    account.is_active = False
    account.end_sessions()
    account.save(update_fields=["is_active", "session_key_stamp"])
    record(account, "account_disabled", by=by)


def enable(account: Account, *, by: Account) -> None:
    """The account may sign in again."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(account, "account_enabled", by=by)


def address_of(request: HttpRequest) -> str:
    """The network address the request came from, as the server in front reports it."""
    return str(request.META.get("REMOTE_ADDR") or "")


def _note_failure(request: HttpRequest, login: str) -> None:
    account = Account.objects.filter(login=login).first()
    if account is not None:
        record(account, "sign_in_failed", address=address_of(request))
