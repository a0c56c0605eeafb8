"""Who may look at the network and who keeps it. To any other seat there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from openrenda.people.offices import STATION_KEEPERS

from ..access import Request, View, seated
from ..kinds import NETWORK_SEATS

READERS = NETWORK_SEATS


def _for(seats: tuple[str, ...]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.seat not in seats:
                raise Http404
            return view(request, *args, **kwargs)

        return seated(guarded)

    return guard


for_readers = _for(READERS)
for_keepers = _for(STATION_KEEPERS)
