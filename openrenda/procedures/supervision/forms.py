"""What each step of a supervision records."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.leading import leading_members, named
from openrenda.people.models import Organ

from ..fields import (
    Choose,
    ChooseSearched,
    ChooseSeveral,
    Day,
    LongText,
    OneOf,
    leave_out,
    offer_choices,
    offer_deputies,
    offer_rows,
)
from .records import KEY, STREET, Attached

DAYS_BACK = 366
WAYS = (("site", _("现场察看")), ("meeting", _("座谈督办")), ("asking", _("电话、书面了解")))
LEVELS = ((STREET, _("街道")), ("district", _("区级")))


class Begin(StepForm):
    """Told by the suggestion itself or by a decision of the council of chairpersons."""

    title = forms.CharField(label=_("标题"), max_length=500)
    subject = forms.UUIDField(label=_("督办的建议"))
    level = forms.ChoiceField(label=_("层级"), choices=LEVELS)
    leading = forms.UUIDField(label=_("领衔的主任会议成员"), required=False)
    street_leader = forms.CharField(label=_("街道督办负责人"), max_length=100, required=False)
    committee = forms.UUIDField(label=_("对口专工委"), required=False)
    government_person = forms.CharField(label=_("政府方面责任人"), max_length=100, required=False)
    due_on = Day(label=_("督办完成日期"), required=False)
    year = forms.IntegerField(label=_("年度"), required=False)


class Leading(StepForm):
    """Who leads and who follows; also the form by which both are corrected."""

    leading = Choose(label=_("领衔的主任会议成员"))
    committee = Choose(label=_("对口专工委"), required=False)
    government_person = forms.CharField(label=_("政府方面责任人"), max_length=100, required=False)

    def prepare(self) -> None:
        """Offer the leading members and the committees, with those of now in place."""
        day = self.situation.today
        offer_rows(self, "leading", partial(leading_members, day), named)
        offer_rows(self, "committee", Organ.objects.on(day).filter(kind="congress_committee").all)
        record = self.situation.record
        held = self.situation.holders("leading")
        self.initial.update({"committee": record.committee_id, "government_person": record.government_person})
        self.initial.update({"leading": held[0].holder} if held else {})


class Plan(Leading):
    """A key suggestion's leader, committee, unit, plan and day, and what class of problem and field of work it is to move (B08)."""

    committee = Choose(label=_("对口专工委"))
    unit = Choose(label=_("责任单位"))
    plan = LongText(label=_("督办方案"), rows=6, max_length=10000)
    due_on = Day(label=_("要求完成日期"))
    problem_class = forms.CharField(label=_("要解决的一类问题"), max_length=200)
    field_of_work = forms.CharField(label=_("要促进的一个领域工作"), max_length=200)

    def prepare(self) -> None:
        """Offer organs too; the suggestion's own handler stands in place."""
        super().prepare()
        offer_rows(self, "unit", Organ.objects.on(self.situation.today).all)
        handling = self.situation.holders("handler")
        self.initial.update({"unit": handling[0].holder} if handling else {})

    def clean_due_on(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["due_on"]
        if day < self.situation.today:
            raise ValidationError(_("完成日期不能早于今天。"))
        return day


class Follow(StepForm):
    """What was seen, and which deputies took part."""

    held_on = Day(label=_("日期"))
    way = forms.ChoiceField(label=_("方式"), choices=WAYS, widget=forms.RadioSelect)
    finding = LongText(label=_("了解到的情况"), rows=5, max_length=5000)
    deputies = ChooseSeveral(
        label=_("参加的代表"), required=False, help_text=_("自动进入代表履职档案，不需要另外登记。")
    )

    def prepare(self) -> None:
        """Offer the deputies who may act today."""
        offer_deputies(self, "deputies")

    def clean_held_on(self) -> date:
        """Not in the future."""
        held: date = self.cleaned_data["held_on"]
        if held > self.situation.today:
            raise ValidationError(_("日期不能晚于今天。"))
        return held


class Attach(StepForm):
    """Suggestions of the same kind."""

    suggestions = ChooseSearched(label=_("同类建议"))

    def prepare(self) -> None:
        """Offer other suggestions that have a number."""
        offer_rows(self, "suggestions", partial(others, self.situation), str)


class Decide(StepForm):
    """The own decision on one attached suggestion."""

    attached = OneOf(label=_("同类建议"))
    decision = LongText(label=_("对这件的单独结论"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the attached ones without a decision."""
        offer_choices(self, "attached", [(str(row.subject_id), row.title) for row in undecided(self.situation)])


class Close(StepForm):
    """The closing note; a key suggestion's answers for its class of problem and its field of work too (B08)."""

    closing = LongText(label=_("督办结果"), rows=5, max_length=5000)
    problem_answer = LongText(label=_("这一类问题解决得怎样"), rows=4, max_length=5000)
    field_answer = LongText(label=_("这个领域工作有什么推进"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Only a key suggestion is asked about more than itself."""
        if self.situation.record.form != KEY:
            leave_out(self, "problem_answer", "field_answer")


def others(situation: Any) -> Any:
    """Suggestions of the last year, or still open, that are neither this one nor attached to it already, newest first."""
    attached = [row.subject_id for row in situation.rows(Attached)]
    recent = Q(closed_on=None) | Q(opened_on__gte=situation.today - timedelta(days=DAYS_BACK))
    found = Matter.objects.filter(recent, procedure="suggestion", parent=None).exclude(number="")
    return found.exclude(pk__in=[situation.record.subject_id, *attached]).order_by("-opened_on", "-id")


def undecided(situation: Any) -> list[Attached]:
    """Attached suggestions on which nothing was decided yet."""
    return [] if situation.new else [row for row in situation.rows(Attached) if not row.decided_on]
