"""Opening a vote: enough are there, the roll and the base are frozen, and the rules that decide are written down with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.activities import bodies
from openrenda.activities.quorum import Quorum, present_voters, quorum, quorum_words
from openrenda.ballots.closing import discard
from openrenda.ballots.counting import Grade, Terms
from openrenda.ballots.models import HYBRID, ON_DEVICES, ON_PAPER, RollEntry
from openrenda.ballots.opening import open_ballot
from openrenda.ballots.refusals import NotAccepted
from openrenda.ballots.taking import vote_on_paper
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.refusals import Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from openrenda.procedures.fields import ChooseSeveral, leave_out, offer_rows
from openrenda.rulebook import Rule

from .records import latest_ballot

MAJORITIES = {"congress": "ORG-03", "standing_committee": "ORG-14"}
OTHERS = "ORG-30.majority"
RUNGS = ("D05.satisfied", "D05.basically")


@dataclass(frozen=True)
class Present:
    """Who votes: all members by number, those present by their mandates, and whether they are enough under which rule."""

    base: int
    voters: list[UUID]
    rule: Rule
    met: bool


class OpenVote(StepForm):
    """Who is there, where no sitting of the system keeps it; and how long the screens count down."""

    present = ChooseSeveral(
        label=_("到会的组成人员"), required=False, help_text=_("只有到会的人可以表决；名单从这时起不变。")
    )
    minutes = forms.IntegerField(
        label=_("倒计时（分钟）"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("只作提示，由主持人结束表决。"),
    )

    def prepare(self) -> None:
        """A vote of a sitting takes those who signed in."""
        situation = self.situation
        if situation.record.sitting_id:
            leave_out(self, "present")
            return
        rows = partial(able, situation.record.body, situation.today)
        offer_rows(self, "present", rows, lambda mandate: mandate.person.name)


def able(body: str, day: Any) -> Any:
    """The members of a body who may act on the day; of several bodies of a kind, the first."""
    return bodies.able(body, bodies.group_of(body, day).first() if bodies.BODIES[body].group else None, day)


def present_at(situation: Situation) -> Present:
    """Who is there now."""
    record, day = situation.record, situation.today
    if record.sitting_id:
        found = quorum(record.sitting, day)
        return Present(found.base, present_voters(record.sitting, day), situation.book[found.rule_id], found.met)
    body = bodies.BODIES[record.body]
    group = bodies.group_of(record.body, day).first() if body.group else None
    base, rule = bodies.in_office(record.body, group, day).count(), situation.book[body.quorum]
    voters = sorted(map(UUID, situation.data.get("present", [])))
    return Present(base, voters, rule, bool(voters) and rule.met_by(len(voters), base))


def below_quorum(situation: Situation) -> str | None:
    """Enough are there (ORG-02, ORG-14), on the base of all members; a straw poll decides nothing and needs nobody in particular."""
    record = situation.record
    if record.straw or (not record.sitting_id and not situation.data):
        return None
    there = present_at(situation)
    if there.met:
        return None
    found = quorum_words(Quorum(there.base, len(there.voters), there.rule.id, there.met), there.rule)
    return gettext("%(found)s到会人数足了再办。") % {"found": found}


def nobody(situation: Situation) -> str | None:
    """Somebody is there to vote."""
    if situation.data or situation.record.sitting_id:
        return None if present_at(situation).voters else gettext("没有到会的人，不能开始表决。")
    return None


def terms_of(situation: Situation, there: Present) -> Terms:
    """What holds for this vote, with the rules of today."""
    record, book = situation.record, situation.book
    graded = record.kind == "grades"
    grades: Any = book.option("option.report_grades") if graded else []
    return Terms(
        kind=record.kind, options=tuple(record.labels), body=record.body, base=there.base, present=len(there.voters),
        majority=book[MAJORITIES.get(record.body, OTHERS)], places=record.places, together=record.together,
        plurality=record.kind == "choice" and book.option("option.choice_rule") == "plurality",
        grades=tuple(Grade(grade["key"], grade["label"]) for grade in grades),
        rungs=tuple(book[rule] for rule in RUNGS) if graded else (), grades_base=str(book.option("option.grades_base")),
        straw=record.straw,
    )  # fmt: skip


def open_vote(situation: Situation, act: Act) -> None:
    """Freeze who votes and under which rules."""
    there = present_at(situation)
    _begin(situation, there, trial=False)
    minutes = situation.data.get("minutes")
    ends_at = situation.at + timedelta(minutes=minutes) if minutes else None
    situation.note(base=there.base, present=len(there.voters), ends_at=ends_at)
    majority = MAJORITIES.get(situation.record.body, OTHERS)
    act.data |= {"base": there.base, "present_count": len(there.voters), "quorum": there.rule.id, "majority": majority}


def open_trial(situation: Situation, act: Act) -> None:
    """The same with the same people, counting for nothing."""
    _begin(situation, present_at(situation), trial=True)


def _begin(situation: Situation, there: Present, *, trial: bool) -> None:
    matter, terms = situation.matter, terms_of(situation, there)
    way, version, names = situation.record.way, situation.book.version, names_of(there.voters)

    def begin() -> None:
        open_ballot(matter, way, terms, names, rulebook=version, trial=trial)

    situation.after_write.append(begin)


def names_of(voters: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The voters with their names, in the order of strokes."""
    rows = Mandate.objects.filter(pk__in=list(voters)).order_by("person__stroke_key", "id")
    return list(rows.values_list("pk", "person__name"))


def close_trial(situation: Situation, act: Act) -> None:
    """What was tried is thrown away, unopened."""
    ballot = latest_ballot(situation.matter.pk)
    if ballot:
        situation.after_write.append(lambda: discard(ballot))


def only_on_devices(situation: Situation) -> str | None:
    """One tries what happens on devices."""
    return None if situation.record.way in ON_DEVICES else gettext("举手和纸质票表决不需要试投票。")


class GivePaper(StepForm):
    """Who votes on paper in a vote with both."""

    voters = ChooseSeveral(label=_("改用纸质票的人"), help_text=_("已经领了电子票的不在其中：一个人只有一张票。"))

    def prepare(self) -> None:
        """Offer those who have no ballot yet."""
        ballot = latest_ballot(self.situation.matter.pk)
        free = RollEntry.objects.filter(ballot=ballot, taken=False).exclude(way=ON_PAPER)
        offer_rows(self, "voters", free.order_by("id").all, lambda entry: entry.name)


def not_hybrid(situation: Situation) -> str | None:
    """Only where both are used."""
    return None if situation.record.way == HYBRID else gettext("只有电子票和纸质票并用的表决，才登记改用纸质票的人。")


def give_paper(situation: Situation, act: Act) -> None:
    """Their electronic ballots are gone; whoever took one in this moment keeps it."""
    ballot = latest_ballot(situation.matter.pk)
    entries = RollEntry.objects.filter(ballot=ballot, pk__in=situation.data["voters"])
    act.data["names"] = [entry.name for entry in entries]

    def give() -> None:
        assert ballot is not None
        for entry in entries:
            try:
                vote_on_paper(ballot, entry.voter)
            except NotAccepted as problem:
                raise Refused([f"{entry.name}：{problem.sentence}"]) from problem

    situation.after_write.append(give)


def seconds_left(ends_at: Any) -> int | None:
    """How long the screens still count."""
    return max(0, int((ends_at - timezone.now()).total_seconds())) if ends_at else None
