"""What the steps of a project write."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from openrenda.docket.models import Act, File, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ

from .. import livelihood
from .milestones import lines
from .records import Milestone, Payment, ProgressReport, SatisfactionCount, Visit, VisitingDeputy


def draft(situation: Situation, act: Act) -> None:
    """The file begins with what was proposed; whose vote it is it has from its round."""
    data = situation.data
    round_ = Matter.objects.get(pk=data["round"]).livelihood_round.select_related("matter").get()
    names = ("year", "tier", "level", "body")
    situation.note(
        round=round_.matter, content=data["content"], place=data["place"], longitude=data.get("longitude"),
        latitude=data.get("latitude"), **{name: getattr(round_, name) for name in names},
    )  # fmt: skip


def fill(situation: Situation, act: Act) -> None:
    """Everything that stands on the ballot."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    situation.matter.title = data["title"]
    situation.matter.lead = organ.pk
    situation.end_party("responsible")
    situation.add_party("responsible", organ.pk, organ.name)
    deadline = date.fromisoformat(data["deadline"])
    situation.note(
        content=data["content"], organ=organ, fen=livelihood.fen_of(data["yuan"]), place=data["place"],
        longitude=data.get("longitude"), latitude=data.get("latitude"), served=data["served"],
        served_words=data.get("served_words", ""), deadline=deadline, first_deadline=deadline, filled=True,
    )  # fmt: skip
    _plan_anew(situation, data["milestones"], forget=True)


def _plan_anew(situation: Situation, text: str, *, forget: bool = False) -> None:
    """Milestones by their names: known ones get their new day and keep the first one; with ``forget`` those left out are gone."""
    known = {row.name: row for row in situation.rows(Milestone)}
    wanted = {words: day for day, words in lines(text)}
    for words, day in wanted.items():
        row = known.get(words)
        if row is None:
            situation.add(Milestone(name=words, planned_on=day, first_planned_on=day))
        elif row.done_on is None:
            first = {"first_planned_on": day} if forget else {}
            situation.change(row, planned_on=day, **first)
    gone = [row.pk for words, row in known.items() if words not in wanted] if forget else []
    if gone:
        situation.after_write.append(lambda: _drop(gone))


def _drop(gone: list[UUID]) -> None:
    Milestone.objects.filter(pk__in=gone).delete()


def drop(situation: Situation, act: Act) -> None:
    """Not put on the list, and why."""
    situation.note(ended_because=situation.data["reason"])


def put_on_ballot(situation: Situation, act: Act) -> None:
    """Everybody may read what will be voted on."""
    situation.matter.public_since = situation.today


def voted(situation: Situation, act: Act) -> None:
    """How many marks it got, of how many, and whether it was chosen."""
    data = situation.data
    # A choice among projects says which were chosen; a vote on each by yes and no says which passed.
    chosen = bool(data.get("chosen") or ("votes" not in data and data.get("passed")))
    situation.note(
        chosen=chosen, votes=data.get("votes", data.get("approve")), against=data.get("against"), base=data.get("base"),
        present=data.get("present"), vote_sentence=data.get("sentence", ""), vote=data.get("vote"), voted_on=situation.today,
    )  # fmt: skip


def begin(situation: Situation, act: Act) -> None:
    """It is carried out, in the sight of all."""
    situation.matter.public_since = situation.matter.public_since or situation.today
    situation.note(begun_on=situation.today, settled_by=situation.data.get("basis", ""))


def supervise(situation: Situation, act: Act) -> None:
    """The deputies who watch over it from now on."""
    wanted = set(situation.data["deputies"])
    for party in list(situation.holders("supervisor")):
        if str(party.holder) not in wanted:
            situation.end_party("supervisor", party.holder)
    for mandate in Mandate.objects.filter(pk__in=wanted).select_related("person").order_by("person__stroke_key"):
        situation.add_party("supervisor", mandate.pk, mandate.person.name)


def report(situation: Situation, act: Act) -> None:
    """This month's word. The note for the offices stays out of what is open."""
    data = situation.data
    situation.add(ProgressReport(
        reported_on=situation.today, percent=data["percent"], text=data["text"], note=data.get("note", ""),
        proof=data.get("proof", []), reported_by=livelihood.body_of(situation.actor),
    ))  # fmt: skip


