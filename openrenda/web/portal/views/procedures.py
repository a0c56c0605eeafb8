"""The procedures as the law lays them down: the printed tables and a diagram, from the declarations themselves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from openrenda.docket import registry

from .. import access


@access.public
def procedures(request: HttpRequest) -> HttpResponse:
    """All procedures of this installation."""
    return access.page(request, "procedures", None, {"procedures": registry.procedures()})


@access.public
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """One procedure."""
    raise Http404
