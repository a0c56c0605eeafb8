"""What the steps of a supervision write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from openrenda.docket.models import Act, Matter, Party
from openrenda.docket.situation import Situation
from openrenda.people.leading import named
from openrenda.people.models import Category, Mandate, Organ, Seat

from ..counterparts import committee_for
from .records import DISTRICT, KEY, LED, STREET, Attached, FollowUp, Supervision, TookPart

FOLLOWED = ("sponsor", "handler", "street")
SUPERVISES, SAME_FINDING = "supervises", "same_finding"


def begin(form: str) -> Any:
    """A new supervision: the suggestion's people and organ are told of it, and the committee follows from the field."""

    def began(situation: Situation, act: Act) -> None:
        data, subject = situation.data, Matter.objects.get(pk=situation.data["subject"])
        situation.matter.confidential = subject.confidential
        _parties(situation, subject)
        _link(situation, subject)
        committee = data.get("committee") or committee_of(subject)
        situation.note(
            subject=subject, form=form, level=data["level"], year=data.get("year") or situation.today.year,
            subject_number=subject.number, government_person=data.get("government_person", ""), due_on=data.get("due_on"),
        )  # fmt: skip
        _lead(situation, data.get("leading"), committee, data.get("street_leader", ""))

    return began


def _parties(situation: Situation, subject: Matter) -> None:
    for party in Party.objects.filter(matter=subject, until=None, role__in=FOLLOWED).order_by("role", "position"):
        situation.add_party(party.role, party.holder, party.name)
    handling = situation.holders("handler")
    situation.note(unit_name=handling[0].name if handling else "")


def _link(situation: Situation, subject: Matter) -> None:
    """From the suggestion to its supervision; and what is entered at the other level too is one finding (B09)."""
    if not any(link.origin.pk == subject.pk for link in situation.new_links):
        situation.link(subject, SUPERVISES)
    other = STREET if situation.data["level"] == DISTRICT else DISTRICT
    for row in Supervision.objects.filter(subject=subject, level=other, matter__closed_on=None).select_related(
        "matter"
    ):
        situation.link(row.matter, SAME_FINDING)


def committee_of(subject: Matter) -> UUID | None:
    """The committee that follows the suggestion's field, as the congress divides the work (B06)."""
    field = Category.objects.filter(suggestion__matter=subject).first()
    found = committee_for(field) if field else None
    return found.pk if found else None


def _lead(situation: Situation, leading: Any, committee: Any, street_leader: str = "") -> None:
    situation.end_party("leading")
    situation.end_party("committee")
    name = street_leader
    if leading:
        seat = Seat.objects.select_related("account").get(pk=leading)
        name = named(seat)
        situation.add_party("leading", seat.pk, name)
    organ = Organ.objects.get(pk=committee) if committee else None
    if organ:
        situation.add_party("committee", organ.pk, organ.name)
    situation.note(leading_name=name, committee=organ)


def correct(situation: Situation, act: Act) -> None:
    """Another leader or committee; who it was before stays in the acts."""
    data = situation.data
    _lead(situation, data["leading"], data.get("committee"))
    situation.note(government_person=data.get("government_person", ""))


def plan(situation: Situation, act: Act) -> None:
    """Everything a key suggestion has to have (B08)."""
    correct(situation, act)
    data = situation.data
    unit = Organ.objects.get(pk=data["unit"])
    situation.end_party("handler")
    situation.add_party("handler", unit.pk, unit.name)
    fields = {name: data[name] for name in ("plan", "due_on", "problem_class", "field_of_work")}
    situation.note(unit_name=unit.name, **fields)


def follow(situation: Situation, act: Act) -> None:
    """Keep what was seen; each deputy who was there gets it into her file."""
    data = situation.data
    situation.add(
        FollowUp(held_on=data["held_on"], way=data["way"], finding=data["finding"], by_name=situation.actor.name)
    )
    known = {(str(row.mandate_id), str(row.held_on)) for row in situation.rows(TookPart)}
    for mandate in Mandate.objects.filter(pk__in=data.get("deputies", [])).select_related("person"):
        situation.add_party("took_part", mandate.pk, mandate.person.name)
        if (str(mandate.pk), data["held_on"]) not in known:
            situation.add(TookPart(mandate=mandate, name=mandate.person.name, held_on=data["held_on"]))


def attach(situation: Situation, act: Act) -> None:
    """Attach similar suggestions."""
    for subject in Matter.objects.filter(pk__in=situation.data["suggestions"]).order_by("id"):
        situation.add(Attached(subject=subject, title=str(subject), attached_on=situation.today))
        situation.link(subject, "attached")


def decide_attached(situation: Situation, act: Act) -> None:
    """The own decision on one of them."""
    row = next(row for row in situation.rows(Attached) if str(row.subject_id) == situation.data["attached"])
    situation.change(row, decision=situation.data["decision"], decided_on=situation.today)


def close(situation: Situation, act: Act) -> None:
    """The closing note."""
    names = ("closing", "problem_answer", "field_answer")
    situation.note(**{name: situation.data[name] for name in names if name in situation.data})


__all__ = ["KEY", "LED", "attach", "begin", "close", "committee_of", "correct", "decide_attached", "follow", "plan"]
