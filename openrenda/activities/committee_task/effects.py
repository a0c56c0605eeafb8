"""What the steps of a joint task write."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ

from ..joint import CALLED_OFF, HELD, CommitteeDay, CommitteePart, CommitteeWork
from ..record import Activity
from .bars import running

LEADS, ASSISTS = "lead_committee", "assisting"


def set_up(situation: Situation, act: Act) -> None:
    """The task, and who leads and assists."""
    data = situation.data
    situation.matter.title = data["title"]
    situation.note(text=data["text"], due_on=data.get("due_on"))
    _split(situation)


def change(situation: Situation, act: Act) -> None:
    """Another split; parts that go on stay as they are, and who left keeps what it did."""
    situation.note(due_on=situation.data.get("due_on"))
    _split(situation)


def _split(situation: Situation) -> None:
    data = situation.data
    lead, assisting = UUID(data["lead"]), [UUID(pk) for pk in data.get("assisting", [])]
    wanted = {lead: True, **dict.fromkeys(assisting, False)}
    for row in running(situation) if not situation.new else []:
        if wanted.get(row.committee_id) == row.leads:
            del wanted[row.committee_id]
        else:
            situation.change(row, until=situation.today)
            situation.end_party(LEADS if row.leads else ASSISTS, row.committee_id)
    for organ in Organ.objects.filter(pk__in=list(wanted)).order_by("position", "code"):
        leads = wanted[organ.pk]
        situation.add_party(LEADS if leads else ASSISTS, organ.pk, organ.name)
        situation.add(CommitteePart(committee=organ, leads=leads, since=situation.today))
    situation.note(lead_id=lead)


def divide(situation: Situation, act: Act) -> None:
    """One committee's part in words."""
    data = situation.data
    row = next(row for row in running(situation) if str(row.committee_id) == data["committee"])
    situation.change(row, part=data["part"], due_on=data.get("due_on"))


def arrange(situation: Situation, act: Act) -> None:
    """One more activity in the joint calendar."""
    data = situation.data
    situation.add(CommitteeDay(
        committee_id=UUID(data["committee"]), unit_id=UUID(data["unit"]), what=data["what"], held_on=date.fromisoformat(data["held_on"]),
        starts_at=data.get("starts_at", ""), place=data.get("place", ""),
    ))  # fmt: skip


def day_of(situation: Situation) -> CommitteeDay:
    """The activity that a form named."""
    found = situation.data["day"]
    return next(row for row in situation.rows(CommitteeDay) if str(row.pk) == found)  # type: ignore[no-any-return]


def move(situation: Situation, act: Act) -> None:
    """Another day; place and time stay where nothing else is said."""
    data, row = situation.data, day_of(situation)
    kept = {name: data[name] for name in ("starts_at", "place") if data.get(name)}
    situation.change(row, held_on=date.fromisoformat(data["held_on"]), **kept)


def call_off(situation: Situation, act: Act) -> None:
    """It does not take place."""
    situation.change(day_of(situation), outcome=CALLED_OFF, text=situation.data["reason"], recorded_on=situation.today)


def hold(situation: Situation, act: Act) -> None:
    """What came of it; each committee that was there has it among its work."""
    data, row = situation.data, day_of(situation)
    situation.change(row, outcome=HELD, text=data["text"], recorded_on=situation.today)
    for committee in data["committees"]:
        _did(situation, UUID(committee), done_on=row.held_on, text=row.what, day=row)


def work(situation: Situation, act: Act) -> None:
    """What a committee did by itself, or at an activity that is recorded elsewhere and is not entered again."""
    data = situation.data
    known = (
        Activity.objects.filter(matter=data["activity"]).select_related("matter").first()
        if data.get("activity")
        else None
    )
    if known:
        situation.link(known.matter, "counts")
    done_on = known.held_on if known else date.fromisoformat(data["done_on"])
    _did(
        situation, UUID(data["committee"]), done_on=done_on, text=data["text"], activity=known.matter if known else None
    )


def _did(situation: Situation, committee: UUID, **told: Any) -> None:
    leads = next(row.leads for row in running(situation) if row.committee_id == committee)
    situation.add(CommitteeWork(
        committee_id=committee, leads=leads, by_name=situation.actor.name, recorded_on=situation.today, **told,
    ))  # fmt: skip


def close(situation: Situation, act: Act) -> None:
    """What came of the task."""
    situation.note(summary=situation.data["summary"])
