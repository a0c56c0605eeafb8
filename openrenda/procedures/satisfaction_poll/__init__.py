"""Back-to-back satisfaction polls 背对背满意度测评: deputies rate a finished suggestion without the organ present or seeing.

Each deputy rates in a matter of her own (satisfaction_ballot.py). Nothing of the poll moves while they do. When its last day is over the
clock counts, writes down what may be published (summary.py), and only then does the organ learn that there was a poll. Residents'
opinions on the spot are a result of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_CLOCK, THE_KIN, Clock, Opening, Procedure, State, Step, Taking
from openrenda.docket.models import Act, Matter, Party, SealedValue
from openrenda.docket.sealing import unseal
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate

from ..fields import ChooseSeveral, Day, LongText, offer_rows
from ..offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, LEADERS, STREET_REVIEWER
from ..subjects import SubjectForm, parties_of, rectify, take_subject
from . import summary
from .records import RECORDS, OnSiteOpinion, SatisfactionPoll

BALLOT = "satisfaction-ballot"
# What is written down is Chinese in every session.
NOT_SATISFIED = "代表背对背测评的结论是不满意，须重新办理。"


class OpenPoll(SubjectForm):
    """Which suggestion, who rates, until when."""

    deputies = ChooseSeveral(label=_("测评代表"))
    closes_on = Day(
        label=_("截止日期"), help_text=_("截止日期过后自动统计，此前任何人都看不到评价，也看不到谁已经评价。")
    )

    def prepare(self) -> None:
        """Offer the deputies who may act today."""
        super().prepare()
        able = Mandate.objects.able_on(self.situation.today).select_related("person")
        offer_rows(self, "deputies", able.order_by("person__stroke_key").all, lambda mandate: mandate.person.name)

    def clean_subject(self) -> Any:
        """A suggestion is polled once, and once more only after it was rectified."""
        subject = super().clean_subject()
        polled = SatisfactionPoll.objects.filter(subject=subject).exclude(matter__state="cancelled")
        if subject and polled.exists():
            raise ValidationError(_("这件建议已经开展过测评；不满意的，重新办结或者整改核查通过后自动再次测评。"))
        return subject

    def clean_deputies(self) -> Any:
        """Fewer than have a published result are not asked for nothing."""
        chosen = self.cleaned_data["deputies"]
        book = self.situation.book
        if not summary.enough(len(chosen), book):
            words = {"number": summary.number(book["B13.smallest"]), "article": book.citation("B13.smallest")}
            raise ValidationError(_("评价人数不足%(number)d人的不公布结果（%(article)s），请多选几位代表。") % words)
        return chosen

    def clean_closes_on(self) -> Any:
        """A day to come."""
        if self.cleaned_data["closes_on"] < self.situation.today:
            raise ValidationError(_("截止日期不能早于今天。"))
        return self.cleaned_data["closes_on"]


class OnSite(StepForm):
    """What residents said on the spot."""

    held_on = Day(label=_("日期"))
    place = forms.CharField(label=_("地点"), max_length=200)
    satisfied = forms.IntegerField(label=_("满意人数"), min_value=0, max_value=100_000)
    dissatisfied = forms.IntegerField(label=_("不满意人数"), min_value=0, max_value=100_000)
    notes = LongText(label=_("群众意见"), rows=4, max_length=5000, required=False, help_text=_("不写姓名和住址。"))

    def clean_held_on(self) -> Any:
        """Not in the future."""
        if self.cleaned_data["held_on"] > self.situation.today:
            raise ValidationError(_("日期不能晚于今天。"))
        return self.cleaned_data["held_on"]


class Cancel(StepForm):
    """Why the poll is broken off. Nothing of it is counted, ever."""

    reason = LongText(label=_("理由"), rows=3, max_length=2000)


def begin(situation: Situation, act: Act) -> None:
    """Take the suggestion; its subdistrict may ask residents, unless it handled the suggestion itself."""
    subject = take_subject(situation, situation.data["subject"])
    _place(situation, subject, 1, situation.data["closes_on"])


def begin_second(situation: Situation, act: Act) -> None:
    """The second rating of what was rectified."""
    first = _first_of(situation)
    subject = take_subject(situation, str(first.subject_id))
    closes_on = situation.book.due("B13.poll", situation.today)
    _place(situation, subject, first.round + 1, closes_on.isoformat())


def _place(situation: Situation, subject: Matter, number: int, closes_on: Any) -> None:
    handling = {party.holder for party in situation.holders("handler")}
    for street in parties_of(subject.pk, "street"):
        if street.holder not in handling:
            situation.add_party("street", street.holder, street.name)
    situation.note(round=number, opened_on=situation.today, closes_on=closes_on)


def _first_of(situation: Situation) -> SatisfactionPoll:
    """The poll whose rectification, or whose suggestion handled again, led to this one."""
    came_from = next(link.origin for link in situation.new_links if link.kind == "follows_up")
    polls = SatisfactionPoll.objects.filter(verdict=summary.DISSATISFIED)
    found: SatisfactionPoll = polls.filter(Q(matter=came_from.parent_id) | Q(subject=came_from)).latest("round", "id")
    return found


def ask(situation: Situation) -> Iterable[Opening]:
    """A ballot for each deputy."""
    chosen = Mandate.objects.filter(pk__in=situation.data["deputies"]).select_related("person")
    for mandate in chosen.order_by("pk"):
        yield _ballot(situation, mandate.pk, mandate.person.name)


def ask_again(situation: Situation) -> Iterable[Opening]:
    """The same deputies, as far as they may still act."""
    first = _first_of(situation).matter_id
    asked = Party.objects.filter(matter__parent=first, matter__procedure=BALLOT, role="rater").values("holder")
    able = Mandate.objects.able_on(situation.today).filter(pk__in=asked).select_related("person").order_by("pk")
    for mandate in able:
        yield _ballot(situation, mandate.pk, mandate.person.name)


def _ballot(situation: Situation, mandate: Any, name: str) -> Opening:
    data = {"title": situation.matter.title, "closes_on": str(situation.record.closes_on)}
    return Opening(BALLOT, "ask", data, (("rater", mandate, name),))


def ask_residents(situation: Situation, act: Act) -> None:
    """Keep what was said on the spot."""
    situation.add(OnSiteOpinion(recorded_by=situation.actor.name[:100], notes=situation.data.get("notes", ""), **{
        name: situation.data[name] for name in ("held_on", "place", "satisfied", "dissatisfied")
    }))  # fmt: skip
    situation.note(residents_asked=True)


def count(situation: Situation, act: Act) -> None:
    """Count the ratings, the last word of each deputy, and write down what may be published: here and nowhere else."""
    book = situation.book
    found = summary.of_grades(_ratings(situation.matter), book)
    visits = situation.rows(OnSiteOpinion)
    residents = summary.publish(
        sum(visit.satisfied for visit in visits), sum(visit.dissatisfied for visit in visits), book
    )
    said = asdict(found)
    if situation.record.residents_asked:
        said |= {f"residents_{name}": value for name, value in asdict(residents).items()}
    situation.note(counted_on=situation.today, **said)
    act.data["summary"] = {name: value for name, value in said.items() if value is not None}


def _ratings(poll: Matter) -> list[str]:
    ballots = Matter.objects.filter(parent=poll, procedure=BALLOT)
    rows = SealedValue.objects.filter(matter__in=ballots, field="grade").order_by("act__seq")
    return list({row.matter_id: unseal(row) for row in rows}.values())


def reopen(situation: Situation) -> Iterable[Opening | Taking]:
    """What deputies are not satisfied with is handled again with a day; after the first round they rate once more.

    A closed suggestion is reopened and answered again; one that is not closed, or that nobody handles any more, has no reopening
    and is put right (rectification).
    """
    record = situation.record
    if record.verdict != summary.DISSATISFIED:
        return
    then = {"procedure": PROCEDURE.key, "step": "open_second"} if record.round == 1 else {}
    subject = Matter.objects.get(pk=record.subject_id)
    if subject.state == "closed" and parties_of(subject.pk, "handler"):
        yield Taking(subject.pk, "reopen", {"reason": NOT_SATISFIED, "follow_up": then})
    else:
        yield rectify(situation, "poll", NOT_SATISFIED, follow_up=then)


OFFICES = (DEPUTY_OFFICE, STREET_REVIEWER, AUDITORS)
EVERYBODY = (*OFFICES, HANDLER, DEPUTIES, GOVERNMENT_OFFICE, LEADERS)

# fmt: off
OPEN      = State("open",      "测评中",  "Being rated", "rate", seen_by=OFFICES)
COUNTED   = State("counted",   "已统计",  "Counted",     "result", final=True)
CANCELLED = State("cancelled", "已取消",  "Cancelled",   "rate", final=True, seen_by=OFFICES)

STEPS = (
    Step("open",          "发起背对背测评", None, OPEN,      by=DEPUTY_OFFICE, basis="B13.poll",  label_en="Open a back-to-back poll", records=OpenPoll, only_if=("option.satisfaction_poll", True), does=begin, opens=ask),
    Step("open_second",   "再次测评",    None, OPEN,      by=THE_KIN,       basis="B13.poll",  label_en="Poll again", does=begin_second, opens=ask_again, tells=(DEPUTY_OFFICE,)),
    Step("ask_residents", "登记现场问效",  OPEN, None,      by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="B13.poll", label_en="Record residents' opinions", records=OnSite, does=ask_residents, optional=True),
    Step("cancel_poll",   "取消测评",    OPEN, CANCELLED, by=DEPUTY_OFFICE, basis="B13.poll",  label_en="Cancel the poll", records=Cancel, optional=True, confirm="取消后已有的评价不统计、不公布，不能恢复。"),
    Step("close_poll",    "截止并统计",   OPEN, COUNTED,   by=THE_CLOCK,     basis="B13.smallest", label_en="Close and count", does=count, opens=reopen, tells=(HANDLER, DEPUTY_OFFICE)),
)

CLOCKS = (
    Clock("poll", "测评期限", "B13.poll", starts=("open", "open_second"), stops=("close_poll", "cancel_poll"), whose=DEPUTY_OFFICE, label_en="Time to rate", until="closes_on", then="close_poll", right=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="satisfaction-poll", label="背对背测评", label_en="Back-to-back polls", states=(OPEN, COUNTED, CANCELLED), steps=STEPS,
    clocks=CLOCKS, record=SatisfactionPoll, body="procedures/satisfaction_poll.html",
    stages=(("rate", "测评"), ("result", "结果")), seen_by=EVERYBODY, seen_when_confidential=(*OFFICES, HANDLER),
    basis="B13.poll",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
