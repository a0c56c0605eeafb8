"""A station of the cast's street, and a day for the next hall."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import Q

from openrenda.activities.council_hall import HOSTING
from openrenda.docket.situation import Situation
from openrenda.people.models import Station
from tests.cast import BEGAN, Cast, _sit

from . import Answers

NUMBER = "H1"


def arranged(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """At the station, or at the one of whoever arranges it, today; a street without any arranges none."""
    mine = sorted(situation.actor.holders)
    own = Station.objects.filter(Q(pk__in=mine) | Q(street__in=mine)).order_by("number").first()
    if own is None and situation.actor.seat in HOSTING:
        return None
    return {"station": (own or Station.objects.get(number=NUMBER)).pk, "held_on": situation.today.isoformat()}


def next_one(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """In a fortnight."""
    return {"next_on": (situation.today + timedelta(days=14)).isoformat()}


def owned(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """By one that has somebody to do it."""
    return {"organ": cast.organs["roads"].pk}


EXAMPLES: dict[str, Answers] = {"arrange": arranged, "close": next_one, "cancel": next_one, "decide": owned}


def people(cast: Cast) -> None:
    """A station, and somebody who keeps it."""
    street = cast.organs["street"]
    row = Station.objects.create(number=NUMBER, name="议事厅站", kind="station", street=street, since=BEGAN)
    _sit(cast, "hall_clerk", "station_clerk", "station", row.pk, "议事厅站工作人员")
