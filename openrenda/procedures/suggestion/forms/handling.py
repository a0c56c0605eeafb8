"""What is recorded when a suggestion is sorted, handed over and handled."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import THE_KIN_SEAT
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.leading import leading_members, named
from openrenda.people.models import Category, Organ
from openrenda.people.remembering import remembered

from ...fields import Choose, ChooseSeveral, Day, LongText, leave_out, offer_rows

CONTACT_WAYS = (("visit", _("上门走访")), ("meeting", _("当面座谈")), ("phone", _("电话")), ("site", _("现场察看")))
HANDLING_KINDS = ("department", "street", "town", "government", "supervisory_commission", "court", "procuratorate",
                  "congress_committee", "congress_office", "other")  # fmt: skip


class Categorise(StepForm):
    """The field of concern."""

    category = Choose(label=_("类别"))

    def prepare(self) -> None:
        """Offer the congress's tree."""
        offer_rows(self, "category", Category.objects.all)


class Merge(StepForm):
    """The suggestion of the same content that this one follows (SUG-18)."""

    main = forms.UUIDField(label=_("并入哪一件（主件）"), widget=forms.Select)
    reason = LongText(label=_("理由"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer open suggestions that are not merged themselves."""
        same = Matter.objects.filter(procedure=self.situation.matter.procedure, closed_on=None, parent=None)
        open_ones = same.exclude(pk=self.situation.matter.pk).exclude(number="").order_by("-opened_on", "-id")[:200]
        self.fields["main"].widget.choices = [("", "—"), *((m.pk, f"{m.number} {m.title}") for m in open_ones)]


class Assign(StepForm):
    """Exactly one lead organ, and none or more assisting ones (B04)."""

    organ = Choose(label=_("主办单位"))
    assisting = ChooseSeveral(label=_("协办单位"), required=False)
    note = LongText(label=_("办理要求"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        for name in ("organ", "assisting"):
            offer_rows(self, name, partial(handling_organs, self.situation.today))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organ") and cleaned["organ"] in (cleaned.get("assisting") or []):
            raise ValidationError(_("主办单位不能同时是协办单位。"))
        return cleaned


class AssignSeparately(StepForm):
    """Two or more organs, each of which replies (SUG-06)."""

    organs = ChooseSeveral(label=_("分别办理的单位"))
    note = LongText(label=_("办理要求"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        offer_rows(self, "organs", partial(handling_organs, self.situation.today))

    def clean_organs(self) -> Any:
        """At least two."""
        chosen = self.cleaned_data["organs"]
        if len(chosen) < 2:
            raise ValidationError(_("分别办理至少选两个单位；只有一个单位请用“交办”。"))
        return chosen


class ContactForm(StepForm):
    """A contact with the deputy before the reply (REP-06)."""

    way = forms.ChoiceField(label=_("方式"), choices=CONTACT_WAYS, widget=forms.RadioSelect)
    held_on = Day(label=_("日期"))
    people = forms.CharField(label=_("参加人"), max_length=200, help_text=_("双方参加人的姓名和职务。"))
    summary = LongText(label=_("沟通情况"), rows=5, max_length=5000, help_text=_("代表说了什么，单位怎样答复。"))

    def clean_held_on(self) -> date:
        """Not in the future."""
        held: date = self.cleaned_data["held_on"]
        if held > self.situation.today:
            raise ValidationError(_("联系日期不能晚于今天。"))
        return held


class Dispute(StepForm):
    """What the deputy says really happened."""

    comment = LongText(label=_("实际情况"), rows=4, max_length=2000)


class HandDown(StepForm):
    """A task inside the organ, with its own date."""

    section = forms.CharField(label=_("承办科室"), max_length=100)
    clerk = forms.CharField(label=_("经办人"), max_length=100, required=False)
    due_on = Day(label=_("内部完成日期"))
    task = LongText(label=_("任务"), rows=3, max_length=2000)


class Supervise(StepForm):
    """Who leads the supervision (B06); with somebody of the government it is a joint one (B09)."""

    leading = Choose(label=_("领衔的主任会议成员"))
    street_leader = forms.CharField(label=_("街道督办负责人"), max_length=100, required=False)
    committee = Choose(label=_("对口专工委"), required=False, help_text=_("不选的，按建议的类别确定。"))
    government_person = forms.CharField(
        label=_("政府方面责任人"), max_length=100, required=False, help_text=_("填写的为人大、政府协同督办。")
    )
    due_on = Day(label=_("督办完成日期"), required=False)

    def prepare(self) -> None:
        """At the street its own person leads, at the district a member of the council of chairpersons."""
        at_street = self.situation.actor.seat == "street_reviewer"
        leave_out(self, *(("leading", "committee") if at_street else ("street_leader",)))
        self.fields["street_leader"].required = at_street
        offer_rows(self, "leading", partial(leading_members, self.situation.today), named)
        offer_rows(self, "committee", Organ.objects.on(self.situation.today).filter(kind="congress_committee").all)


class Reopen(StepForm):
    """What was found that does not agree with the closing."""

    reason = LongText(label=_("核查发现的情况"), rows=4, max_length=2000)
    follow_up = forms.JSONField(label=_("重新办结后"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """What is to follow is said by the matter that reopens, never typed."""
        if self.situation.actor.seat != THE_KIN_SEAT:
            leave_out(self, "follow_up")


class AskExtension(StepForm):
    """Why more time is needed, and until when (SUG-08)."""

    reason = LongText(label=_("延期理由"), rows=4, max_length=2000)
    until = Day(label=_("延至"), required=False)


@remembered
def handling_organs(day: date) -> Any:
    """The organs that may be given a suggestion on that day."""
    return Organ.objects.on(day).filter(kind__in=HANDLING_KINDS)
