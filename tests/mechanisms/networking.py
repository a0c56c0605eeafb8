"""A network of stations for the mechanisms that stand on one."""

from __future__ import annotations

import datetime
from typing import Any

from openrenda.people.models import Community, Grid, Organ, ReceptionHours, Station
from tests.cast import BEGAN, Cast


def a_street(number: int, **fields: Any) -> Organ:
    """A further street."""
    return Organ.objects.create(code=f"S{number:03d}", name=f"第{number}街道", kind="street", since=BEGAN, **fields)


def communities(street: Organ, many: int) -> list[Community]:
    """So many communities of a street."""
    rows = [
        Community(code=f"{street.code}-C{number:03d}", name=f"{street.name}第{number}社区", street=street, since=BEGAN)
        for number in range(1, many + 1)
    ]
    return list(Community.objects.bulk_create(rows))


def a_station(street: Organ, number: str = "Z01", kind: str = "station", **fields: Any) -> Station:
    """A station open since the term began."""
    since = fields.pop("since", BEGAN)
    name = fields.pop("name", f"{number}联络站")
    return Station.objects.create(number=number, name=name, kind=kind, street=street, since=since, **fields)


def a_grid(street: Organ, number: str = "31", **fields: Any) -> Grid:
    """A grid with a governor."""
    fields.setdefault("governor", "何平")
    return Grid.objects.create(number=number, name=f"{number}号区块", street=street, since=BEGAN, **fields)


def hours(station: Station, **fields: Any) -> ReceptionHours:
    """Two hours in the morning, every Monday unless another rhythm is given."""
    if not {"day", "weekday", "month_day"} & set(fields):
        fields["weekday"] = 1
    fields.setdefault("since", BEGAN)
    fields.setdefault("begins", datetime.time(9, 0))
    fields.setdefault("ends", datetime.time(11, 0))
    return ReceptionHours.objects.create(station=station, **fields)


def street_of(cast: Cast) -> Organ:
    """The one street of the cast."""
    return cast.organs["street"]
