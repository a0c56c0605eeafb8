"""What the tests of residents' opinions need: a resident, her opinion, and the stations of the cast."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import Actor, the_public
from openrenda.docket.models import Matter
from openrenda.people.models import Station
from tests.cast import BEGAN, Cast

from .stage import take

TEXT = "小区门口的路灯坏了半个月。晚上老人出门看不见路。"
SORTED = {"nature": "trouble", "level": "station"}
TO_ORGAN = {"nature": "trouble", "level": "district"}
ANSWER = {"answer": "已换好六盏路灯，请放心出行。", "result": "solved"}
RATING = {"solved": "yes", "attitude": "good"}


def resident(cast: Cast) -> Actor:
    """Somebody without an account."""
    return the_public(cast.congress.pk, uuid4())


def station(cast: Cast, number: str = "01") -> Station:
    """A station of the cast's street."""
    return Station.objects.create(
        number=number, name=f"青石街道第{number}联络站", kind="station", street=cast.organs["street"], since=BEGAN
    )


def said(cast: Cast, by: Actor | None = None, step: str = "say", **more: Any) -> Matter:
    """A resident says something."""
    data = {"text": TEXT, "channel": "portal", "street": cast.organs["street"].pk, **more}
    return docket.open_matter("opinion", step, by=by or resident(cast), data=data).matter


def entered(cast: Cast, who: str = "station", **more: Any) -> Matter:
    """A clerk or deputy enters what was heard."""
    data = {
        "text": TEXT,
        "channel": "walk_in",
        "heard_on": timezone.localdate().isoformat(),
        "street": cast.organs["street"].pk,
    }
    return docket.open_matter("opinion", "enter", by=cast[who], data={**data, **more}).matter


def handed(cast: Cast, matter: Matter) -> Matter:
    """Sorted and with the roads department."""
    take(cast, matter, "street", "sort", TO_ORGAN)
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    return now(matter)


def answered(cast: Cast, matter: Matter) -> Matter:
    """Answered by the department and checked."""
    take(cast, handed(cast, matter), "roads_clerk", "reply", ANSWER)
    take(cast, matter, "office", "release")
    return now(matter)


def now(matter: Matter) -> Matter:
    """The matter as it is now."""
    return Matter.objects.get(pk=matter.pk)


def topic(cast: Cast) -> Matter:
    """A reception day on which something may be taken up."""
    data = {"held_on": timezone.localdate().isoformat(), "place": "青石街道联络站", "places": 6}
    return docket.open_matter("reception-day", "arrange", by=cast["office"], data=data).matter
