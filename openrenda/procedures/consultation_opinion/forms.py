"""What the steps of an opinion on a consultation record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.models import Organ

from .. import consulting
from ..fields import Choose, Day, LongText, offer_rows
from ..residents import LONGEST_TEXT, telephone

DEPARTMENTS = ("department", "government", "street", "town", "court", "procuratorate", "congress_office")


def taking(day: date) -> QuerySet[Matter]:
    """The calls on which opinions are taken: from the day they open until they are closed for good; late ones are marked."""
    found = Matter.objects.filter(procedure=consulting.CALL, closed_on=None, public_consultation__opens_on__lte=day)
    return found.order_by("-opened_on", "-id")


class OnACall(StepForm):
    """Which call, and the words."""

    consultation = Choose(label=_("对哪一次征求意见"))
    text = LongText(label=_("意见内容"), rows=6, max_length=LONGEST_TEXT)

    def prepare(self) -> None:
        """Offer the calls that take opinions; where there is one alone, it stands in place."""
        day = self.situation.today
        offer_rows(self, "consultation", lambda: taking(day), lambda matter: matter.title)


class Given(OnACall):
    """A resident's own opinion; name and telephone may be left out."""

    name = forms.CharField(label=_("怎么称呼您"), max_length=50, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False, validators=[telephone])


class Entered(Given):
    """What was said on the telephone, at a visit, in a letter or at a meeting, entered for whoever said it."""

    channel = forms.ChoiceField(
        label=_("渠道"),
        choices=[(key, label) for key, label in consulting.CHANNELS.items() if key not in consulting.BY_THEMSELVES],
    )
    source = forms.ChoiceField(label=_("来源"), choices=list(consulting.SOURCES.items()))
    body = forms.CharField(label=_("提出单位（个人不填）"), max_length=200, required=False)
    heard_on = Day(label=_("提出日期"))

    field_order = ("consultation", "channel", "source", "body", "heard_on", "text", "name", "phone")

    def prepare(self) -> None:
        """Today, by telephone, from the public stand in place."""
        super().prepare()
        self.initial.setdefault("heard_on", self.situation.today)
        self.initial.setdefault("channel", consulting.PHONE)
        self.initial.setdefault("source", consulting.PUBLIC)

    def clean_heard_on(self) -> Any:
        """Nothing was said tomorrow."""
        day = self.cleaned_data["heard_on"]
        if day > self.situation.today:
            raise ValidationError(_("提出日期不能晚于今天。"))
        return day


class Sent(OnACall):
    """From a seat: from whom it comes is known."""


class Theme(StepForm):
    """The group it belongs to."""

    theme = forms.CharField(label=_("归类"), max_length=50)

    def prepare(self) -> None:
        """What it was put under before stands in place."""
        if not self.situation.new:
            self.initial["theme"] = self.situation.record.theme


class Decide(StepForm):
    """Whether it is adopted, and the words for whoever gave it."""

    outcome = forms.ChoiceField(label=_("结果"), choices=list(consulting.OUTCOMES.items()), widget=forms.RadioSelect)
    answer = LongText(label=_("答复"), rows=5, max_length=5000)
    organ = Choose(label=_("转到哪个单位"), required=False)

    def prepare(self) -> None:
        """Offer the organs of the day."""
        day = self.situation.today
        offer_rows(self, "organ", Organ.objects.on(day).filter(kind__in=DEPARTMENTS).order_by("position", "code").all)
        self.fields["answer"].help_text = _("提出人凭查询号能看到。不采纳的，请写明理由。")

    def clean(self) -> dict[str, Any]:
        """What is passed on goes to somebody; anything else to nobody."""
        cleaned = super().clean()
        passed_on = cleaned.get("outcome") == consulting.PASSED_ON
        if passed_on and not cleaned.get("organ"):
            self.add_error("organ", _("请写明转到哪个单位。"))
        if not passed_on:
            cleaned["organ"] = None
        return cleaned


class Amend(Decide):
    """Another answer, and why."""

    reason = LongText(label=_("更正的理由"), rows=2, max_length=1000)

    def prepare(self) -> None:
        """The present answer stands in place."""
        super().prepare()
        if not self.situation.new:
            record = self.situation.record
            self.initial.update({"outcome": record.outcome, "answer": record.answer, "organ": record.organ_id})
