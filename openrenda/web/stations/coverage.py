"""What the network lacks: ten checks, each number with its list, and what was opened this year (A06, A07, A17, A19)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.people import coverage
from openrenda.people.models.station import KIND_LABELS, SITE_LABELS
from openrenda.people.views.administration import station_tabs

from ..access import Request
from .checks import checks, found
from .guard import for_readers
from .shown_checks import behind, card

NEXT_STEP = {
    "deputies": "station-members", "staffed": "station-members", "hubs": "hub-links", "highlights": "stations",
    "specialities": "specialities", "streets": "stations", "communities": "stations", "governors": "grids",
    "grid-deputies": "grid-members",
}  # fmt: skip


@for_readers
@require_safe
def overview(request: Request) -> HttpResponse:
    """All checks; two queries each."""
    year = timezone.localdate().year
    context = {
        "checks": [card(check, "stations:lacking") for check in checks()],
        "kinds": [
            _counted(KIND_LABELS[key], number, kind=key, shown="open") for key, number in coverage.by_kind().items()
        ],
        "sites": [
            _counted(SITE_LABELS.get(key, key), number, kind="point", site=key, shown="open")
            for key, number in coverage.points_by_site().items()
        ],
        "opened": _counted(_("今年新增"), coverage.opened_in(year).count(), opened=year),
        "tabs": station_tabs(request),
    }
    return render(request, "stations/coverage.html", context)


def _counted(label: Any, number: int, **chosen: Any) -> dict[str, Any]:
    return {"label": label, "value": number, "url": f"{reverse('stations:list')}?{urlencode(chosen)}"}


@for_readers
@require_safe
def lacking(request: Request, key: str) -> HttpResponse:
    """The list behind one check."""
    check = found(key)
    if check is None:
        raise Http404
    context = {
        **behind(check, request.actor.seat),
        "register": NEXT_STEP.get(key) if request.actor.seat != "leader" else "",
        "tabs": station_tabs(request),
    }
    return render(request, "stations/lacking.html", context)
