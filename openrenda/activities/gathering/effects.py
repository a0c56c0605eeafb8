"""What each step of a gathering keeps. One entry is enough for the duty file, the station and the figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Group, Mandate, Organ, Station
from openrenda.procedures.grid_duties import on_duty

from .. import sharing
from ..kinds import HANDED, KINDS
from ..record import BOOKED, LEAVE, PRESENT, Item, Participant
from .forms import parties_of
from .records import CAMPAIGN_LINE, LINKAGE, RESOURCE, Company, Invitation, Tag

PLAIN = ("starts_at", "place", "kind", "carried_by", "destination", "area_name", "grid_role", "note")


def plan(situation: Situation, act: Act) -> None:
    """Keep day, place, station and street, which become parties and so see it among their own."""
    data = situation.data
    held_on = date.fromisoformat(data["held_on"])
    station = Station.objects.filter(pk=data.get("station")).first()
    street = Organ.objects.filter(pk=data["street"]).first() if data.get("street") else None
    situation.note(
        held_on=held_on, station=station, street=street, campaign_id=data.get("campaign"), committee_id=data.get("committee"),
        grid_id=data.get("grid"),
        **{name: data.get(name, "") for name in PLAIN},
    )  # fmt: skip
    if situation.new:
        for holder in organisers(situation):
            situation.add_party("organiser", holder, situation.actor.agent_for or situation.actor.office_name)
    for role, row in (("station", station), ("street", street)):
        situation.end_party(role)
        if row:
            situation.add_party(role, row.pk, row.name)
    kind = KINDS[data["kind"]].label
    theme = f"：{data['title']}" if data.get("title") else ""
    situation.matter.title = f"{kind}{theme}（{held_on.year}年{held_on.month}月{held_on.day}日，{data['place']}）"[:500]
    _tag(situation)
    _expect(situation, data.get("expected", []))


def organisers(situation: Situation) -> list[UUID]:
    """For whom it is organised: a leading member does it for the organ, not for his own seat."""
    holders = sorted(situation.actor.holders)
    if situation.actor.seat != "leader":
        return holders
    return list(Organ.objects.filter(pk__in=holders).values_list("pk", flat=True)) or holders


def _tag(situation: Situation) -> None:
    data = situation.data
    wanted = {(LINKAGE, value) for value in data.get("linkages", [])}
    for name, kind in (("resources", RESOURCE), ("lines", CAMPAIGN_LINE)):
        wanted |= {(kind, line.strip()) for line in data.get(name, "").splitlines() if line.strip()}
    known = situation.rows(Tag)
    gone = [row.pk for row in known if (row.kind, row.value) not in wanted]
    for kind, value in sorted(wanted - {(row.kind, row.value) for row in known}):
        situation.add(Tag(kind=kind, value=value))
    if gone:
        situation.after_write.append(lambda: _drop(gone))


def _drop(tags: list[UUID]) -> None:
    Tag.objects.filter(pk__in=tags).delete()


def _expect(situation: Situation, mandates: list[Any]) -> None:
    """Those who are to come; whoever is no longer expected is released."""
    wanted = {str(pk) for pk in mandates}
    for row in _deputies(situation):
        if row.attendance == BOOKED and str(row.holder) not in wanted:
            situation.change(row, attendance="", withdrawn=True)
            situation.end_party("attending", row.holder)
    for mandate in Mandate.everyone.select_related("person").filter(pk__in=mandates):
        _book(situation, mandate.pk, mandate.named)


def _deputies(situation: Situation) -> list[Participant]:
    return [row for row in situation.rows(Participant) if row.kind == sharing.DEPUTY]


def _book(situation: Situation, holder: UUID, name: str) -> None:
    situation.add_party("attending", holder, name)
    known = next((row for row in _deputies(situation) if row.holder == holder), None)
    if known is None:
        situation.add(Participant(kind=sharing.DEPUTY, holder=holder, name=name, attendance=BOOKED,
                                  held_on=situation.record.held_on))  # fmt: skip
    elif known.attendance != LEAVE:
        situation.change(known, attendance=BOOKED, withdrawn=False, held_on=situation.record.held_on)


def sign_up(situation: Situation, act: Act) -> None:
    """The deputy is expected."""
    name = situation.actor.agent_for or situation.actor.name
    for holder in situation.actor.holders:
        known = next((row for row in _deputies(situation) if row.holder == holder), None)
        if known:
            situation.change(known, attendance=BOOKED, withdrawn=False, note="")
        _book(situation, holder, name)


def leave(situation: Situation, act: Act) -> None:
    """She has leave; the reason is kept with her place and not in the act, which every deputy may read."""
    reason = act.data.pop("reason")
    for row in _deputies(situation):
        if row.holder in situation.actor.holders:
            situation.change(row, attendance=LEAVE, note=reason)
            situation.end_party("attending", row.holder)


def letter_series(situation: Situation) -> str:
    """The letters of a year."""
    return f"invitation:{situation.today.year}"


def letter_number(situation: Situation, counter: int) -> str:
    """As the congress counts its letters."""
    pattern = str(situation.book.option("option.number_pattern.invitation"))
    return pattern.format(number=counter, year=situation.today.year)


def invite(situation: Situation, act: Act) -> None:
    """One more name under the letter."""
    data = situation.data
    last = max((row.position for row in situation.rows(Invitation)), default=0)
    situation.add(Invitation(position=last + 1, kind=data["kind"], name=data["name"], sent_on=situation.today))


def answer(situation: Situation, act: Act) -> None:
    """What came back."""
    data = situation.data
    row = next(row for row in situation.rows(Invitation) if str(row.pk) == data["invitation"])
    situation.change(row, reply=data["reply"], reply_text=data.get("reply_text", ""), replied_on=situation.today)


def record(situation: Situation, act: Act) -> None:
    """Planned and held in one entry."""
    plan(situation, act)
    hold(situation, act)


def hold(situation: Situation, act: Act) -> None:
    """Who came."""
    data = situation.data
    sharing.attend(situation, act)
    for group in Group.objects.filter(pk__in=data.get("groups", [])):
        sharing.came(situation, sharing.GROUP, group.pk, group.name)
    for row in _deputies(situation):
        if row.attendance == PRESENT:
            situation.add_party("attending", row.holder, row.name)
    if situation.record.grid_id:
        for row in _deputies(situation):
            if row.attendance == PRESENT:
                on_duty(
                    situation, situation.record.grid_id, situation.record.grid_role, row.holder, row.name, row.held_on
                )
    for kind, name, people in parties_of(data.get("company", "")):
        situation.add(Company(kind=kind, name=name, people=people))


def street_held(situation: Situation) -> Iterable[Taking]:
    """A street's own day counts for the activity day it belongs to (A03)."""
    record = situation.record
    if not (record.campaign_id and record.street_id):
        return []
    campaign = Matter.objects.get(pk=record.campaign_id)
    if campaign.procedure != "activity-day":
        return []
    told = {"street": str(record.street_id), "held_on": record.held_on.isoformat()}
    return [Taking(campaign.pk, "street_held", told)]


