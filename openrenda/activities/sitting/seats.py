"""The hall's plan 座位图: rows of seats, who sits where, by the order of strokes or by hand (J01).

A plan is a help for the clerk at the door and asks nothing of anybody: without one a sitting is as it was. Signing in by a seat is the step
of the person's own place (``attendance.py``); nothing is written here but where she sits.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, offer_choices

from ..hall import MEMBER, Attendance, HallSeat, Sitting, places_of
from .agenda import sitting_row
from .calling import NOT_COMING

MOST_ROWS, MOST_A_ROW = 60, 60
AISLE = re.compile(r"\s*[+＋]\s*")
NO_SEAT = "none"
Spot = tuple[int, int]


class Plan(StepForm):
    """The rows of the hall."""

    rows = LongText(
        label=_("座位排列"), rows=8, max_length=2000, required=False,
        help_text=_("一行一排，从主席台往后，写每排的座位数；中间有过道的用加号隔开，例如：6+6。全部清空就是不用座位图。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Begin with the plan as it is."""
        if not self.is_bound:
            self.initial["rows"] = sitting_row(self.situation).seat_rows

    def clean_rows(self) -> str:
        """Each line is one or several numbers of seats; without a line there is no plan any more."""
        text = str(self.cleaned_data["rows"])
        if not text and sitting_row(self.situation).seat_rows:
            return ""
        try:
            blocks = blocks_of(text)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None
        return "\n".join("+".join(str(count) for count in row) for row in blocks)


class Seat(StepForm):
    """One person takes one seat; whoever sat there takes hers, if she had one."""

    person = forms.ChoiceField(label=_("人员"))
    seat = forms.ChoiceField(label=_("座位"), help_text=_("座位上已经有人的，两人互换。"))

    def prepare(self) -> None:
        """Offer everybody who may come, and every seat with who sits on it."""
        people, taken = coming(self.situation), seated(self.situation)
        spots = {person: spot for spot, person in taken.items()}
        names = {row.pk: row.name for row in people}
        choose, offered = ("", gettext("请选择")), spots_of(sitting_row(self.situation).seat_rows)
        rows = [(str(row.pk), _with(row.name, spots.get(row.pk))) for row in people]
        seats = [(key_of(spot), _named(spot, names.get(taken[spot]) if spot in taken else None)) for spot in offered]
        offer_choices(self, "person", [choose, *rows])
        offer_choices(self, "seat", [choose, *seats, (NO_SEAT, gettext("不排座位"))])


def _with(name: str, spot: Spot | None) -> str:
    return name if spot is None else gettext("%(name)s（%(seat)s）") % {"name": name, "seat": words_of(spot)}


def _named(spot: Spot, name: str | None) -> str:
    return words_of(spot) if name is None else f"{words_of(spot)} · {name}"


def words_of(spot: Spot) -> str:
    """A seat in words."""
    return gettext("第%(row)d排%(seat)d座") % {"row": spot[0], "seat": spot[1]}


def key_of(spot: Spot) -> str:
    """A seat as forms send it."""
    return f"{spot[0]}-{spot[1]}"


def blocks_of(text: str) -> list[list[int]]:
    """How many seats each row has, between its aisles.

    :raises ValueError: with a sentence, for a line that is not numbers of seats.
    """
    rows = [_row(line.strip()) for line in text.splitlines() if line.strip()]
    if not rows:
        raise ValueError(gettext("请至少写一排座位。"))
    if len(rows) > MOST_ROWS:
        raise ValueError(gettext("最多 %(most)d 排。") % {"most": MOST_ROWS})
    return rows


def _row(line: str) -> list[int]:
    parts = AISLE.split(line)
    counts = [int(part) for part in parts if part.isdecimal() and 0 < int(part[:4]) <= MOST_A_ROW and len(part) < 5]
    if len(counts) != len(parts) or sum(counts) > MOST_A_ROW:
        words = {"line": line[:40], "most": MOST_A_ROW}
        raise ValueError(gettext("“%(line)s”看不懂。请只写座位数，例如 8 或者 6+6，每排最多 %(most)d 座。") % words)
    return counts


def spots_of(text: str) -> list[Spot]:
    """Every seat of a plan that was kept, from the front and from the left."""
    rows = blocks_of(text) if text else []
    return [(row, number) for row, counts in enumerate(rows, 1) for number in range(1, sum(counts) + 1)]


