"""Resolutions and decisions: the list of a year, and one of them under its permanent address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from openrenda.people.models import Congress

from .. import access, codes
from .. import resolutions as shown


@access.public
@access.of_congress
def resolutions(request: HttpRequest, congress: Congress) -> HttpResponse:
    """What was published, by the year of the vote and by kind."""
    listed = shown.years()
    choice = shown.Choice.of(request.GET, listed)
    rows = [shown.line(row) for row in choice.rows()[: shown.MOST_SHOWN]]
    return access.page(request, "resolutions", congress, {"rows": rows, "choice": choice, **choice.tabs(listed)})


@access.public
@access.of_congress
def resolution(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One of them, word for word: what is published is the official text."""
    row = shown.one_of(code)
    if row is None:
        raise Http404
    address = reverse("portal:resolution", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != address:
        return HttpResponseRedirect(address)
    context = {
        "one": shown.line(row),
        "published_on": shown.since(row),
        **shown.succession(row),
        "address": request.build_absolute_uri(address),
        "print_title": row.matter.number,
    }
    return access.page(request, "resolution", congress, context)
