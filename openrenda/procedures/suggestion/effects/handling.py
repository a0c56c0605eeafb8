"""What sorting, handing over and handling write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openrenda.docket.language import Opening
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ

from ..records import Contact
from .raising import handled_by, organ_of


def categorise(situation: Situation, act: Act) -> None:
    """Set the field of concern."""
    situation.note(category_id=situation.data["category"])


def merge(situation: Situation, act: Act) -> None:
    """Follow the main suggestion."""
    situation.matter.parent = Matter.objects.get(pk=situation.data["main"])
    situation.link(situation.matter.parent, "merged_into")


def unmerge(situation: Situation, act: Act) -> None:
    """Stand alone again. The link stays in the acts."""
    situation.matter.parent = None
    situation.matter.origins.filter(kind="merged_into").delete()


def assign(situation: Situation, act: Act) -> None:
    """Give the suggestion to its lead organ; whoever had it before is let go."""
    organ = organ_of(situation.data["organ"])
    situation.end_party("handler")
    situation.add_party("handler", organ.pk, organ.name)
    act.data["organ_name"] = organ.name
    handled_by(situation, organ, organ.name)
    situation.note(assigned_on=situation.today)


def open_assistance(situation: Situation) -> Iterable[Opening]:
    """One matter for each assisting organ."""
    lead = situation.holders("handler")[0]
    assisting = situation.data.get("assisting")
    for organ in Organ.objects.filter(pk__in=assisting) if assisting else ():
        parties = (("handler", organ.pk, organ.name), ("lead", lead.holder, lead.name))
        yield Opening("assistance", "ask", {"title": situation.matter.title}, parties)


def open_parts(situation: Situation) -> Iterable[Opening]:
    """One part for each organ that handles separately; every deputy is answered by each (SUG-06)."""
    people = tuple((p.role, p.holder, p.name) for p in situation.parties if p.role in ("sponsor", "cosigner"))
    record = situation.record
    data = {"title": situation.matter.title, "background": record.background, "proposals": record.proposals,
            "consent_public": record.consent_public, "willing_to_meet": record.willing_to_meet,
            "keep_secret": situation.matter.confidential, "category": record.category_id}  # fmt: skip
    for organ in Organ.objects.filter(pk__in=situation.data["organs"]):
        yield Opening("suggestion", "open_part", data, (*people, ("handler", organ.pk, organ.name)))


def separate(situation: Situation, act: Act) -> None:
    """The suggestion itself waits for its parts."""
    situation.note(assigned_on=situation.today)


def contact(situation: Situation, act: Act) -> None:
    """Keep the contact and ask the deputy to confirm it."""
    data = situation.data
    fields = {name: data[name] for name in ("way", "held_on", "people", "summary")}
    situation.add(Contact(**fields))
    if not situation.record.contacted_on:
        situation.note(contacted_on=situation.today)
    for party in situation.holders("sponsor"):
        situation.add_party("asked_to_confirm", party.holder, party.name)


def confirm(word: str) -> Any:
    """Keep the deputy's word on the contacts not yet confirmed."""

    def confirmed(situation: Situation, act: Act) -> None:
        for row in [row for row in situation.rows(Contact) if not row.confirmed_on]:
            comment = situation.data.get("comment", "")
            situation.change(row, deputy_word=word, deputy_comment=comment, confirmed_on=situation.today)
        situation.end_party("asked_to_confirm")

    return confirmed


def hand_down(situation: Situation) -> Iterable[Opening]:
    """A task inside the organ."""
    handler = situation.holders("handler")[0]
    data = {**situation.data, "title": f"{situation.data['section']}：{situation.matter.title}"}
    return [Opening("internal-task", "give", data, (("handler", handler.holder, handler.name),))]


def put_under_supervision(situation: Situation) -> Iterable[Opening]:
    """One supervision, at the level of whoever enters it (B06, B09)."""
    level = "street" if situation.actor.seat == "street_reviewer" else "district"
    data = {**situation.data, "subject": str(situation.matter.pk), "level": level, "title": situation.matter.title}
    return [Opening("supervision", "lead", data, link="supervises")]


def handed_over(situation: Situation, act: Act) -> None:
    """The typed record follows the organ that takes over."""
    if str(situation.record.organ_id or "") == situation.data["leaver"]:
        handled_by(situation, situation.data["successor"], situation.data["name"])