def opinion(situation: Situation, act: Act) -> None:
    """What was raised, with its end."""
    data = situation.data
    mandate = Mandate.everyone.select_related("person").filter(pk=data.get("deputy")).first()
    organ = Organ.objects.filter(pk=data["organ"]).first() if data["outcome"] == HANDED else None
    sharing.new_item(
        situation, "opinion", data["title"], text=data["text"], outcome=data["outcome"], outcome_text=data.get("answer", ""),
        owner_name=organ.name if organ else "", due_on=data.get("due_on") if organ else None,
        speaker=mandate.pk if mandate else None, speaker_name=mandate.named if mandate else "",
        decided_on=situation.record.held_on,
    )  # fmt: skip


def opinion_task(situation: Situation) -> Iterable[Opening]:
    """The owner's task; its result returns to the deputy who spoke."""
    if situation.data["outcome"] != HANDED:
        return []
    item = max(situation.rows(Item), key=lambda row: row.position)
    deputy = (item.speaker, item.speaker_name) if item.speaker else None
    return sharing.task_opening(situation, item, deputy=deputy)


def report(situation: Situation) -> Iterable[Opening]:
    """The report is a matter of its own, which can be cited, and leads back to the exercise it came from."""
    data = situation.data
    author = Mandate.objects.select_related("person").filter(pk=data.get("author")).first()
    parties = (("author", author.pk, author.person.name),) if author else ()
    told = {"title": data["title"], "text": data["text"], "carried_by": situation.record.carried_by}
    return [Opening("research-report", "hand_in", told, parties)]


def merge(situation: Situation, act: Act) -> None:
    """Who was at the other one only was at this one."""
    other = situation.data["other"]
    for row in Participant.objects.filter(matter=other, attendance=PRESENT):
        sharing.came(situation, row.kind, row.holder, row.name)
        if row.kind == sharing.DEPUTY:
            situation.add_party("attending", row.holder, row.name)
    known = {(row.kind, row.name) for row in situation.rows(Company)}
    for company in Company.objects.filter(matter=other):
        if (company.kind, company.name) not in known:
            situation.add(Company(kind=company.kind, name=company.name, people=company.people))


def take_other(situation: Situation) -> Iterable[Taking]:
    """The other record is told."""
    told = {"into": str(situation.matter.pk), "repeated": list(situation.data.get("repeated", []))}
    return [Taking(UUID(situation.data["other"]), "merged_into", told)]


def merged_into(situation: Situation, act: Act) -> None:
    """It stays as it was entered, leads to the one that counts, and its repeated opinions count once."""
    situation.link(Matter.objects.get(pk=situation.data["into"]), "merged_into")
    for row in situation.rows(Item):
        if str(row.pk) in situation.data.get("repeated", []):
            situation.change(row, repeats=True)
