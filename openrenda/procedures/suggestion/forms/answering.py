"""What is recorded of replies, judgements and publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm

from ...fields import Day, LongText, OneOf, offer_choices

COMMITMENT_ROWS = 5


def class_words(row: dict[str, Any]) -> str:
    """A class of the congress's scheme with its meaning, in the language now spoken."""
    return gettext("%(label)s：%(meaning)s") % {"label": gettext(row["label"]), "meaning": gettext(row["meaning"])}


class ReplyForm(StepForm):
    """The reply: what was done, what is promised, what cannot be done and why (SUG-10, SUG-14)."""

    result_class = OneOf(label=_("办理结果分类"), widget=forms.RadioSelect)
    done = LongText(label=_("已经办了什么"), rows=5, required=False)
    planned = LongText(label=_("正在办、将要办什么"), rows=4, required=False)
    cannot = LongText(label=_("不能办的是什么，为什么"), rows=4, required=False)
    assisting_opinions = LongText(label=_("协办单位意见"), rows=3, required=False)
    number = forms.CharField(label=_("文号"), max_length=60, required=False, help_text=_("例如 某函〔2026〕12号。"))
    disclosure = forms.ChoiceField(
        label=_("公开属性"), choices=[("public", _("主动公开")), ("on_request", _("依申请公开")), ("no", _("不公开"))]
    )
    contact_phone = forms.CharField(label=_("单位联系电话"), max_length=60, required=False)

    def prepare(self) -> None:
        """Offer the congress's classes, and a few rows for promises."""
        self.classes = {row["letter"]: row for row in self.situation.book.option("option.result_scheme")}
        offer_choices(self, "result_class", [(letter, class_words(row)) for letter, row in self.classes.items()])
        for row in range(1, COMMITMENT_ROWS + 1) if "promise_1" not in self.fields else ():
            self.fields[f"promise_{row}"] = forms.CharField(label=_("承诺事项"), max_length=500, required=False)
            self.fields[f"promise_{row}_who"] = forms.CharField(label=_("责任人"), max_length=100, required=False)
            self.fields[f"promise_{row}_by"] = Day(label=_("完成期限"), required=False)

    def promises(self) -> list[dict[str, Any]]:
        """The promises that were filled in, as they will be kept."""
        rows = range(1, COMMITMENT_ROWS + 1)
        return [
            {
                "what": what,
                "who": self.cleaned_data.get(f"promise_{row}_who"),
                "by": self.cleaned_data.get(f"promise_{row}_by"),
            }
            for row in rows
            if (what := self.cleaned_data.get(f"promise_{row}"))
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("done", "planned", "cannot")):
            raise ValidationError(_("请写明已办、在办或者不能办的情况，至少一项。"))
        chosen = self.classes.get(cleaned.get("result_class", ""))
        for row in range(1, COMMITMENT_ROWS + 1):
            self._check_promise(row, cleaned)
        if chosen and chosen.get("promise") and not self.promises():
            self.add_error(
                "promise_1", _("%(label)s须写明承诺事项、责任人和完成期限。") % {"label": gettext(chosen["label"])}
            )
        if chosen and not chosen.get("promise") and not chosen.get("solved") and not cleaned.get("cannot"):
            self.add_error("cannot", _("%(label)s须写明不能办的原因。") % {"label": gettext(chosen["label"])})
        return cleaned

    def _check_promise(self, row: int, cleaned: dict[str, Any]) -> None:
        if not cleaned.get(f"promise_{row}"):
            return
        if not cleaned.get(f"promise_{row}_who"):
            self.add_error(f"promise_{row}_who", _("请写明由谁负责。"))
        by = cleaned.get(f"promise_{row}_by")
        if by is None:
            self.add_error(f"promise_{row}_by", _("请写明什么时候完成。"))
        elif by < self.situation.today:
            self.add_error(f"promise_{row}_by", _("完成期限不能早于今天。"))

    def recorded(self) -> dict[str, Any]:
        """The reply with its promises as a list."""
        plain = {k: v for k, v in super().recorded().items() if not k.startswith("promise_")}
        promises = [{**row, "by": row["by"].isoformat()} for row in self.promises()]
        return {**plain, "class_label": self.classes[plain["result_class"]]["meaning"], "promises": promises}


class Judge(StepForm):
    """Satisfied or basically satisfied with the result; attitude is judged apart (SUG-12)."""

    attitude = OneOf(label=_("对办理态度"), widget=forms.RadioSelect)
    result = OneOf(label=_("对办理结果"), widget=forms.RadioSelect)
    reasons = LongText(label=_("意见"), rows=3, required=False, max_length=2000)
    results: tuple[str, ...] = ("satisfied", "basically")

    def prepare(self) -> None:
        """Offer the congress's grades."""
        grades = [(row["key"], gettext(row["label"])) for row in self.situation.book.option("option.satisfaction")]
        offer_choices(self, "attitude", grades)
        offer_choices(self, "result", [grade for grade in grades if grade[0] in self.results])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("attitude") == "dissatisfied" and not cleaned.get("reasons"):
            self.add_error("reasons", _("对态度不满意，请写明理由，将转承办单位的上级。"))
        return cleaned


class Reject(Judge):
    """Not satisfied with the result: with reasons, back to handling (SUG-13)."""

    reasons = LongText(label=_("不满意的理由"), rows=5, max_length=2000)
    results = ("dissatisfied",)


class AnyJudgement(Judge):
    """A co-signer's judgement: any grade; it is shown and does not decide (SUG-12)."""

    results = ("satisfied", "basically", "dissatisfied")


class Meeting(StepForm):
    """A meeting of both sides after a second no (SUG-13)."""

    held_on = Day(label=_("会议日期"))
    people = forms.CharField(label=_("参加人"), max_length=500)
    conclusion = LongText(label=_("会商结论"), rows=5, max_length=5000)


class Publish(StepForm):
    """The text the public reads, with personal data taken out."""

    public_text = LongText(label=_("公开文本"), rows=10, required=False, help_text=_("系统已遮盖个人信息，请核对。"))
