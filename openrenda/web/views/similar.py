"""Similar matters, asked for while somebody writes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from .. import similarity
from ..access import Request, acting, seated, step_of, table_of


@seated
@require_POST
def similar(request: Request, procedure: str, step_key: str) -> HttpResponse:
    """A piece of page with the matters most like what has been written so far."""
    table = table_of(procedure)
    step = step_of(table, step_key)
    title, text = similarity.written(step, request.POST)
    try:
        exclude = UUID(request.POST.get("matter", ""))
    except ValueError:
        exclude = None
    found = similarity.found(acting(request), table, title, text, exclude)
    return render(request, "web/similar.html", {"found": found})
