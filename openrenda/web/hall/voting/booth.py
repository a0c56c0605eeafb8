"""The booth: where a secret ballot is cast by nobody in particular.

The address stands before sessions, seats and languages. What a request tells of its sender is taken off before anybody looks at it, and nothing of it
is logged. A ballot is accepted for its signature alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from openrenda.ballots.box import Entry
from openrenda.ballots.casting import ballot_of, cast_secret
from openrenda.ballots.refusals import NotABallot, NotAccepted, NotOpen
from openrenda.languages import speaking
from openrenda.middleware import declared_length
from openrenda.tenancy import congress_scope

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX, ADDRESSES = "/booth/", "openrenda.web.hall.voting.urls"
OF_A_SENDER = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_X_FORWARDED_FOR",
    "REMOTE_ADDR",
    "REMOTE_PORT",
)
LONGEST_BYTES, REFUSED, GONE = 64 * 1024, 422, 410
FIELDS = ("key", "signature", "seal", "paper")


class Booth:
    """Answers what comes to the booth, before anything that would ask who it is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        for name in OF_A_SENDER:
            request.META.pop(name, None)
        found = resolve(request.path_info, ADDRESSES)
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        response.headers["Cache-Control"] = "no-store"
        # Django writes a line for every refusal; not for one of these.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


@csrf_exempt
@require_POST
def cast(request: HttpRequest, congress: UUID, ballot: UUID) -> HttpResponse:
    """Put a ballot into the box. The answer is the same for the same ballot, whoever sends it how often."""
    language = "en" if request.GET.get("language") == "en" else settings.LANGUAGE_CODE
    with congress_scope(congress), speaking(language):
        try:
            found = ballot_of(ballot)
            if found is None:
                raise NotOpen
            return JsonResponse({"tracker": cast_secret(found, _entry(request))})
        except NotAccepted as problem:
            status = GONE if isinstance(problem, NotOpen) else REFUSED
            return JsonResponse({"code": problem.code, "sentence": problem.sentence}, status=status)


def _entry(request: HttpRequest) -> Entry:
    """The ballot that was sent.

    :raises NotABallot: when it is none.
    """
    if declared_length(request) > LONGEST_BYTES:
        raise NotABallot
    try:
        data = json.loads(request.body)
        texts = [data[name] for name in FIELDS]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise NotABallot from problem
    if not all(isinstance(text, str) for text in texts):
        raise NotABallot
    return Entry(*texts)
