"""What people read when something went wrong: what happened, what is kept, what to do."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_GONE = (OperationalError, InterfaceError)


def page_forbidden(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """The page is there, but not for this seat."""
    return render(request, "403.html", {"sentence": sentence}, status=403)


def page_413(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Too much was sent."""
    return render(request, "413.html", {"sentence": sentence}, status=413)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that cannot be read; most often it is too large."""
    if isinstance(exception, TOO_LARGE):
        return page_413(request)
    return render(request, "404.html", {"sentence": _("浏览器送来的内容读不出来，没有改动任何内容。")}, status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not for this seat."""
    return page_forbidden(request)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such page, or not for this person; the two look the same."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit; nothing was sent on."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; or the database cannot be reached just now, which is another page."""
    if isinstance(sys.exc_info()[1], DATABASE_GONE):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})
    return HttpResponse(render_to_string("500.html"), status=500)
