"""What people read when something went wrong: what happened, what is kept, what to do."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_GONE = (OperationalError, InterfaceError)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# SQLite says it in words (SQLITE_FULL), PostgreSQL by its code (disk_full).
FULL_WORDS, FULL_CODE = "is full", "53100"
RETRY_SECONDS = 10


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
    # A session that could not be written is reported as a bad request, whatever kept it from being written.
    if page := _page_503(exception):
        return page
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
    """Our fault; or the database cannot be reached or the disk is full just now, which is another page."""
    return _page_503(sys.exc_info()[1]) or HttpResponse(render_to_string("500.html"), status=500)


def _page_503(problem: BaseException | None) -> HttpResponse | None:
    """The page for what passes by itself or by the operator's hand; None when this is no such problem."""
    causes = list(_causes(problem))
    full = any(map(_is_full, causes))
    if not full and not any(isinstance(cause, DATABASE_GONE) for cause in causes):
        return None
    sentence = _("服务器的磁盘满了，这次没有保存。请告诉系统管理员。") if full else ""
    page = render_to_string("503.html", {"sentence": sentence})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    """The exception and those it came from."""
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _is_full(problem: BaseException) -> bool:
    """Whether there was no room left on the disk, for the database or for an upload."""
    if isinstance(problem, OperationalError):
        return FULL_WORDS in str(problem) or getattr(problem.__cause__, "sqlstate", "") == FULL_CODE
    return isinstance(problem, OSError) and problem.errno in NO_ROOM
