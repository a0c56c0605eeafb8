"""What the portal says about itself: accessibility, personal data, and what machines may read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from openrenda.people.models import Congress

from .. import access
from .. import principles as listing

ROBOTS = """User-agent: *
Allow: /c/
Allow: /procedures/
Allow: /accessibility/
Allow: /privacy/
Allow: /principles/
Disallow: /c/*/feedback/
Disallow: /
"""


@access.public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everyone can read the pages, what is not reached, and where to say so."""
    return access.page(request, "accessibility", None, {})


@access.public
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, why, for how long, and what one may ask for (SEC-03, SEC-04)."""
    context = {
        "keep_autosaves": settings.KEEP_AUTOSAVES_DAYS,
        "keep_notices": settings.KEEP_NOTICES_DAYS,
        "keep_feedback": settings.KEEP_FEEDBACK_DAYS,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return access.page(request, "privacy", None, context)


@access.public
def principles(request: HttpRequest) -> HttpResponse:
    """What is counted, reminded of and asked for, each beside its clause of anti-formalism; the same everywhere."""
    return access.page(request, "principles", None, _principles())


@access.public
@access.of_congress
def principles_here(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The same, leading to this congress's own limits."""
    return access.page(request, "principles", congress, _principles())


def _principles() -> dict[str, Any]:
    clauses = [(number, _(words)) for number, words in listing.CLAUSES.items()]
    return {"source": _(listing.SOURCE), "clauses": clauses, "entries": listing.listed()}


@access.public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and nothing else."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
