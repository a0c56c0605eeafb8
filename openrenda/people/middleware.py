"""Every request of a signed-in person acts in one seat, for one congress."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from openrenda.languages import one_language
from openrenda.people import sessions
from openrenda.people.actors import actor_for
from openrenda.people.guards import UNAUTHORIZED, asked_by_the_page
from openrenda.people.models import Seat
from openrenda.people.offices import is_staff_key
from openrenda.tenancy import congress_scope

GetResponse = Callable[[HttpRequest], HttpResponse]
OPEN_PATHS = ("/sign-in/", "/sign-out/", "/account/", "/preferences/", "/static/")


class SeatMiddleware:
    """Sets ``request.seat``, ``request.actor`` and ``request.congress`` and puts the congress into context.

    All three are None for the public. One query beside the session's own. Sends a person on who must change her
    password, must enrol a second factor or has been away too long.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = sessions.seat_of(request) if SESSION_KEY in request.session else None
        request.seat = seat  # type: ignore[attr-defined]
        request.actor = actor_for(seat, fresh=sessions.is_fresh(request.session)) if seat else None  # type: ignore[attr-defined]
        request.congress = seat.congress if seat else None  # type: ignore[attr-defined]
        if seat is not None:
            request.user = seat.account
            diversion = self.diversion(request, seat)
            if diversion is not None:
                return diversion
        with congress_scope(seat.congress_id) if seat else nullcontext(), one_language():
            return self.get_response(request)

    def diversion(self, request: HttpRequest, seat: Seat) -> HttpResponse | None:
        """Where the person must go first, if anywhere."""
        if request.path.startswith(OPEN_PATHS):
            return None
        if sessions.idle_too_long(request.session, seat.key):
            request.session.flush()
            messages.warning(request, _("您超过 30 分钟没有操作，为保护账号已自动退出。已保存的内容都在，请重新登录。"))
            return _go(request, "people:sign-in")
        if seat.account.must_change_password:
            return _go(request, "people:password")
        if is_staff_key(seat.key) and second_factor_required() and not sessions.has_second_factor(request.session):
            return _go(request, "people:second-factor")
        return None


def second_factor_required() -> bool:
    """Whether staff seats need a second factor; only a demonstration or a test may switch it off."""
    return bool(getattr(settings, "SECOND_FACTOR_REQUIRED", True))


def _go(request: HttpRequest, name: str) -> HttpResponse:
    """Sends the browser to the page, and back to where it wanted to go afterwards. A script's question moves nobody away."""
    if asked_by_the_page(request):
        return HttpResponse(status=UNAUTHORIZED)
    wanted = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "")
    return HttpResponseRedirect(reverse(name) + ("?" + urlencode({"next": wanted}) if wanted else ""))
