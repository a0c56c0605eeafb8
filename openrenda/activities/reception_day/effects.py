"""What the steps of a reception day write, and what they open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openrenda.docket.language import Opening
from openrenda.docket.models import Act, Matter, Party
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ

from .. import sharing
from ..record import BOOKED, PRESENT, Item, Participant
from .forms import ANSWERED, COMMITTED, HANDED, LOOKED_AT, ON_SITE, ON_SITE_PROMISE, OPINION

# Who stands in the same relation to a promise as to its suggestion.
SIGNING = ("sponsor", "cosigner", "street")
LONGEST_PROMISE, LONGEST_NAME = 500, 100


def book(situation: Situation, act: Act) -> None:
    """Put the deputy on the list, or back on it. What she wants to say is kept with her place and not in the act, which every
    deputy may read."""
    topic = act.data.pop("topic")
    for holder in situation.actor.holders:
        name = situation.actor.agent_for or situation.actor.name
        situation.add_party("booked", holder, name)
        known = _booking(situation, holder)
        if known:
            situation.change(known, withdrawn=False, note=topic)
        else:
            situation.add(Participant(kind=sharing.DEPUTY, holder=holder, name=name, attendance=BOOKED, note=topic,
                                      held_on=situation.record.held_on))  # fmt: skip


def unbook(situation: Situation, act: Act) -> None:
    """Her place is free again; that she had booked stays."""
    for holder in situation.actor.holders:
        situation.end_party("booked", holder)
        known = _booking(situation, holder)
        if known:
            situation.change(known, withdrawn=True)


def _booking(situation: Situation, holder: Any) -> Participant | None:
    rows = situation.rows(Participant)
    return next((row for row in rows if row.kind == sharing.DEPUTY and row.holder == holder), None)


def pick(situation: Situation, act: Act) -> None:
    """The chosen ones take the place of those chosen before."""
    sharing.drop_items(situation, sharing.items(situation, *LOOKED_AT))
    for kind, name in ((ON_SITE, "suggestions"), (ON_SITE_PROMISE, "promises")):
        for subject in Matter.objects.filter(pk__in=situation.data.get(name, [])).order_by("opened_on", "id"):
            sharing.new_item(situation, kind, str(subject), subject=subject, subject_state=subject.state)
    situation.note(number_reason=situation.data.get("number_reason", ""))


def hold(situation: Situation, act: Act) -> None:
    """The day was held: who came, and from now on each suggestion's own page leads here."""
    sharing.attend(situation, act)
    sharing.link_subjects(situation, "supervises")


def answer(situation: Situation, act: Act) -> None:
    """An opinion with its answer."""
    data = situation.data
    _opinion(situation, outcome=ANSWERED, outcome_text=data["answer"], decided_on=situation.record.held_on)


def hand_on(situation: Situation, act: Act) -> None:
    """An opinion that a department takes up."""
    organ = Organ.objects.get(pk=situation.data["organ"])
    _opinion(situation, outcome=HANDED, owner_name=organ.name, due_on=situation.data.get("due_on"),
             decided_on=situation.record.held_on)  # fmt: skip


def _opinion(situation: Situation, **outcome: Any) -> None:
    data = situation.data
    mandate = Mandate.objects.select_related("person").get(pk=data["deputy"])
    name = mandate.person.name
    sharing.new_item(
        situation, OPINION, data["title"], text=data["text"], speaker=mandate.pk, speaker_name=name, **outcome
    )
    sharing.came(situation, sharing.DEPUTY, mandate.pk, name, PRESENT)
    situation.add_party("speaker", mandate.pk, name)


def opinion_task(situation: Situation) -> Iterable[Opening]:
    """The department's task; its result returns to the deputy."""
    item = max(situation.rows(Item), key=lambda row: row.position)
    return sharing.task_opening(situation, item, deputy=(item.speaker, item.speaker_name))


def settle(situation: Situation, act: Act) -> None:
    """Keep how the suggestion left the day."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"]) if "organ" in data else None
    situation.change(
        sharing.item_of(situation), outcome=data["outcome"], outcome_text=data["text"], due_on=data.get("due_on"),
        owner_name=organ.name if organ else "", decided_on=situation.record.held_on,
    )  # fmt: skip


def promise(situation: Situation) -> Iterable[Opening]:
    """What was committed about a suggestion stands in the ledger of promises from now on, whose people are the suggestion's.

    A promise that was raised here is in the ledger already: its day moves by consent only (SUG-14).
    """
    item, data = sharing.item_of(situation), situation.data
    if data["outcome"] != COMMITTED or item.kind != ON_SITE:
        return []
    organ = Organ.objects.get(pk=data["organ"])
    signers = Party.objects.filter(matter=item.subject_id, until=None, role__in=SIGNING).order_by("role", "position")
    people = tuple((party.role, party.holder, party.name) for party in signers)
    told = {"what": " ".join(data["text"].split())[:LONGEST_PROMISE], "who": organ.name[:LONGEST_NAME], "due_on": data["due_on"],
            "round": 0, "suggestion": str(item.subject_id)}  # fmt: skip
    return [Opening("commitment", "promise", told, (("handler", organ.pk, organ.name), *people), link="promised_at")]


def as_suggestion(situation: Situation) -> Iterable[Opening]:
    """A suggestion of the deputy's own, with what was said and answered, and a link back to the day."""
    item = sharing.item_of(situation)
    said = [item.text, item.outcome_text or item.result]
    data = {
        "title": item.title,
        "background": "\n".join(part for part in said if part),
        "proposals": "",
        "consent_public": False,
    }
    return [
        Opening("suggestion", "open_split", data, (("sponsor", item.speaker, item.speaker_name),), link="came_from")
    ]
