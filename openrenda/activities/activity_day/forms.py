"""What each step of a unified activity day records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.procedures.fields import Day, LongText, one_paragraph

from .records import StreetDay


class Begin(StepForm):
    """The first month's day; from then on each month has one by itself."""

    held_on = Day(label=_("第一次活动日"))

    def clean_held_on(self) -> Any:
        """On the fixed day of a month, not in the past."""
        day, fixed = self.cleaned_data["held_on"], day_of_month(self.situation.book)
        if day.day != fixed or day < self.situation.today:
            self.add_error("held_on", _("统一活动日是每月%(day)s日，请填写今天或者以后的%(day)s日。") % {"day": fixed})
        return day


class Follow(StepForm):
    """The day of the month that follows."""

    held_on = Day(label=_("日期"))


class Guide(StepForm):
    """The guidance: theme and requirements."""

    theme = forms.CharField(label=_("主题"), max_length=200, validators=[one_paragraph])
    guidance = LongText(label=_("指导意见"), rows=8, max_length=20000)


class Points(StepForm):
    """The street's entry points, one a line."""

    entry_points = LongText(label=_("小切口（每行一个）"), rows=3, max_length=2000, required=False)

    def prepare(self) -> None:
        """What was chosen before stands in place. How many it must be the bar says, with the number that was typed."""
        self.fields["entry_points"].mark = gettext("必填")  # type: ignore[attr-defined]
        if not self.is_bound:
            mine = [row for row in self.situation.rows(StreetDay) if row.street_id in self.situation.actor.holders]
            self.initial["entry_points"] = mine[0].entry_points if mine else ""


class Move(StepForm):
    """The other day, and the decision."""

    held_on = Day(label=_("调整到"))
    reason = LongText(label=_("调整的决定和理由"), rows=3, max_length=2000)

    def clean_held_on(self) -> Any:
        """Within the same month, not in the past."""
        day, month = self.cleaned_data["held_on"], self.situation.record.month
        if (day.year, day.month) != (month.year, month.month) or day < self.situation.today:
            self.add_error("held_on", _("请在当月内选今天或者以后的一天。"))
        return day


class StreetHeld(StepForm):
    """Which street held its day, and when."""

    street = forms.UUIDField(label=_("街道、乡镇"))
    held_on = Day(label=_("日期"))


def day_of_month(book: Any) -> int:
    """On which day of each month the activity day falls (A03)."""
    return int(book.option("option.activity_day"))
