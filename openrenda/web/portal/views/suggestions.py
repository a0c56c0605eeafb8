"""Published suggestions: the list, one of them with its replies, and the list behind a figure."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone

from openrenda.docket.models import File
from openrenda.people.models import Congress
from openrenda.rulebook import book_for

from .. import access, board, codes, listing, numbers, showing

OPINIONS_BESIDE = 5


def addressed(congress: Congress, row: dict[str, Any]) -> dict[str, Any]:
    """A line of a list with the permanent address of its suggestion."""
    code = codes.code_of(row["record"].matter_id)
    return {**row, "url": reverse("portal:suggestion", args=[congress.division_code, code])}


@access.public
@access.of_congress
def suggestions(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The list, with search, filters and paging by key; what is not published is counted in a line."""
    choice = listing.Choice(request.GET)
    action = reverse("portal:suggestions", args=[congress.division_code])
    context: dict[str, Any] = {
        "choice": choice,
        "filters": listing.filters(choice, action, book_for(congress)),
        "search_query": choice.words,
        "clear_url": action,
    }
    if choice.words:
        context["rows"] = [addressed(congress, row) for row in listing.search(choice)]
        context["most_found"] = listing.MOST_FOUND
        context["opinions"], context["opinions_url"] = _opinions(congress, choice)
    else:
        found, context["pager"] = listing.paged(choice.narrow(showing.published()), choice)
        context["rows"] = [addressed(congress, showing.row(record)) for record in found]
        context["withheld"] = listing.withheld(choice)
        context["withheld_year"] = choice.year or timezone.localdate().year
    return access.page(request, "suggestions", congress, context)


def _opinions(congress: Congress, choice: listing.Choice) -> tuple[list[dict[str, Any]], str]:
    """What stands on the board and carries the same words: the first of them, and the address of all."""
    asked = urlencode({"q": choice.words})
    rows = [] if choice.filtered else board.search(board.Choice(QueryDict(asked)), OPINIONS_BESIDE)
    return rows, f"{reverse('portal:opinion-board', args=[congress.division_code])}?{asked}"


@access.public
@access.of_congress
def suggestion(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One suggestion as everyone may read it. Unpublished ones do not exist here."""
    matter_id = codes.id_of(code)
    record = showing.published_one(matter_id) if matter_id else None
    if record is None:
        raise Http404
    address = reverse("portal:suggestion", args=[congress.division_code, codes.code_of(record.matter_id)])
    if request.path != address:
        return HttpResponseRedirect(address)
    sent = showing.replies(record, book_for(congress))
    context = {
        "record": record,
        "title": showing.title(record),
        "number": showing.number(record),
        "state": showing.state_words(record.matter.state),
        "text": showing.text(record),
        "cosigners": showing.cosigners(record),
        "replies": sent,
        "files": [_file(congress, row) for row in showing.files(record)],
        "stages": showing.stages(record, sent),
        "address": request.build_absolute_uri(address),
        "print_title": showing.number(record),
    }
    return access.page(request, "suggestion", congress, context)


def _file(congress: Congress, row: File) -> dict[str, Any]:
    """A document as its card shows it."""
    url = reverse("web:public-file", args=[congress.division_code, row.pk])
    return {"name": row.name, "url": url, "size": row.size, "kind": "file"}


@access.public
@access.of_congress
def figure(request: HttpRequest, congress: Congress, key: str) -> HttpResponse:
    """The list behind a figure: what is published is listed, the rest is counted by why it is not."""
    one = numbers.figure(key)
    if one is None:
        raise Http404
    period = numbers.year_so_far(timezone.localdate())
    rows, others, total = numbers.behind(one, period)
    found, pager = listing.paged(rows, listing.Choice(request.GET))
    context = {
        "figure": one,
        "period": period,
        "total": total,
        "others": others,
        "published": total - sum(count for _words, count in others),
        "rows": [addressed(congress, showing.row(record)) for record in found],
        "pager": pager,
    }
    return access.page(request, "figure", congress, context)
