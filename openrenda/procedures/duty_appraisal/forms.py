"""What the steps of an appraisal after appointment record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.people.models import Tenure
from openrenda.people.models.post import BY_COMMITTEE
from openrenda.people.posts import term_on

from ..fields import Choose, Day, LongText, offer_rows
from .records import GOOD, WEAK, DutyAppraisal

KINDS = ((GOOD, _("成绩")), (WEAK, _("不足，列为整改")))


def named(tenure: Tenure) -> str:
    """Post and person, as a choice names them."""
    return f"{tenure.post.title} {tenure.person.name}"


class Begin(StepForm):
    """Who is appraised: only somebody whom this committee has put into office."""

    tenure = Choose(label=_("评议对象"), help_text=_("只列由本级人大常委会任命、现在任职的人员。"))
    report_by = Day(label=_("履职报告提交日期"), required=False)

    def prepare(self) -> None:
        """Those in office whom the committee appointed (I02)."""
        rows = Tenure.objects.on(self.situation.today).filter(begun_as__in=BY_COMMITTEE, until=None).with_names()
        offer_rows(self, "tenure", rows.all, named)

    def clean_tenure(self) -> Any:
        """Once in a term, unless the first was called off."""
        tenure = self.cleaned_data["tenure"]
        term = term_on(self.situation.today)
        before = DutyAppraisal.objects.filter(tenure__person=tenure.person_id, term=term).exclude(
            matter__state="cancelled"
        )
        if before.exists():
            raise ValidationError(_("这位人员本届内已经列为评议对象。"))
        return tenure


class Report(StepForm):
    """The person's own report on how the duties were carried out."""

    report = LongText(label=_("履职报告"), rows=8, max_length=20000)


class Finding(StepForm):
    """What was heard, from whom, under which criterion."""

    criterion = forms.ChoiceField(label=_("评议内容"))
    kind = forms.ChoiceField(label=_("性质"), choices=KINDS, widget=forms.RadioSelect)
    text = LongText(label=_("情况"), rows=4, max_length=5000)
    evidence = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("案卷评查、座谈、走访、代表意见等，写明出处。")
    )
    heard_on = Day(label=_("了解日期"))
    due_on = Day(label=_("整改期限"), required=False, help_text=_("不足须写明整改期限。"))

    def prepare(self) -> None:
        """The criteria fixed when the person was chosen."""
        rows = self.situation.record.criteria or self.situation.book.option("option.duty_criteria")
        self.fields["criterion"].choices = [(row["key"], gettext(row["label"])) for row in rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A weak point has a day, and nothing was heard tomorrow."""
        cleaned = super().clean()
        today = self.situation.today
        if cleaned.get("heard_on") and cleaned["heard_on"] > today:
            self.add_error("heard_on", _("日期不能晚于今天。"))
        if cleaned.get("kind") == WEAK and not cleaned.get("due_on"):
            self.add_error("due_on", _("不足须写明整改期限。"))
        if cleaned.get("due_on") and cleaned["due_on"] < today:
            self.add_error("due_on", _("整改期限不能早于今天。"))
        return cleaned


class Summary(StepForm):
    """The findings as the sitting hears them."""

    summary = LongText(label=_("调查了解的情况"), rows=6, max_length=20000)


class Feedback(StepForm):
    """To whom and how the result was told."""

    told = LongText(label=_("向本人和所在单位反馈的情况"), rows=3, max_length=5000)


class Reason(StepForm):
    """Why it is called off."""

    reason = LongText(label=_("理由"), rows=2, max_length=2000)
