"""Promises made in published replies, and what became of them: the list, and one of them under its permanent address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from openrenda.people.models import Congress
from openrenda.procedures.suggestion.records import Suggestion
from openrenda.rulebook import book_for

from .. import access, codes
from .. import promises as shown


@access.public
@access.of_congress
def promises(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The list, by organ, state and year."""
    choice = shown.Choice(request.GET)
    action = reverse("portal:promises", args=[congress.division_code])
    rows, pager = shown.page_of(choice)
    context = {
        "choice": choice,
        "filters": shown.filters(choice, action),
        "clear_url": action,
        "rows": rows,
        "pager": pager,
    }
    return access.page(request, "promises", congress, context)


@access.public
@access.of_congress
def promise(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One promise. Those of secret or withheld suggestions do not exist here."""
    matter_id = codes.id_of(code)
    row = shown.published_one(matter_id) if matter_id else None
    if row is None:
        raise Http404
    address = reverse("portal:promise", args=[congress.division_code, codes.code_of(row.matter_id)])
    if request.path != address:
        return HttpResponseRedirect(address)
    record = Suggestion.objects.select_related("matter").get(matter=row.suggestion_id)
    context = {
        "one": shown.line(row, record),
        "history": shown.history(row, record),
        "judgements": shown.judgements(row, book_for(congress)),
        "suggestion_code": codes.code_of(record.matter_id),
        "address": request.build_absolute_uri(address),
        "print_title": row.matter.number,
    }
    return access.page(request, "promise", congress, context)
