"""When deputies are to be met in the coming month: chosen by street, station or deputy, a page at a time (A12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.people import reception
from openrenda.people.models import Congress, Mandate, Station
from openrenda.people.models.reception_hours import MOBILE
from openrenda.people.stations import stations_of
from openrenda.web.choosing import row_of

from . import codes, network

ROWS, FIRST_FEW = 50, 8
KEY_SIGN = "."
KINDS: tuple[tuple[str, Any, Callable[[reception.Sitting], bool]], ...] = (
    ("", _("全部接待"), lambda _day: True),
    ("night", _("下班以后"), lambda day: day.after_work),
    ("mobile", _("流动联络点"), lambda day: day.hours.manner == MOBILE),
)
Key = tuple[date, time, str, str]


class Choice:
    """What the reader chose, from the address; anything that makes no sense is as if it were not there."""

    def __init__(self, asked: QueryDict) -> None:
        self.when = asked.get("when", "") if asked.get("when") in {key for key, _label, _asks in KINDS} else ""
        self.street = row_of(asked.get("street", ""))
        station = network.open_station(asked.get("station", "")[: network.LONGEST_TOKEN * 2])
        self.station = station if station and station.holds() else None
        deputy = network.open_mandate(asked.get("deputy", "")[: network.LONGEST_TOKEN * 2])
        self.deputy = deputy if deputy and deputy.holds() else None
        self.after = asked.get("after", "")[:60]

    def address(self, **changes: str) -> str:
        """This choice as the query part of an address, with changes; a change begins again with the first page."""
        chosen = {
            "when": self.when, "street": str(self.street or ""), "station": _code(self.station), "deputy": _code(self.deputy), **changes,
        }  # fmt: skip
        return f"?{urlencode({name: value for name, value in chosen.items() if value})}"

    @cached_property
    def every(self) -> list[reception.Sitting]:
        """The receptions of the coming month in order of time, of whatever kind."""
        if self.deputy:
            return of_deputy(self.deputy)
        first = timezone.localdate()
        near = {"street": self.street} if self.street else {}
        rows = [self.station] if self.station else list(Station.objects.on(first).filter(**near))
        return reception.sittings(first, first + timedelta(days=reception.COMING_DAYS), rows)

    def kinds(self) -> list[dict[str, Any]]:
        """The tabs, each with how many there are."""
        return [
            {
                "label": label,
                "count": sum(map(asks, self.every)),
                "url": self.address(when=key),
                "current": key == self.when,
            }
            for key, label, asks in KINDS
        ]

    def page(self) -> tuple[list[reception.Sitting], dict[str, str]]:
        """One page, and the addresses of the first and the next."""
        asks = next(asks for key, _label, asks in KINDS if key == self.when)
        found, begins = [day for day in self.every if asks(day)], _marked(self.after)
        rest = [day for day in found if _key(day) > begins] if begins else found
        more = len(rest) > ROWS
        return rest[:ROWS], {
            "previous_url": self.address() if len(rest) < len(found) else "",
            "next_url": self.address(after=_mark(rest[ROWS - 1])) if more else "",
        }


def of_deputy(deputy: Mandate) -> list[reception.Sitting]:
    """The receptions of the coming month in which this deputy sits."""
    first = timezone.localdate()
    seated = list(stations_of(deputy).filter(pk__in=Station.objects.on(first).values("pk")))
    days = reception.sittings(first, first + timedelta(days=reception.COMING_DAYS), seated) if seated else []
    return [day for day in days if deputy in day.deputies]


def first_few(congress: Congress, days: list[reception.Sitting], **whose: str) -> dict[str, Any]:
    """What a page about something else shows of them, and where all of them are."""
    address = reverse("portal:sittings", args=[congress.division_code])
    more = len(days) - FIRST_FEW
    return {"days": days[:FIRST_FEW], "more_days": max(more, 0), "all_days": f"{address}?{urlencode(whose)}"}


def _code(row: Any) -> str:
    return codes.code_of(row.pk) if row else ""


def _key(sitting: reception.Sitting) -> Key:
    return sitting.day, sitting.hours.begins, sitting.hours.station.number, sitting.hours.pk.hex


def _mark(sitting: reception.Sitting) -> str:
    return f"{sitting.day:%Y%m%d}T{sitting.hours.begins:%H%M}{KEY_SIGN}{sitting.hours.station.number}{KEY_SIGN}{sitting.hours.pk.hex}"


def _marked(text: str) -> Key | None:
    """The place in the list that a mark names; None for what is no mark."""
    moment, _first, rest = text.partition(KEY_SIGN)
    number, _second, row = rest.rpartition(KEY_SIGN)
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found.date(), found.time(), number, row
