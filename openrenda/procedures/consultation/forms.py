"""What the steps of a consultation record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm

from .. import consulting
from ..fields import Day, LongText, one_paragraph


class Dated(StepForm):
    """From when until when, and by which ways."""

    text = LongText(label=_("征求意见的内容"), rows=8, max_length=20000)
    closes_on = Day(label=_("截止日期"))
    channels = forms.MultipleChoiceField(
        label=_("可以用哪些方式提意见"), choices=list(consulting.CHANNELS.items()), widget=forms.CheckboxSelectMultiple
    )
    reach = forms.CharField(label=_("来电、来访、来信的电话和地址"), max_length=500, required=False)

    def clean_closes_on(self) -> Any:
        """It is still to come."""
        day = self.cleaned_data["closes_on"]
        if day < self.situation.today:
            raise forms.ValidationError(_("截止日期不能早于今天。"))
        return day


class Announce(Dated):
    """The notice."""

    title = forms.CharField(label=_("征求意见的事项"), max_length=200, validators=[one_paragraph])
    opens_on = Day(label=_("开始日期"))

    field_order = ("title", "text", "opens_on", "closes_on", "channels", "reach")

    def prepare(self) -> None:
        """From today, by every way that people have, stand in place."""
        self.initial.setdefault("opens_on", self.situation.today)
        self.initial.setdefault("channels", list(consulting.CHANNELS))
        self.fields["text"].help_text = _("公告后可以在本件页面上传文件，随公告一起公开。")

    def clean(self) -> dict[str, Any]:
        """It opens before it closes."""
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("截止日期不能早于开始日期。"))
        return cleaned


class Change(Dated):
    """Another text, another day; why."""

    reason = LongText(label=_("更改的理由"), rows=2, max_length=1000)

    def prepare(self) -> None:
        """What was announced stands in place."""
        record = self.situation.record
        self.initial.update({name: getattr(record, name) for name in ("text", "closes_on", "channels", "reach")})


class Close(StepForm):
    """What is told to everybody: what was adopted, and what not and why."""

    summary = LongText(label=_("总的反馈"), rows=6, max_length=10000)