def reach(situation: Situation, act: Act) -> None:
    """The real day of a milestone."""
    data = situation.data
    row = next(row for row in situation.rows(Milestone) if str(row.pk) == data["milestone"])
    situation.change(
        row, done_on=date.fromisoformat(data["done_on"]), note=data.get("note", ""), proof=data.get("proof", [])
    )


def pay(situation: Situation, act: Act) -> None:
    """Money, to the fen, with its day and where it comes from."""
    data = situation.data
    situation.add(Payment(
        fen=livelihood.fen_of(data["yuan"]), paid_on=date.fromisoformat(data["paid_on"]), source=data["source"],
        note=data.get("note", ""),
    ))  # fmt: skip


def strike(situation: Situation, act: Act) -> None:
    """It was not paid so; the row stays and says why it does not count."""
    row = next(row for row in situation.rows(Payment) if str(row.pk) == situation.data["payment"])
    situation.change(row, struck_on=situation.today, struck_because=situation.data["reason"])


def look(situation: Situation, act: Act) -> None:
    """Who came and what they said; the deputies among them have it in their duty files."""
    data = situation.data
    held_on = date.fromisoformat(data["held_on"])
    deputies = list(Mandate.objects.filter(pk__in=data.get("deputies", [])).select_related("person"))
    known = {(row.mandate_id, row.held_on) for row in situation.rows(VisitingDeputy)}
    for mandate in deputies:
        if (mandate.pk, held_on) not in known:
            situation.add(VisitingDeputy(mandate=mandate, name=mandate.person.name, held_on=held_on))
    names = [mandate.person.name for mandate in deputies]
    people = "、".join([*names, *filter(None, [data.get("people", "")])])
    situation.add(Visit(
        held_on=held_on, kind=data["kind"], people=people[:500], count=len(deputies) + data.get("others", 0),
        opinion=data["opinion"], photos=data.get("photos", []), recorded_by=livelihood.body_of(situation.actor),
    ))  # fmt: skip
    if data.get("open_photos"):
        shown = File.objects.filter(matter_id=situation.matter.pk, pk__in=data.get("photos", []))

        def open_them() -> None:
            shown.update(public=True)

        situation.after_write.append(open_them)


def _asked(situation: Situation) -> dict[str, Any]:
    data: dict[str, Any] = situation.took("ask_change")[-1].data
    return data


def adjust(situation: Situation, act: Act) -> None:
    """What was asked for holds from now on; what held before stays in the ledger."""
    asked, record = _asked(situation), situation.record
    if asked.get("content"):
        situation.note(content=asked["content"])
    if asked.get("yuan"):
        situation.note(fen=livelihood.fen_of(asked["yuan"]))
    if asked.get("deadline"):
        situation.note(deadline=date.fromisoformat(asked["deadline"]))
    if asked.get("milestones"):
        _plan_anew(situation, asked["milestones"])
    # The clock runs to the day that holds.
    act.data["deadline"] = record.deadline.isoformat()


def carry_over(situation: Situation, act: Act) -> None:
    """The same file goes on in the next year."""
    adjust(situation, act)
    situation.note(carried_to=situation.record.deadline.year)


def refuse_change(situation: Situation, act: Act) -> None:
    """It goes on to the day that it had."""
    act.data["deadline"] = situation.record.deadline.isoformat()


def stop(situation: Situation, act: Act) -> None:
    """It ends, by whose decision and why."""
    situation.note(ended_because=situation.data["opinion"])


def finish(situation: Situation, act: Act) -> None:
    """The day on which the work was done."""
    situation.note(finished_on=date.fromisoformat(situation.data["done_on"]))


def accept(situation: Situation, act: Act) -> None:
    """Who accepted it, and what they found."""
    data = situation.data
    situation.note(
        accepted_on=date.fromisoformat(data["held_on"]), accepted_by=data["people"], acceptance=data["conclusion"]
    )


def send_back(situation: Situation, act: Act) -> None:
    """The work goes on."""
    situation.note(finished_on=None)
    act.data["deadline"] = situation.record.deadline.isoformat()


def count(situation: Situation, act: Act) -> None:
    """What was counted."""
    data = situation.data
    numbers = {name: data.get(name, 0) for name in ("satisfied", "basically", "dissatisfied", "abstained")}
    situation.add(SatisfactionCount(
        who=data["who"], held_on=date.fromisoformat(data["held_on"]), occasion=data["occasion"], **numbers
    ))  # fmt: skip
