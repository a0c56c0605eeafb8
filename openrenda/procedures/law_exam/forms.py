"""What the steps of an examination record. The answers' form has a field for each question of the person's own paper."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda import tickets
from openrenda.docket.forms import StepForm
from openrenda.people.models import ExamQuestion

from ..fields import Day, LongText

QUESTION = "q_"


class Arrange(StepForm):
    """Who sits it, and until when it may be begun."""

    title = forms.CharField(label=_("姓名"), max_length=50)
    person = forms.UUIDField(label=_("人员"))
    sit_by = Day(label=_("应试截止日期"), required=False)


class Begin(StepForm):
    """The number that was handed to the person with the link, and her word to sit it alone."""

    number = forms.CharField(label=_("考试号"), max_length=40, help_text=_("通知上的12位号码，可以不写空格。"))
    alone = forms.BooleanField(label=_("我本人独立作答，不查阅资料，不由他人代答。"))

    def clean_number(self) -> str:
        """Hers, whatever blanks she typed; it is not recorded."""
        typed = self.cleaned_data["number"]
        if tickets.digest(typed) != self.situation.record.number_digest:
            raise ValidationError(_("考试号不对，请按通知上的号码填写。"))
        return ""


class HandIn(StepForm):
    """The answers of the paper. They are recorded as one sealed text."""

    answers = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """A field for each question, in the order of the paper."""
        record = self.situation.record
        for place, question in enumerate(record.questions() if record and record.paper else (), 1):
            self.fields[f"{QUESTION}{question.pk}"] = question_field(question, place)

    def clean(self) -> dict[str, Any]:
        """The letters given to each question; what was left open is no answer."""
        cleaned = super().clean()
        return {"answers": json.dumps(given(cleaned), sort_keys=True)}


def question_field(question: ExamQuestion, place: int) -> forms.Field:
    """One question with its answers to tick; none has to be ticked, which goes without saying."""
    field = _answers(question, place)
    field.mark = ""  # type: ignore[attr-defined]
    return field


def _answers(question: ExamQuestion, place: int) -> forms.Field:
    label = gettext("%(place)d. （%(kind)s）%(text)s") % {
        "place": place, "kind": question.get_kind(), "text": question.text,
    }  # fmt: skip
    if question.several:
        return forms.MultipleChoiceField(
            label=label, required=False, choices=question.options(), widget=forms.CheckboxSelectMultiple
        )
    return forms.ChoiceField(label=label, required=False, choices=question.options(), widget=forms.RadioSelect)


def given(cleaned: dict[str, Any]) -> dict[str, str]:
    """The letters given, by question."""
    found = {
        name.removeprefix(QUESTION): value for name, value in cleaned.items() if name.startswith(QUESTION) and value
    }
    return {key: "".join(value) if isinstance(value, list) else str(value) for key, value in found.items()}


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=2, max_length=1000)


class Resit(StepForm):
    """By when the examination is to be sat again."""

    sit_by = Day(label=_("补考截止日期"), required=False)
