"""What happened to promises after everything else was told: deputies left before they judged, and an organ was merged into another."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter, Party
from openrenda.people.actors import actor_for
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Mandate, Organ, Seat
from openrenda.people.organs import merge_organs

from .phrases import Words, dice, remarks
from .registers import House

LEAVERS = 2
LATER_DAYS = 60
KNOWN = frozenset({f"deputy{number}" for number in range(1, 31)})
BASIS = "关于接受辞去代表职务请求的决定（演示）"
MERGED_ON_BASIS = "区机构改革方案（演示）"


def promises_after_all(house: House) -> None:
    """Two promises that no deputy can judge any more, one of them inspected; and the promises of an organ that is no more."""
    office = next(actors[0] for (seat, _holder), actors in house.actors.items() if seat == "deputy_office")
    for place, (mandate, matter) in enumerate(_judged_by_one_alone(house)):
        end_mandate(mandate, until=timezone.localdate() - timedelta(days=1), reason="resigned", basis=BASIS)
        _take(matter, "pass_to_office", office)
        if place:
            _take(matter, "inspect_kept", office, held_on=timezone.localdate().isoformat(), people="代工委两人、居民代表三人",
                  finding=Words(dice(LEAVERS, matter.number, "found"), {}).one(remarks("promise.inspection")), signed_word="现场核查单")  # fmt: skip
    _asks_for_a_later_day(house)
    _merge(house)


def _take(matter: Matter, step: str, by: Actor, **data: Any) -> None:
    docket.act(Matter.objects.get(pk=matter.pk), step, by=by, data=data)


def _judged_by_one_alone(house: House) -> list[tuple[Mandate, Matter]]:
    """Deputies of whom no story is told elsewhere, each with a promise reported to nobody but her."""
    known = {row.pk for key in KNOWN if (row := house.row("mandate", key))}
    waiting = Matter.objects.filter(procedure="commitment", state="reported").order_by("opened_on", "id")
    found: dict[Any, Matter] = {}
    for matter in waiting:
        signers = list(Party.objects.filter(matter=matter, role__in=("sponsor", "cosigner"), until=None))
        if len(signers) == 1 and signers[0].holder not in known:
            found.setdefault(signers[0].holder, matter)
    mandates = Mandate.objects.in_bulk(list(found)[: LEAVERS * 2])
    return [(mandates[pk], matter) for pk, matter in found.items() if pk in mandates][:LEAVERS]


def _asks_for_a_later_day(house: House) -> None:
    """An organ asks for a later day today, for what is long overdue; the deputy is yet to be heard."""
    overdue = Matter.objects.filter(procedure="commitment", state="open", due_on__lt=timezone.localdate()).order_by(
        "due_on", "id"
    )
    later = (timezone.localdate() + timedelta(days=LATER_DAYS)).isoformat()
    for matter in overdue[:LEAVERS]:
        handler = Party.objects.get(matter=matter, role="handler", until=None)
        offices = (actors[0] for (seat, _holder), actors in house.actors.items() if seat == "organ_office")
        office = next(actor for actor in offices if handler.holder in actor.holders)
        _take(
            matter,
            "ask_postponement",
            office,
            due_on=later,
            reason=Words(dice(LEAVERS, matter.number, "later"), {}).one(remarks("promise.later")),
        )


def _merge(house: House) -> None:
    """The department with the fewest open matters, if it still has a promise to keep, goes over to the one before it."""
    departments = list(Organ.objects.on().filter(kind="department").order_by("-position"))
    registrar = actor_for(Seat.objects.on().filter(key="system_admin").select_related("account")[0])
    for organ, heir in pairwise(departments):
        owed = Party.objects.filter(
            holder=organ.pk, role="handler", until=None, matter__procedure="commitment", matter__closed_on=None
        )
        if owed.exists():
            merge_organs([organ], heir, on=timezone.localdate(), basis=MERGED_ON_BASIS, by=registrar)
            return
