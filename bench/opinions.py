"""Residents' opinions beside the suggestions: a hundred lives at one station through the engine, copied by SQL to forty stations in forty streets.

What waits for a station's clerk is as long at every size; what she has behind her grows. The copies have no acts: no list reads them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from openrenda.docket.actor import the_public
from openrenda.docket.history import History
from openrenda.docket.models import Matter, Party, RunningClock
from openrenda.people.actors import actor_for
from openrenda.people.models import Organ, Seat, Station
from openrenda.people.remembering import remembering
from openrenda.procedures.opinion.records import Opinion
from openrenda.search.writing import together
from tests.cast import BEGAN, Cast

from .copies import copy, fingerprint

STATIONS, CLERKS = 40, 4
PATTERNS, OPEN_PATTERNS, OPEN_COPIES = 100, 48, 49
COPIED = (Matter, Opinion, Party, RunningClock)
SAID = "第{number}号楼门口的路灯坏了{days}天，晚上老人出门看不见路，请尽快修理。"
SORTED = {"nature": "trouble", "level": "station"}
ANSWER = {"answer": "已请维修人员换好路灯，请放心出行。", "result": "solved"}
RATING = {"solved": "yes", "attitude": "good"}


def prepare(cast: Cast, first: Station, size: int, sit: Any) -> list[Seat]:
    """Make the opinions; the clerks of the first stations.

    :param sit: makes an account with a seat, by login, seat, kind and holder.
    """
    stations = [first, *(_station(number) for number in range(1, STATIONS))]
    clerks = [
        sit(cast, f"station{place}", "station_clerk", "station", row.pk)
        for place, row in enumerate([*stations[: CLERKS - 1], stations[-1]])
    ]
    _lives(cast, first, clerks[0])
    open_copies = min(OPEN_COPIES, max(0, size // PATTERNS - 1))
    times = (size - PATTERNS - open_copies * OPEN_PATTERNS) // (PATTERNS - OPEN_PATTERNS)
    # The last station is new: beside what is open it has hardly anything, however much the others have.
    old = stations[:-1]
    where = [stations[n % STATIONS] if n <= OPEN_COPIES else old[n % len(old)] for n in range(1, times + 1)]
    copy(COPIED, "opinion", [{"station": row.pk, "street": row.street_id} for row in where], open_copies, _value(first))
    return clerks


def _station(number: int) -> Station:
    street = Organ.objects.create(code=f"S{number:03}", name=f"测速第{number}街道", kind="street", since=BEGAN)
    name = f"测速第{number}联络站"
    return Station.objects.create(number=f"S{number:03}", name=name, kind="station", street=street, since=BEGAN)


def _lives(cast: Cast, station: Station, clerk: Seat) -> None:
    """A quarter waits to be sorted, a quarter to be answered, the rest is over."""
    history, by = History(cast.congress.pk, "测速"), actor_for(clerk)
    with remembering(), together():
        for number in range(PATTERNS):
            still_open = number < OPEN_PATTERNS
            began = timezone.localdate() - timedelta(days=number % 5 if still_open else 60 + number * 7)
            data = {"text": SAID.format(number=number, days=number + 2), "channel": "portal", "station": station.pk}
            public = the_public(cast.congress.pk, uuid4())
            matter = history.open("opinion", "say", at=_at(began, 0), data=data, by=public)
            if not still_open or number % 2:
                history.take(matter, "sort", at=_at(began, 0), data=SORTED, by=by)
            if not still_open:
                history.take(matter, "answer", at=_at(began, 9), data=ANSWER, by=by)
                history.take(matter, "rate", at=_at(began, 12), data=RATING, by=public)
        history.write()


def _at(began: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(began + timedelta(days=days), time(9)))


def _value(station: Station) -> Any:
    """Another station in another street, and tickets of its own."""

    def value(model: Any, column: str, own: str) -> str | None:
        if column == "holder":
            return f"CASE role WHEN 'resident' THEN {own} WHEN 'street' THEN c.street ELSE {_keeper(own, station.street_id)} END"
        if model is Opinion and column in ("station_id", "street_id"):
            return f"c.{column.removesuffix('_id')}"
        return fingerprint(own) if column in ("number_digest", "link_digest") else None

    return value


def _keeper(own: str, street: UUID) -> str:
    """An opinion is kept by the station and its street."""
    return f"CASE WHEN replace(CAST({own} AS text), '-', '') = '{street.hex}' THEN c.street ELSE c.station END"
