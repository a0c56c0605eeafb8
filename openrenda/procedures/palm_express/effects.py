"""What the steps of a conversation write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from openrenda.docket.language import Opening
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.moments import here
from openrenda.people.models import Mandate
from openrenda.people.stations import stations_of

from ..forgetting import remove
from ..residents import LONGEST_TEXT, note_tickets
from .forms import hers
from .records import BY_DEPUTY, BY_RESIDENT, DirectMessage

RESIDENT, RECEIVER = "resident", "receiver"


def write(situation: Situation, act: Act) -> None:
    """The first message: stored and receipted; the deputy is a party, and her station is known for when she cannot answer."""
    mandate = Mandate.everyone.select_related("person", "district__street").get(pk=situation.data["deputy"])
    for holder in situation.actor.holders:
        situation.add_party(RESIDENT, holder, gettext("提出人"))
    situation.add_party(RECEIVER, mandate.pk, mandate.named)
    station = stations_of(mandate, situation.today).order_by("number").first()
    street = station.street if station else mandate.district.street if mandate.district else None
    note_tickets(situation)
    when = here(situation.at)
    situation.matter.title = f"群众留言（{when.month}月{when.day}日{when:%H:%M}）"
    situation.note(deputy=mandate, station=station, street=street, asked_at=situation.at)
    add(situation, act)


def add(situation: Situation, act: Act) -> None:
    """Another message of the resident's."""
    _keep(situation, act, BY_RESIDENT)


def answer(situation: Situation, act: Act) -> None:
    """The deputy's words; the first ones end the waiting."""
    _keep(situation, act, BY_DEPUTY)
    _answered(situation)


def _keep(situation: Situation, act: Act, by: str) -> None:
    """The words go into a row that can be removed, encrypted; the act records only that something was written."""
    text = act.data.pop("text", "")
    if text:
        situation.add(DirectMessage(by=by, written_at=situation.at, text=text))
        situation.note(erased=False)


def _answered(situation: Situation) -> None:
    record = situation.record
    if record.answered_at is None:
        minutes = int((situation.at - record.asked_at).total_seconds() // 60)
        situation.note(answered_at=situation.at, waited_minutes=max(minutes, 0))


def hand(situation: Situation, act: Act) -> None:
    """Turned into an opinion: the resident is told at once, so she waits no longer."""
    answer(situation, act)


def as_opinion(situation: Situation) -> Iterable[Opening]:
    """The chosen message in its own words, with the deputy taking part."""
    chosen = hers(situation.matter).get(pk=situation.data["message"])
    return [_opinion(situation, chosen.text)]


def unanswered(situation: Situation) -> Iterable[Opening]:
    """What the resident wrote since the last answer goes to the street's station."""
    rows = DirectMessage.objects.filter(matter_id=situation.matter.pk).order_by("written_at", "id")
    since: list[str] = []
    for row in rows:
        since = [*since, row.text] if row.by == BY_RESIDENT else []
    return [_opinion(situation, "\n".join(since)[:LONGEST_TEXT])] if since else []


def _opinion(situation: Situation, text: str) -> Opening:
    record = situation.record
    data: dict[str, Any] = {"text": text, "channel": "express", "heard_on": here(record.asked_at).date().isoformat(),
                            "deputy": str(record.deputy_id)}  # fmt: skip
    data |= {"station": str(record.station_id)} if record.station_id else {}
    data |= {"street": str(record.street_id)} if record.street_id else {}
    residents = tuple((RESIDENT, party.holder, party.name) for party in situation.holders(RESIDENT))
    return Opening("opinion", "bring_in", data, residents, link="came_from")


def erase(situation: Situation, act: Act) -> None:
    """What both wrote is removed, not marked (个人信息保护法第四十七条)."""
    remove(situation, DirectMessage.objects.filter(matter_id=situation.matter.pk))
    situation.note(erased=True)
