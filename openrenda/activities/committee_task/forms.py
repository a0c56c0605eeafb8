"""What each step of a joint task records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.counterparts import committees
from openrenda.procedures.fields import (
    Choose,
    ChooseSeveral,
    Day,
    LongText,
    OneOf,
    offer_choices,
    offer_rows,
    one_paragraph,
)
from openrenda.procedures.reasons import Reason

from ..engagements import GONE, OWN_KINDS, WarnsOfTheWeek
from ..joint import CommitteeDay, CommitteeWork
from ..record import Activity, Participant
from ..sharing import ORGAN
from .bars import due, planned, running

DAYS_BACK, MOST_OFFERED = 366, 50
NONE_OF_THEM = ""


class Split(StepForm):
    """One committee leads, any number of others assist (J07 (1))."""

    lead = Choose(label=_("牵头专工委"))
    assisting = ChooseSeveral(label=_("协助的专工委"), required=False)
    due_on = Day(label=_("要求完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the committees of the day; how it was divided before stands in place."""
        for name in ("lead", "assisting"):
            offer_rows(self, name, committees(self.situation.today).all)
        if not self.situation.new and not self.is_bound:
            rows = running(self.situation)
            self.initial["lead"] = next((row.committee_id for row in rows if row.leads), None)
            self.initial["assisting"] = [row.committee_id for row in rows if not row.leads]
            self.initial["due_on"] = self.situation.record.due_on

    def clean(self) -> dict[str, Any]:
        """Whoever leads does not assist as well."""
        cleaned = super().clean()
        if cleaned.get("lead") in list(cleaned.get("assisting") or []):
            self.add_error("assisting", _("牵头的专工委不用再列为协助单位。"))
        return cleaned

    def clean_due_on(self) -> Any:
        """Still to come."""
        day = self.cleaned_data["due_on"]
        if day and day < self.situation.today:
            raise ValidationError(_("完成日期不能早于今天。"))
        return day


