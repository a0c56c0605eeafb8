"""The way in: which congresses are here, and what one of them publishes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from openrenda.people.models import Congress

from .. import access, codes, consultations, livelihood, numbers, showing
from .suggestions import addressed

NEWEST = 6
MOST_OPEN = 5
MOST_CONGRESSES = 500


@access.public
def congresses(request: HttpRequest) -> HttpResponse:
    """The congresses of this installation; with only one, straight to its page."""
    rows = list(Congress.objects.order_by("division_code")[:MOST_CONGRESSES])
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("portal:congress", args=[rows[0].division_code]))
    return access.page(request, "congresses", None, {"congresses": rows})


@access.public
@access.of_congress
def home(request: HttpRequest, congress: Congress) -> HttpResponse:
    """What the congress publishes: search, figures of the year, the newest answers."""
    today = timezone.localdate()
    context = {
        "rows": [addressed(congress, showing.row(record)) for record in showing.published()[:NEWEST]],
        "figures": numbers.cards(congress.division_code, today),
        "year": today.year,
        "open_for_comment": [
            {"row": row, "code": codes.code_of(row.matter_id)} for row in consultations.open_ones(today)[:MOST_OPEN]
        ],
        "collecting": [
            {"row": row, "code": codes.code_of(row.matter_id)} for row in livelihood.collecting(today)[:MOST_OPEN]
        ],
    }
    return access.page(request, "home", congress, context)
