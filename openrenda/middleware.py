"""What every request passes through before it reaches a room."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property

import structlog
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]
ACCEPTED_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
REQUEST_ID_HEADER = "X-Request-ID"
CONTENT_TOO_LARGE = 413


class RequestIdentity:
    """Give each request an id that its log lines and its answer carry; a proxy's own id is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get(REQUEST_ID_HEADER, "")
        request_id = offered if ACCEPTED_REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex
        # Left in place after the answer, because Django logs refusals once every middleware is done.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers[REQUEST_ID_HEADER] = request_id
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of ``CONTENT_SECURITY_POLICY``. It is the same for every answer, so its text is made once.

    Only an answer that carries an update of its own has another: the map of a congress that has chosen a service of tiles.
    """

    @cached_property
    def policy(self) -> str:
        """The header's text."""
        parts = self.get_policy_parts(HttpRequest(), HttpResponse())
        return str(build_policy(**asdict(parts)))

    def process_request(self, request: HttpRequest) -> None:
        """No page has a nonce: nothing runs from inside a page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Send the policy with every answer."""
        if hasattr(response, "_csp_update"):
            parts = self.get_policy_parts(HttpRequest(), response)  # type: ignore[arg-type]
            response.headers[HEADER] = str(build_policy(**asdict(parts)))
        response.headers.setdefault(HEADER, self.policy)
        return response


class UploadLimit:
    """Refuse a request whose declared length exceeds ``UPLOAD_LIMIT_BYTES``, before reading any of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if declared_length(request) > settings.UPLOAD_LIMIT_BYTES:
            return self.refusal(request)
        return self.get_response(request)

    def refusal(self, request: HttpRequest) -> HttpResponse:
        limit = settings.UPLOAD_LIMIT_BYTES // settings.MEGABYTE
        sentence = _(
            "您上传的内容超过了 %(limit)s MB 的上限，没有保存。请压缩或拆分附件后再试；此前已保存的内容不受影响。"
        ) % {"limit": limit}
        page = render_to_string("413.html", {"sentence": sentence}, request)
        # The unread body would otherwise be taken for the next request on the same connection.
        return HttpResponse(page, status=CONTENT_TOO_LARGE, headers={"Connection": "close"})


def declared_length(request: HttpRequest) -> int:
    """The length in bytes the request announces; 0 when it announces none."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0
