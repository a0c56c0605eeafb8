"""What the steps of a rating record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.people.models import Organ

from ..fields import Choose, Day, LongText, offer_rows, one_paragraph


class MeetingDay(StepForm):
    """The day of the sitting; the reports of one day are rated on one paper."""

    meeting_on = Day(label=_("测评的会议日期"), help_text=_("同一天测评的报告列在一张票上，逐份计票、逐份得出结果。"))

    def clean_meeting_on(self) -> Any:
        """Not in the past."""
        if self.cleaned_data["meeting_on"] < self.situation.today:
            raise ValidationError(_("会议日期不能早于今天。"))
        return self.cleaned_data["meeting_on"]


class Enter(MeetingDay):
    """Which report, of which organ."""

    title = forms.CharField(label=_("报告名称"), max_length=200, validators=[one_paragraph])
    organ = Choose(label=_("报告单位"))
    report = LongText(label=_("报告要点"), rows=6, max_length=20000, required=False)
    field_order = ("title", "organ", "meeting_on", "report")

    def prepare(self) -> None:
        """The organs of today."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)


class Report(StepForm):
    """What the organ reports."""

    report = LongText(label=_("报告要点"), rows=8, max_length=20000, help_text=_("报告全文可在本页“文件”处上传。"))


class Again(StepForm):
    """Another day by which it is to be reported again, as the council of chairpersons decided."""

    again_on = Day(label=_("再次报告的日期"))
    reason = LongText(label=_("理由、由哪次会议决定"), rows=2, max_length=2000)

    def clean_again_on(self) -> Any:
        """Not in the past."""
        if self.cleaned_data["again_on"] < self.situation.today:
            raise ValidationError(_("日期不能早于今天。"))
        return self.cleaned_data["again_on"]


class Told(StepForm):
    """How the result was told to the organ; after a last rating that is not satisfied either, what was decided."""

    told = LongText(label=_("告知报告单位的情况"), rows=3, max_length=5000)
    decision = LongText(
        label=_("再次测评仍不满意的，怎样处理"),
        rows=3,
        max_length=5000,
        required=False,
        help_text=_("例如作出决议，或者依法组织特定问题调查、提出质询。"),
    )

    def prepare(self) -> None:
        """Asked only of a last one that is not satisfied."""
        record = self.situation.record
        if not (record.unsatisfied and record.is_last):
            del self.fields["decision"]
        else:
            self.fields["decision"].required = True
