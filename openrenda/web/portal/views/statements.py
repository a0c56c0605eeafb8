"""What the portal says about itself: accessibility, personal data, and what machines may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .. import access

ROBOTS = """User-agent: *
Allow: /c/
Allow: /procedures/
Allow: /accessibility/
Allow: /privacy/
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
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and nothing else."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