class SetUp(Split):
    """What crosses the fields, and who does it."""

    title = forms.CharField(label=_("任务名称"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("任务内容"), rows=5, max_length=10000)
    field_order = ["title", "text", "lead", "assisting", "due_on"]


class Change(Split):
    """Another split, and why."""

    reason = LongText(label=_("调整理由"), rows=2, max_length=2000)


class OfCommittee(StepForm):
    """One of the committees that take part now; her own stands in place."""

    committee = OneOf(label=_("专工委"))

    def prepare(self) -> None:
        """Offer the lead first, then those who assist."""
        found = named_parts(self.situation)
        offer_choices(self, "committee", found)
        mine = {str(holder) for holder in self.situation.actor.holders}
        self.initial.setdefault("committee", next((key for key, _name in found if key in mine), None))


class Divide(OfCommittee):
    """What one committee does, by which day."""

    part = LongText(label=_("负责的工作"), rows=3, max_length=5000)
    due_on = Day(label=_("要求完成日期"), required=False)


class Arrange(OfCommittee, WarnsOfTheWeek):
    """Which committee goes to which unit on which day."""

    what = forms.CharField(label=_("活动内容"), max_length=200, validators=[one_paragraph])
    unit = Choose(label=_("涉及单位"), help_text=_("同一周已有其他活动的，会在下面提示，不影响安排。"))
    held_on = Day(label=_("日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    field_order = ["what", "unit", "held_on", "starts_at", "place", "committee"]

    def prepare(self) -> None:
        """Offer every organ but the congress's own."""
        super().prepare()
        offer_rows(self, "unit", Organ.objects.on(self.situation.today).exclude(kind__in=OWN_KINDS).all)


class OfDay(StepForm):
    """One of the activities that are arranged."""

    day = OneOf(label=_("哪一次活动"))

    def prepare(self) -> None:
        """Offer those of which nothing was recorded."""
        offer_choices(self, "day", [(str(row.pk), named_day(row)) for row in self.offered()])

    def offered(self) -> list[CommitteeDay]:
        """Which they are."""
        return planned(self.situation)


class Move(OfDay, WarnsOfTheWeek):
    """Another day for it."""

    held_on = Day(label=_("新的日期"))
    starts_at = forms.CharField(label=_("时间"), max_length=40, required=False, help_text=_("不填的不变。"))
    place = forms.CharField(label=_("地点"), max_length=200, required=False, help_text=_("不填的不变。"))

    def visit(self) -> tuple[Any, Any, tuple[Any, ...]]:
        """Its own unit, the new day; it is not warned of itself."""
        chosen = self.typed("day")
        row = next((row for row in self.offered() if str(row.pk) == chosen), None)
        return ([row.unit_id], self.typed("held_on"), (row.pk,)) if row else ([], None, ())


class CallOff(OfDay, Reason):
    """Which one does not take place, and why."""


class Hold(OfDay):
    """Who was there, and what came of it."""

    committees = forms.MultipleChoiceField(
        label=_("参加的专工委"), widget=forms.CheckboxSelectMultiple, help_text=_("各记入当年的牵头、协助工作，不用另外登记。")
    )  # fmt: skip
    text = LongText(label=_("活动情况"), rows=4, max_length=10000)

    def prepare(self) -> None:
        """Offer the committees that take part."""
        super().prepare()
        offer_choices(self, "committees", named_parts(self.situation))

    def offered(self) -> list[CommitteeDay]:
        """Those whose day has come."""
        return due(self.situation)


class Work(OfCommittee):
    """What a committee did: at an activity that is entered already, or by itself on a day."""

    activity = forms.ChoiceField(
        label=_("已登记的活动"), required=False, help_text=_("已经在会议、督查、代表活动中登记过的，在这里选出，日期不用再填。")
    )  # fmt: skip
    done_on = Day(label=_("日期"), required=False)
    text = LongText(label=_("做了什么"), rows=4, max_length=5000)
    field_order = ["committee", "activity", "done_on", "text"]

    def prepare(self) -> None:
        """Offer what the committees of the task held or attended within the year."""
        super().prepare()
        rows = [
            (str(row.matter_id), f"{date_format(row.held_on)} {row.matter.title}")
            for row in recorded_elsewhere(self.situation)
        ]
        offer_choices(self, "activity", [(NONE_OF_THEM, _("不是已登记的活动")), *rows])

    def clean(self) -> dict[str, Any]:
        """A day, or an activity that has one; the same activity counts once for a committee."""
        cleaned = super().clean()
        day, activity = cleaned.get("done_on"), cleaned.get("activity")
        if not day and not activity and "done_on" not in self.errors:
            self.add_error("done_on", _("请填写日期，或者选出已登记的活动。"))
        if day and day > self.situation.today:
            self.add_error("done_on", _("日期不能晚于今天。"))
        known = {(str(row.committee_id), str(row.activity_id)) for row in self.situation.rows(CommitteeWork)}
        if activity and (cleaned.get("committee"), activity) in known:
            self.add_error("activity", _("这次活动已经记入这个专工委的工作。"))
        return cleaned


class Close(StepForm):
    """What came of the task."""

    summary = LongText(label=_("完成情况"), rows=5, max_length=10000)


def named_parts(situation: Situation) -> list[tuple[str, str]]:
    """The committees that take part now, the lead first. Nothing but the name is said: the same words stand in the record for good."""
    names = {party.holder: party.name for role in ("lead_committee", "assisting") for party in situation.holders(role)}
    return [(str(row.committee_id), names.get(row.committee_id, "")) for row in running(situation)]


def named_day(row: CommitteeDay) -> str:
    """An activity as it is chosen from."""
    return f"{date_format(row.held_on)} {row.what}"


def recorded_elsewhere(situation: Situation) -> list[Activity]:
    """Activities of the last year that the committees of the task held or attended, newest first."""
    mine = [row.committee_id for row in running(situation)]
    there = Participant.objects.filter(kind=ORGAN, holder__in=mine)
    since = situation.today - timedelta(days=DAYS_BACK)
    found = Activity.objects.filter(
        Q(committee__in=mine) | Q(matter__in=there.values("matter")), held_on__range=(since, situation.today), matter__confidential=False
    )  # fmt: skip
    found = found.exclude(matter__state__in=(*GONE, "planned"))
    return list(found.select_related("matter").order_by("-held_on", "-id")[:MOST_OFFERED])
