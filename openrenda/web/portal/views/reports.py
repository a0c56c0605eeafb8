"""Issued reports as everyone reads them: every number opens what of its list is published; the rest is counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from openrenda.figures.models import FrozenFigure, FrozenItem, Report
from openrenda.figures.reports import papers
from openrenda.figures.reports.comparing import compared, gone
from openrenda.figures.reports.parsing import TYPED
from openrenda.people.models import Congress
from openrenda.rulebook import book_for
from openrenda.web.reports import showing as pages

from .. import access, codes, listing, showing

SHOWN = 60
ROWS = 50
SIDES = {"part": "in_part", "whole": "in_whole", "excluded": "left_out"}


def issued() -> Any:
    """The reports that everyone may read, the newest first."""
    rows = Report.objects.filter(issued_on__isnull=False, matter__public_since__lte=timezone.localdate())
    return rows.filter(matter__confidential=False).select_related("matter", "session__term")


def one_of(congress: Congress, code: str) -> Report:
    """The published report behind a code.

    :raises Http404: when there is none.
    """
    matter_id = codes.id_of(code)
    record: Report | None = issued().filter(matter=matter_id).first() if matter_id else None
    if record is None:
        raise Http404
    return record


def address(congress: Congress, matter_id: UUID, *more: Any) -> str:
    """The permanent address of a report, or of one of its numbers."""
    name = "portal:report-number" if more else "portal:report"
    return reverse(name, args=[congress.division_code, codes.code_of(matter_id), *more])


@access.public
@access.of_congress
def reports(request: HttpRequest, congress: Congress) -> HttpResponse:
    """The published reports."""
    found, pager = listing.newest(issued(), "issued_on", SHOWN, request.GET)
    rows = [
        {"title": row.matter.title, "url": address(congress, row.matter_id), "issued_on": row.issued_on}
        for row in found
    ]
    return access.page(request, "reports", congress, {"reports": rows, "pager": pager})


@access.public
@access.of_congress
def report(request: HttpRequest, congress: Congress, code: str) -> HttpResponse:
    """One report; its lists hide what the portal hides."""
    record = one_of(congress, code)
    here = address(congress, record.matter_id)
    if request.path != here:
        return HttpResponseRedirect(here)
    paper = papers.issued(record, titles)
    link = pages.linker(paper, lambda entry: address(congress, record.matter_id, entry.position))
    context = {
        "record": record,
        "title": record.matter.title,
        "text": pages.text(paper, link),
        "annex": pages.annex(paper.entries),
    }
    return access.page(request, "report", congress, context)


@access.public
@access.of_congress
def number(request: HttpRequest, congress: Congress, code: str, position: int) -> HttpResponse:
    """What is behind one number: what of it is published, and how many are not."""
    record = one_of(congress, code)
    row = FrozenFigure.objects.filter(matter=record.matter_id, position=position).first()
    side = request.GET.get("side", row.side if row else "")
    if row is None or side not in SIDES:
        raise Http404
    compare = compared([row], timezone.localdate())[0]
    start = request.GET.get("after", "")
    after = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0
    items = FrozenItem.objects.filter(figure=row, **{SIDES[side]: True})
    found = list(items.filter(place__gt=after).order_by("place")[: ROWS + 1])
    shown, open_now = titles(found), published(found)
    total = {"part": row.part, "whole": row.whole, "excluded": row.excluded}[side] or 0
    context = {
        "record": record,
        "title": row.label or row.printed,
        "back_url": address(congress, record.matter_id),
        "facts": pages.facts(compare, book_for(congress).citation(row.basis) if row.basis else ""),
        "typed": row.kind == TYPED,
        "compare": compare,
        "total": total,
        "open": items.exclude(title="").count(),
        "rows": [_line(congress, item, shown[item.pk], open_now) for item in found[:ROWS]],
        "pager": {
            "previous_url": "?" if after else "",
            "next_url": f"?side={side}&after={found[ROWS - 1].place}" if len(found) > ROWS else "",
        },
    }
    return access.page(request, "report_number", congress, context)


def published(items: list[FrozenItem]) -> dict[UUID, Any]:
    """Of these items, the suggestions that everyone may read today."""
    rows = showing.published().filter(matter__in=[item.evidence for item in items])
    return {row.matter_id: row for row in rows}


def titles(items: list[FrozenItem]) -> dict[UUID, str]:
    """What everyone may read of the titles today: what was withheld since is a number alone, what was removed stays as it was published."""
    open_now, lost = published(items), gone(items)
    return {
        item.pk: showing.title(open_now[item.evidence])
        if item.evidence in open_now
        else item.title
        if item.evidence in lost
        else ""
        for item in items
    }


def _line(congress: Congress, item: FrozenItem, title: str, open_now: dict[UUID, Any]) -> dict[str, str]:
    """A line of the list; what is published leads to its page."""
    if item.evidence not in open_now:
        return {"number": item.number, "title": title, "url": ""}
    url = reverse("portal:suggestion", args=[congress.division_code, codes.code_of(item.evidence)])
    return {"number": item.number, "title": title, "url": url}
