"""Which seats a page is for. Deny by default: to any other seat there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]
UNAUTHORIZED = 401
NOT_SAVED = _("您的登录已经失效，刚才提交的内容没有保存。自动保存的草稿还在，请登录后继续。")


def asked_by_the_page(request: HttpRequest) -> bool:
    """Whether a script asked for a piece of the page, rather than a person for a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def for_seats(*keys: str) -> Callable[[View], View]:
    """Only for somebody who sits in one of these seats; without keys, for anybody who sits in a seat.

    Who has not signed in is sent to do so and comes back; what an autosave kept is still there.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _sign_in_first(request)
            if keys and actor.seat not in keys:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.seat_keys = keys  # type: ignore[attr-defined]
        return never_cache(guarded)

    return guard


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if asked_by_the_page(request):
        return HttpResponse(status=UNAUTHORIZED)
    if request.method != "GET":
        messages.warning(request, NOT_SAVED)
    goal = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "")
    place = "people:seats" if request.user.is_authenticated else "people:sign-in"
    return redirect(reverse(place) + ("?" + urlencode({"next": goal}) if goal else ""))