def coming(situation: Situation) -> list[Attendance]:
    """Everybody who may come, in the order of strokes."""
    return [row for row in places_of(situation.matter) if row.matter.state not in NOT_COMING]


def seated(situation: Situation) -> dict[Spot, UUID]:
    """Who sits where."""
    return {row.spot: row.attendance_id for row in situation.rows(HallSeat)}


def seat_people(situation: Situation, wanted: dict[Spot, UUID]) -> None:
    """Exactly these people sit there, and nobody elsewhere."""
    known = {row.spot: row for row in situation.rows(HallSeat)}
    for spot, person in wanted.items():
        if spot not in known:
            situation.add(HallSeat(row=spot[0], number=spot[1], attendance_id=person))
        elif known[spot].attendance_id != person:
            situation.change(known[spot], attendance_id=person)
    gone = [row.pk for spot, row in known.items() if spot not in wanted]
    if gone:
        situation.after_write.append(partial(_free, gone))


def _free(keys: list[Any]) -> None:
    HallSeat.objects.filter(pk__in=keys).delete()


def plan(situation: Situation, act: Act) -> None:
    """Keep the plan; whoever sits on a seat that is still there stays."""
    rows = situation.data.get("rows", "")
    there = set(spots_of(rows))
    situation.change(sitting_row(situation), seat_rows=rows)
    seat_people(situation, {spot: person for spot, person in seated(situation).items() if spot in there})


def copy(situation: Situation, act: Act) -> None:
    """The plan of the body's last sitting, and its people where they sat."""
    last = last_planned(situation)
    assert last is not None
    people = {row.person: row.pk for row in coming(situation)}
    rows = HallSeat.objects.filter(matter=last.matter_id).select_related("attendance")
    situation.change(sitting_row(situation), seat_rows=last.seat_rows)
    seat_people(situation, {row.spot: people[row.attendance.person] for row in rows if row.attendance.person in people})
    act.data["rows"] = last.seat_rows


def seat_all(situation: Situation, act: Act) -> None:
    """The members in the order of strokes, from the front and from the left; whoever else had a seat is seated anew by hand."""
    people = members(situation)
    spots = spots_of(sitting_row(situation).seat_rows)
    seat_people(situation, {spot: row.pk for spot, row in zip(spots, people, strict=False)})
    act.data["seated"] = len(people)


def seat(situation: Situation, act: Act) -> None:
    """She sits there; whoever sat there has her seat now, or none."""
    person, taken = UUID(situation.data["person"]), seated(situation)
    before = next((spot for spot, known in taken.items() if known == person), None)
    if before:
        del taken[before]
    if situation.data["seat"] != NO_SEAT:
        spot = _spot(situation.data["seat"])
        other = taken.get(spot)
        if before and other and before != spot:
            taken[before] = other
        taken[spot] = person
    seat_people(situation, taken)


def _spot(key: str) -> Spot:
    row, _dash, number = key.partition("-")
    return int(row), int(number)


def members(situation: Situation) -> list[Attendance]:
    """The members who may come."""
    return [row for row in coming(situation) if row.kind == MEMBER]


def last_planned(situation: Situation) -> Sitting | None:
    """The last sitting of the same body that had a plan."""
    own = sitting_row(situation)
    rows = Sitting.objects.filter(body=own.body, group=own.group_id).exclude(seat_rows="").exclude(pk=own.pk)
    return rows.order_by("-id").first()


def no_plan(situation: Situation) -> str | None:
    """There is a plan."""
    return None if sitting_row(situation).seat_rows else gettext("还没有画座位图。")


def nothing_to_copy(situation: Situation) -> str | None:
    """This sitting has no plan yet, and an earlier one had."""
    if sitting_row(situation).seat_rows:
        return gettext("这次会议已经有座位图。")
    if last_planned(situation) is None:
        return gettext("以前的同类会议没有画过座位图。")
    return None


def too_few_seats(situation: Situation) -> str | None:
    """There is a seat for every member."""
    seats, people = len(spots_of(sitting_row(situation).seat_rows)), len(members(situation))
    if seats >= people:
        return None
    words = {"people": people, "seats": seats}
    return gettext("组成人员 %(people)d 人，座位只有 %(seats)d 个，排不下。请先在座位图里增加座位。") % words
