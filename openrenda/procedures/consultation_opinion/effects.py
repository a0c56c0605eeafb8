"""What the steps of an opinion on a consultation write."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext

from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ

from .. import consulting
from ..residents import note_tickets, seal_contact, text_digest
from .records import ConsultationOpinion

RESIDENT, GIVER, HANDLER = "resident", "giver", "handler"


def give(situation: Situation, act: Act) -> None:
    """A resident gave it herself: she is known by what she is handed alone."""
    for holder in situation.actor.holders:
        situation.add_party(RESIDENT, holder, gettext("提出人"))
    _take_in(situation, act, consulting.PORTAL, consulting.PUBLIC)


def enter(situation: Situation, act: Act) -> None:
    """Somebody heard it and entered it; it has a number for whoever said it, too."""
    situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    _by_a_seat(situation)
    _take_in(situation, act, act.data["channel"], act.data["source"])


def send(situation: Situation, act: Act) -> None:
    """A deputy, or a department, from her seat."""
    _by_a_seat(situation)
    source = consulting.DEPUTIES if situation.actor.seat == "deputy" else consulting.DEPARTMENTS
    act.data["body"] = situation.actor.agent_for or situation.actor.office_name or situation.actor.name
    _take_in(situation, act, consulting.SEATED, source)


def _by_a_seat(situation: Situation) -> None:
    actor = situation.actor
    situation.note(entered_by=actor.account)
    # The deputies' office sees them all; anybody else sees what she gave or entered.
    for holder in actor.holders if actor.seat != "deputy_office" else ():
        situation.add_party(GIVER, holder, actor.agent_for or actor.office_name or actor.name)


def _take_in(situation: Situation, act: Act, channel: str, source: str) -> None:
    data = act.data
    call = Matter.objects.get(pk=data["consultation"]).public_consultation.get()
    seal_contact(situation, data)
    note_tickets(situation)
    text, heard_on = data.pop("text"), date.fromisoformat(data.get("heard_on") or situation.today.isoformat())
    digest = text_digest(text)
    situation.note(
        consultation_id=call.matter_id, text=text, text_digest=digest, channel=channel, source=source, heard_on=heard_on,
        body=data.get("body", "")[:200], late=heard_on > call.closes_on, same_as=_said_before(call.matter_id, digest),
    )  # fmt: skip


def _said_before(call: UUID, digest: str) -> ConsultationOpinion | None:
    """The first with the same words: shown to whoever answers, never dropped."""
    alike = ConsultationOpinion.objects.filter(consultation_id=call, text_digest=digest)
    return alike.order_by("heard_on", "id").first()


def sort(situation: Situation, act: Act) -> None:
    """The group it belongs to."""
    situation.note(theme=situation.data["theme"])


def decide(situation: Situation, act: Act) -> None:
    """The answer; whoever it is passed on to sees it."""
    data, actor = situation.data, situation.actor
    organ = Organ.objects.get(pk=data["organ"]) if data.get("organ") else None
    situation.end_party(HANDLER)
    if organ:
        situation.add_party(HANDLER, organ.pk, organ.name)
    situation.note(
        outcome=data["outcome"], answer=data["answer"], organ=organ, answered_on=situation.today,
        answered_by=(actor.office_name or actor.name)[:200],
    )  # fmt: skip
