"""The seat map of a sitting 座位图: the hall from the rostrum down, who sits where, who is there; for the clerk each seat signs its person in.

Pressing a seat takes the step of that person's own place; the map writes nothing. The states are the same as everywhere, said in a word and a
shape. Printed it is the seating plan 座次图.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared
from django.views.decorators.http import require_safe

from openrenda.activities.hall import ARRIVING, Attendance, HallSeat
from openrenda.activities.sitting.calling import NOT_COMING
from openrenda.activities.sitting.seats import Plan as PlanForm
from openrenda.activities.sitting.seats import Seat as SeatForm
from openrenda.activities.sitting.seats import Spot, blocks_of, spots_of, words_of
from openrenda.docket.actor import Actor
from openrenda.docket.situation import Situation

from .. import stepping
from ..access import Request, acting, seated
from .showing import Hall, entered, keeps
from .views import SEATING, sitting_steps

MARK_CHARACTERS = 16
SIZES = {"narrow": 12, "middle": 20, "wide": 32}
ON_A_WALL = ("narrow", "middle")


@dataclass(frozen=True)
class Standing:
    """How a person stands, in a shape and a word, and what the clerk may press."""

    shape: str
    label: str
    icon: str = ""
    step: str = ""
    asks: bool = False
    """Asked about before it is taken, because it is seldom meant."""

    @property
    def words(self) -> str:
        """The word."""
        return _(self.label)


NOT_YET = Standing("awaited", declared("未到"), step="sign_in")
STANDINGS = {
    "invited": NOT_YET,
    "awaited": NOT_YET,
    "leave_asked": Standing("awaited", declared("未到，请假待批"), step="sign_in", asks=True),
    "on_leave": Standing("leave", declared("请假"), "paused", "sign_in", asks=True),
    "present": Standing("there", declared("已到"), "done", "leave_hall", asks=True),
    "left": Standing("gone", declared("离席"), "sign_out", "return"),
    "attended": Standing("there", declared("已到"), "done"),
    "excused": Standing("leave", declared("请假"), "paused"),
    "absent": Standing("absent", declared("缺席"), "close"),
}
ASKED = {
    "leave_hall": declared("%(name)s已到。要记为离席吗？"),
    "sign_in": declared("%(name)s请了假。到会了吗？签到后记为已到。"),
}


@dataclass(frozen=True)
class Seat:
    """One seat, and who sits on it."""

    spot: Spot
    place: Attendance | None
    anew: bool = False
    """Whether it is another day, on which whoever was there has not signed in yet."""

    @property
    def key(self) -> str:
        """How it is named in an address."""
        return f"{self.spot[0]}-{self.spot[1]}"

    @property
    def words(self) -> str:
        """Where it is."""
        return words_of(self.spot)

    @property
    def standing(self) -> Standing | None:
        """How its person stands."""
        if self.place is None:
            return None
        return NOT_YET if self.anew and self.place.came else STANDINGS.get(self.place.matter.state)


@dataclass(frozen=True)
class SeatMap:
    """The rows of a hall, each in the blocks between its aisles."""

    rows: list[list[list[Seat]]]

    @property
    def seats(self) -> Iterator[Seat]:
        """Every seat."""
        return (seat for row in self.rows for block in row for seat in block)

    @property
    def size(self) -> str:
        """How wide the hall is, for those who draw it on a sheet or a wall."""
        widest = max(sum(map(len, row)) for row in self.rows)
        return next((name for name, most in SIZES.items() if widest <= most), "widest")

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """How many people stand how, those with a seat."""
        found = [seat.standing for seat in self.seats if seat.standing]
        return [
            (standing, found.count(standing)) for standing in dict.fromkeys(STANDINGS.values()) if standing in found
        ]

    def of(self, place: Attendance | None) -> Seat | None:
        """Where somebody sits."""
        return next((seat for seat in self.seats if place and seat.place and seat.place.pk == place.pk), None)


def map_of(hall: Hall) -> SeatMap | None:
    """The plan with its people; nothing where none was drawn. One query."""
    text = hall.sitting.seat_rows
    if not text:
        return None
    rows = HallSeat.objects.filter(matter=hall.matter).select_related("attendance__matter")
    taken = {row.spot: row.attendance for row in rows if row.attendance.matter.state not in NOT_COMING}
    seats = {spot: Seat(spot, taken.get(spot), hall.another_day) for spot in spots_of(text)}
    return SeatMap([_row(row, counts, seats) for row, counts in enumerate(blocks_of(text), 1)])


def _row(row: int, counts: list[int], seats: dict[Spot, Seat]) -> list[list[Seat]]:
    """The seats of one row, numbered through over its aisles."""
    ends = list(accumulate(counts, initial=0))
    return [[seats[row, n + 1] for n in range(*ends_of)] for ends_of in pairwise(ends)]


def wall_map(hall: Hall) -> SeatMap | None:
    """The plan before the sitting opens, so that everybody finds her seat; none where a wall would be too small for it."""
    found = map_of(hall) if hall.matter.state == ARRIVING else None
    return found if found and found.size in ON_A_WALL else None


@seated
@require_safe
def seats(request: Request, matter_id: UUID) -> HttpResponse:
    """The page, or what of it changes; it is not sent again while nothing has."""
    hall, mine = entered(request, matter_id)
    actor = acting(request)
    found = map_of(hall)
    if not (keeps(actor) or (mine and found) or (actor.seat == "leader" and found)):
        raise Http404
    mark = mark_of(hall, found)
    context: dict[str, Any] = {
        "hall": hall, "map": found, "mark": mark, "mine": mine, "own": found.of(mine) if found else None,
        "presses": keeps(actor) and hall.takes_sign_ins, "keeps": keeps(actor), "new_key": stepping.new_key,
    }  # fmt: skip
    if found and "part" in request.GET:
        same = request.GET.get("mark") == mark
        return HttpResponse(status=204) if same else render(request, "hall/seat_map.html", context)
    if keeps(actor):
        context["asked"] = asked(request.GET.get("ask", ""), hall, found)
        # At the door a press leads back here: what seats people is then asked for by itself.
        if not (found and hall.under_way) or {"change", "rows"} & set(request.GET):
            context["offers"] = seating(hall, actor, request.GET)
    return render(request, "hall/seats.html", context)


def mark_of(hall: Hall, found: SeatMap | None) -> str:
    """What the map shows, in one word."""
    places = [seat.place for seat in found.seats] if found else []
    states = [f"{place.matter_id}{place.matter.state}" if place else "-" for place in places]
    numbers = hall.quorum_words if hall.under_way else ""
    told = "|".join((hall.matter.state, str(hall.another_day), numbers, hall.sitting.seat_rows, *states))
    return sha256(told.encode()).hexdigest()[:MARK_CHARACTERS]


def seating(hall: Hall, actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """The steps that draw the map and seat people, by name, each with its form; rows that were not understood stand in theirs, with the reason."""
    offers = {row["key"]: row for row in sitting_steps(hall, actor, SEATING)}
    situation = Situation(hall.matter, actor)
    for key, form in (("plan_seats", PlanForm), ("seat", SeatForm)):
        if key in offers:
            typed = asked if key == "plan_seats" and "rows" in asked else None
            offers[key]["form"] = form(typed, situation=situation)
    return offers


def asked(person: str, hall: Hall, found: SeatMap | None) -> dict[str, Any] | None:
    """What is asked about a seat that was pressed, before it is taken."""
    for seat in found.seats if found and hall.takes_sign_ins else ():
        if seat.place and str(seat.place.matter_id) == person and seat.standing and seat.standing.asks:
            step = seat.standing.step
            return {"seat": seat, "step": step, "words": _(ASKED[step]) % {"name": seat.place.name}}
    return None
