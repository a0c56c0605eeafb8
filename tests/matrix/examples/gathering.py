"""What is typed about gatherings: one with whatever its kind needs, at one place, so that a second record of it is found."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities.activity_day.records import StreetDay
from openrenda.activities.gathering.alike import alike
from openrenda.activities.kinds import ACTIVITY_DAY, CONTACT_GROUP, HANDED, RESEARCH, STAFF, TALK, UNSOLVABLE
from openrenda.activities.record import Activity
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Station
from tests.cast import BEGAN, Cast

from . import Answers

HALF = 0.5
COMPANY = "社区 青石社区 2\n居民 居民代表 5\n市代表 市代表 1"
EVERYDAY, TALKING = (RESEARCH, CONTACT_GROUP), (RESEARCH, CONTACT_GROUP, TALK)


def hub(cast: Cast) -> Station:
    """The hub station of the street."""
    street = cast.organs["street"]
    known = Station.objects.filter(number="M01").first()
    return known or Station.objects.create(
        number="M01", name="枢纽站", kind="station", hub=True, street=street, since=BEGAN
    )


def _typed(situation: Situation, kind: str, cast: Cast) -> dict[str, Any]:
    return {
        "kind": kind, "place": "党群服务中心", "held_on": situation.today.isoformat(), "campaign": None, "destination": "",
        "station": hub(cast).pk, "street": cast.organs["street"].pk, "carried_by": "deputies", "linkages": [],
        "expected": [cast.mandates["chen"].pk], "note": "没有意见", "resources": "", "lines": "", "grid": None, "grid_role": "",
    }  # fmt: skip


def plan(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Some kind that needs no campaign; talks are called by stations, streets and the office."""
    kinds = TALKING if situation.actor.seat in STAFF else EVERYDAY
    return _typed(situation, pick.choice(kinds), cast)


def record(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """A street's part of a guided activity day, while it is still to be told of, by those who may; else a second record of one that
    is there, until one was merged and now and then, or something new; with whoever came."""
    came = attend(situation, pick, cast)
    held = Activity.objects.filter(matter__procedure="gathering", matter__state__in=("held", "closed"))
    day = held.filter(kind__in=EVERYDAY).last()
    part = StreetDay.objects.filter(matter__state="guided", held_on=None).exclude(entry_points="").last()
    if part:
        told = {**_typed(situation, ACTIVITY_DAY, cast), **came, "campaign": part.matter_id, "street": part.street_id}
        return told if situation.actor.seat in STAFF else None
    merged = Act.objects.filter(procedure="gathering", step="merge").exists()
    if day and (pick.random() < HALF or not merged):
        return {**_typed(situation, day.kind, cast), **came, "held_on": day.held_on.isoformat()}
    return {**_typed(situation, pick.choice(EVERYDAY), cast), **came}


def attend(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Everybody whom a talk needs."""
    return {"members": [], "on_leave": [], "leave_reason": "", "deputies": [cast.mandates["chen"].pk], "groups": [],
            "organs": [cast.organs["roads"].pk], "company": COMPANY}  # fmt: skip


def opinion(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Handed to somebody who does it, or with words."""
    outcome = pick.choice((HANDED, UNSOLVABLE))
    return {"outcome": outcome, "answer": "说明", "organ": cast.organs["roads"].pk, "due_on": situation.today.isoformat(),
            "deputy": None}  # fmt: skip


def report(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Written by a deputy who sits."""
    return {"author": cast.mandates["chen"].pk}


def merge(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """Whichever was found, with nothing repeated."""
    found = alike(situation)
    return {"other": str(found[0].matter_id), "repeated": []} if found else None


EXAMPLES: dict[str, Answers] = {
    "plan": plan, "change": plan, "record": record, "hold": attend, "opinion": opinion, "report": report, "merge": merge,
}  # fmt: skip
