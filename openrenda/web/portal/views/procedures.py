"""The procedures as the law lays them down, in the words and with the days of one congress."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from openrenda.docket import registry
from openrenda.docket.language import Procedure
from openrenda.people.models import Congress
from openrenda.rulebook import book_for
from openrenda.web.labels import label_of

from .. import access, tables


@access.public
def anywhere(request: HttpRequest, key: str = "") -> HttpResponse:
    """Days differ from place to place: on to the only congress, or a choice."""
    rows = list(Congress.objects.order_by("division_code")[:500])
    name, rest = ("portal:procedure", [key]) if key else ("portal:procedures", [])
    addresses = [{"name": row.name, "url": reverse(name, args=[row.division_code, *rest])} for row in rows]
    if len(addresses) == 1:
        return HttpResponseRedirect(addresses[0]["url"])
    return access.page(request, "procedures_where", None, {"addresses": addresses})


@access.public
@access.of_congress
def procedures(request: HttpRequest, congress: Congress) -> HttpResponse:
    """All procedures of this installation."""
    at = congress.division_code
    rows = [
        {"label": label_of(table), "url": reverse("portal:procedure", args=[at, table.key])}
        for table in registry.open_procedures()
    ]
    return access.page(request, "procedures", congress, {"procedures": rows})


@access.public
@access.of_congress
def procedure(request: HttpRequest, congress: Congress, key: str) -> HttpResponse:
    """One procedure: its steps by stage and its time limits, each with its article."""
    table = _table(key)
    book = book_for(congress)
    context = {
        "label": label_of(table),
        "article": book.citation(table.basis) if table.basis else "",
        "diagram": reverse("portal:procedure-diagram", args=[table.key]),
        "stages": tables.stages(table, book),
        "clocks": tables.clocks(table, book),
    }
    return access.page(request, "procedure", congress, context)


@access.public
def diagram(request: HttpRequest, key: str) -> HttpResponse:
    """The state diagram of a procedure, the same for every congress."""
    return HttpResponse(tables.diagram(_table(key), tables.spoken()), content_type="image/svg+xml")


def _table(key: str) -> Procedure:
    """The procedure of the address.

    :raises Http404: when there is none.
    """
    table = next((table for table in registry.open_procedures() if table.key == key), None)
    if table is None:
        raise Http404
    return table
