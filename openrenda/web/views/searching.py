"""The page of the search."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..access import Request, acting, seated
from ..finding import Search


@seated
@require_safe
def search(request: Request) -> HttpResponse:
    """One box over suggestions and their replies, each line with the passage that answers."""
    asked = Search(acting(request), request.GET)
    if not asked.tables:
        raise Http404
    context = {
        "asked": asked,
        "filters": asked.filters(),
        "rows": asked.lines() if asked.words else [],
    }
    return render(request, "web/search.html", context)
