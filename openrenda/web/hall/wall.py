"""The screen on the wall of the hall, at an address of its own that needs no sign-in: agenda, speaker and time, quorum, the code of the day, results.

The address is made when sign-in begins and cannot be guessed. It shows no papers, no names of voters and, of secret votes, nothing but the result.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openrenda.activities.hall import Sitting
from openrenda.people.models import Congress

from ..labels import label_of
from ..portal.access import of_congress
from .seats import wall_map
from .showing import hall_of


@never_cache
@require_safe
@of_congress
def wall(request: HttpRequest, congress: Congress, token: str) -> HttpResponse:
    """The screen, or what of it changes."""
    row = Sitting.objects.select_related("matter").filter(wall=token).first() if token else None
    if row is None:
        raise Http404
    hall = hall_of(row.matter)
    context = {
        "hall": hall, "state": label_of(hall.matter.state_now), "floor": hall.floor, "congress": congress, "large_text": True,
        "base_page": "base_plain.html", "code": row.code if hall.takes_sign_ins else "",
        "seat_map": wall_map(hall),
    }  # fmt: skip
    return render(request, "hall/wall_live.html" if request.GET.get("part") else "hall/wall.html", context)
