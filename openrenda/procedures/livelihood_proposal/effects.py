"""What the steps of a proposal write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext

from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act, Link, Matter, Party
from openrenda.docket.situation import Situation

from .. import livelihood
from ..residents import note_tickets, seal_contact, text_digest
from .findable import index_matter

RESIDENT, GIVER, ORGANISER = "resident", "giver", "organiser"


def give(situation: Situation, act: Act) -> None:
    """A resident proposed it herself: she is known by what she is handed alone."""
    for holder in situation.actor.holders:
        situation.add_party(RESIDENT, holder, gettext("提出人"))
    _take_in(situation, act, livelihood.RESIDENTS)


def enter(situation: Situation, act: Act) -> None:
    """Somebody heard it and entered it; it has a number for whoever proposed it, too."""
    situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    _by_a_seat(situation)
    _take_in(situation, act, livelihood.RESIDENTS)


def suggest(situation: Situation, act: Act) -> None:
    """A deputy, or an organ, from her seat."""
    _by_a_seat(situation)
    actor = situation.actor
    act.data["body"] = actor.agent_for or (actor.name if actor.seat == "deputy" else livelihood.body_of(actor))
    _take_in(situation, act, livelihood.DEPUTIES if actor.seat == "deputy" else livelihood.ORGANS)


def take_over(situation: Situation, act: Act) -> None:
    """It was said as an opinion; whoever said it there proposes it here."""
    if not situation.holders(RESIDENT):
        situation.add_party(RESIDENT, uuid4(), gettext("提出人"))
    _take_in(situation, act, livelihood.OPINIONS)


def _by_a_seat(situation: Situation) -> None:
    actor = situation.actor
    situation.note(entered_by=actor.account)
    for holder in actor.holders:
        situation.add_party(GIVER, holder, actor.agent_for or actor.office_name or actor.name)


def _take_in(situation: Situation, act: Act, source: str) -> None:
    data = act.data
    called = Matter.objects.get(pk=data["round"])
    seal_contact(situation, data)
    note_tickets(situation)
    for party in Party.objects.filter(matter=called, role=ORGANISER, until=None):
        situation.add_party(ORGANISER, party.holder, party.name)
    text, said_on = data.pop("text"), date.fromisoformat(data.get("said_on") or situation.today.isoformat())
    situation.note(
        round=called, text=text, text_digest=text_digest(text), place=data["place"], longitude=data.get("longitude"),
        latitude=data.get("latitude"), source=source, body=data.get("body", "")[:200], said_on=said_on,
    )  # fmt: skip
    situation.after_write.append(lambda: index_matter(situation))


def merge(situation: Situation, act: Act) -> None:
    """It goes on under another one; both keep their words and their proposers."""
    other = Matter.objects.get(pk=situation.data["into"])
    situation.note(merged_into=other)
    situation.link(other, "merged_into")


def tell_the_other(situation: Situation) -> Iterable[Taking]:
    """The other one records that it goes on for both."""
    return [Taking(UUID(str(situation.data["into"])), "take_in", {})]


def screen_out(situation: Situation, act: Act) -> None:
    """The reason, for everybody who proposed it."""
    _answered(situation, situation.data["answer"])
    situation.note(reasons=situation.data["reasons"])


def adopt(situation: Situation, act: Act) -> None:
    """It is part of a candidate; what it rests on stays in sight."""
    data = situation.data
    _answered(situation, data.get("answer", ""))
    for report in Matter.objects.filter(pk__in=data.get("reports", [])):
        situation.link(report, "cites")
    if data.get("project"):
        project = Matter.objects.get(pk=data["project"])
        link = Link(
            congress_id=project.congress_id,
            matter=project,
            origin=situation.matter,
            kind="came_from",
            since=situation.at,
        )
        situation.new_links.append(link)


def _answered(situation: Situation, words: str) -> None:
    by = livelihood.body_of(situation.actor)
    situation.note(answer=words, answered_on=situation.today, answered_by=by)


def as_candidate(situation: Situation) -> Iterable[Opening]:
    """A project file of its own, which leads back to the proposal (F01 (1))."""
    data, record = situation.data, situation.record
    if data.get("project"):
        return []
    given = {
        "title": data["title"], "round": str(record.round_id), "content": record.text, "place": record.place,
        "longitude": record.longitude, "latitude": record.latitude,
    }  # fmt: skip
    organisers = tuple((ORGANISER, party.holder, party.name) for party in situation.holders(ORGANISER))
    return [Opening(livelihood.PROJECT, "draft", given, organisers, link="came_from")]
