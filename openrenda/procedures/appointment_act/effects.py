"""What the steps of one act write. The register of office holders is written when the vote is announced, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from openrenda.docket.language import Opening
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Person, Post, Tenure
from openrenda.people.models.post import ACTING as ACTS_FOR
from openrenda.people.models.post import FULL
from openrenda.people.posts import open_tenure, room_in

from ..appointing import (
    ACT,
    ACTING,
    BEGINS,
    BEGUN_AS,
    ENDED_AS,
    AppointmentAct,
    AppointmentObjection,
)  # fmt: skip

ONE_DAY = timedelta(days=1)


def listed(situation: Situation, act: Act) -> None:
    """Keep person, post and kind; somebody whom the register does not know yet enters it with her name and year of birth."""
    data = situation.data
    post = Post.objects.select_related("organ").get(pk=data["post"])
    person = Person.objects.get(pk=data["person"]) if data.get("person") else _new_person(situation)
    situation.note(
        person=person, person_name=person.name, post=post, post_title=post.title, organ_name=post.organ.name, kind=data["kind"],
        reason=data["reason"], way=data["way"],
    )  # fmt: skip


def _new_person(situation: Situation) -> Person:
    person = Person(name=situation.data["name"], birth_year=situation.data.get("birth_year"))
    person.set_keys()
    situation.add(person)
    return person


def objected(situation: Situation, act: Act) -> None:
    """The words never enter the act, which cannot forget."""
    situation.add(AppointmentObjection(
        received_on=situation.data["day"], text=act.data.pop("text"), typed_by=situation.actor.account,
    ))  # fmt: skip


def settled(situation: Situation, act: Act) -> None:
    """What was found, beside the ledger."""
    row = AppointmentObjection.objects.get(matter=situation.matter, pk=situation.data["objection"])
    situation.change(
        row, found=act.data.pop("found"), cleared=situation.data["cleared"] == "yes", settled_on=situation.today
    )


def call_to_exam(situation: Situation) -> Iterable[Opening]:
    """The examination of the person, linked to the act."""
    record = situation.record
    told = {"title": record.person_name, "person": str(record.person_id), "sit_by": situation.data.get("sit_by")}
    yield Opening("law-exam", "arrange", told, link="examined_for")


def spoke(situation: Situation, act: Act) -> None:
    """The statement was made."""
    situation.note(spoke_on=situation.data["day"])


def defended(situation: Situation, act: Act) -> None:
    """The person was heard, or did not want to be."""
    situation.note(defended_on=situation.data["day"])


def voted(situation: Situation, act: Act) -> None:
    """Keep the verdict with its base, then write the register: it takes effect with the vote (APP-08)."""
    data = situation.data
    numbers = {name: data[name] for name in ("approve", "against", "abstain", "base", "present")}
    situation.note(
        passed=bool(data.get("passed")), sentence=data["sentence"], vote=data.get("vote"), voted_on=situation.today,
        sitting=_sitting(situation), **numbers,
    )  # fmt: skip
    if data.get("passed"):
        write_register(situation)


def _sitting(situation: Situation) -> str:
    """The sitting in which the vote was held, as it is numbered; where the system did not hold it, as the proposal names it."""
    vote, parent = situation.data.get("vote"), situation.matter.parent
    held = Matter.objects.filter(procedure="sitting", outcomes__matter=vote).first() if vote else None
    if held:
        return held.number or held.title
    return str(parent.appointment_proposal.get().sitting) if parent else ""


def write_register(situation: Situation) -> None:
    """After the step is written, so that whoever leaves in the same announcement has left before somebody takes the post."""
    parent = situation.matter.parent_id
    situation.after_write.append(lambda: register(parent))


def register(proposal: UUID | None) -> None:
    """Write down what passed and is not in the register yet: who leaves first. Safe twice."""
    rows = AppointmentAct.objects.filter(matter__parent=proposal, matter__procedure=ACT, passed=True)
    for act in sorted(rows.select_related("post"), key=lambda row: (row.kind in BEGINS, row.pk)):
        if not act.registered():
            _begin(act) if act.kind in BEGINS else _end(act)


def _end(act: AppointmentAct) -> None:
    """The last day is the one before the vote, so that the day of the vote shows who holds the post from then on."""
    tenure = open_tenure(act.post, act.person)
    if tenure is None or act.voted_on is None:
        return
    tenure.until = max(tenure.since, act.voted_on - ONE_DAY)
    tenure.ended_as, tenure.ended_by_id = ENDED_AS[act.kind], act.matter_id
    tenure.save(update_fields=["until", "ended_as", "ended_by", "alone"])


def _begin(act: AppointmentAct) -> None:
    """Nobody beside the holders a post may have: what does not fit yet waits for the step that writes it by hand."""
    room = room_in(act.post)
    if (room is not None and room < 1) or open_tenure(act.post, act.person) or act.voted_on is None:
        return
    Tenure.objects.create(
        post=act.post, person_id=act.person_id, capacity=ACTS_FOR if act.kind == ACTING else FULL, begun_as=BEGUN_AS[act.kind],
        matter_id=act.matter_id, since=act.voted_on, basis=act.sitting[:200],
    )  # fmt: skip


def by_hand(situation: Situation, act: Act) -> None:
    """Write the register now that there is room."""
    write_register(situation)


def announced(situation: Situation, act: Act) -> None:
    """Public from now on."""
    situation.note(announced_on=situation.today)


def certified(situation: Situation, act: Act) -> None:
    """The certificate was made out."""
    data = situation.data
    situation.note(letter_number=data.get("number", ""), letter_on=situation.today, signed_by=data["signed_by"])


def sworn(situation: Situation, act: Act) -> None:
    """The oath was taken."""
    situation.note(sworn_on=situation.data["day"])


def filed(situation: Situation, act: Act) -> None:
    """It was reported for the record."""
    situation.note(filed_on=situation.data["day"])
