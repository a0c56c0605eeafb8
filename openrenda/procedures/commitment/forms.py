"""What is recorded about a promise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import File
from openrenda.people.models import Organ

from ..fields import Choose, Day, LongText, OneOf, YesNo, offer_choices, offer_rows

STREET_KINDS = ("street", "town")
MOST_PROOFS = 50


class Promise(StepForm):
    """What the signed reply promised."""

    what = forms.CharField(label=_("承诺事项"), max_length=500)
    who = forms.CharField(label=_("责任人"), max_length=100)
    due_on = Day(label=_("完成期限"))
    round = forms.IntegerField(label=_("第几次答复"), min_value=1, max_value=999)


class Made(Promise):
    """A promise in a reply, or, in none (round 0), face to face about the suggestion that is named."""

    round = forms.IntegerField(label=_("第几次答复"), min_value=0, max_value=999)
    suggestion = forms.UUIDField(label=_("建议"), required=False)


class BroughtOver(Promise):
    """A promise from an older ledger, under the days it was kept with."""

    promised_on = Day(label=_("承诺日期"), required=False)
    kept_on = Day(label=_("落实日期"), required=False)


class WithProof(StepForm):
    """A form that points to documents attached to the matter, or names who stands for it with her signature."""

    proof = forms.MultipleChoiceField(
        label=_("证据：照片、文件"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("先在事项页面上传，再在这里勾选；不上传的，写明谁签字证明。"),
    )  # fmt: skip
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    signed_word = forms.CharField(
        label=_("签字证明"), max_length=500, required=False, help_text=_("例如 社区居委会主任签字的验收单。")
    )

    def prepare(self) -> None:
        """Offer what is attached; what was attached since the last word on the promise is ticked."""
        files = [] if self.situation.new else list(attached(self.situation.matter.pk)[:MOST_PROOFS])
        offer_choices(self, "proof", [(str(row.pk), _named(row)) for row in files])
        last = max(
            (act.took_effect for act in self.situation.took("report", "progress", "tell_deputies")), default=None
        )
        self.fields["proof"].initial = [str(row.pk) for row in files if last is None or row.uploaded_at > last]


def attached(matter: Any) -> QuerySet[File]:
    """The documents attached to a matter, newest first."""
    return File.objects.filter(matter_id=matter).order_by("-uploaded_at", "-id")


def _named(row: File) -> str:
    return f"{row.name}（{date_format(timezone.localtime(row.uploaded_at).date())}）"


class Progress(WithProof):
    """How far it is."""

    progress = LongText(label=_("进展情况"), rows=4, max_length=5000)
    field_order = ("progress", "place", "proof", "signed_word")


class Report(WithProof):
    """It is kept: how, when, and what shows it. Proof is a photo, a document or a signed word, as the organ chooses."""

    result = LongText(label=_("落实情况"), rows=4, max_length=5000)
    kept_on = Day(label=_("落实日期"))
    field_order = ("result", "kept_on", "place", "proof", "signed_word")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("proof") and not cleaned.get("signed_word"):
            self.add_error("proof", _("请附上落实的证据：先在事项页面上传照片或者文件再勾选，或者写明谁签字证明。"))
        _not_in_future(self, cleaned, "kept_on")
        return cleaned


class LaterDay(StepForm):
    """A day that comes after the one that holds now, and is not behind us."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("due_on")
        if day and not self.situation.new:
            promised = self.situation.record.due_on
            if day <= promised or day < self.situation.today:
                words = _("新的期限要晚于现在的期限%(day)s，并且不能早于今天。")
                self.add_error("due_on", words % {"day": date_format(promised)})
        return cleaned


class AskPostponement(LaterDay):
    """A later day, and why the promised one cannot be kept."""

    due_on = Day(label=_("申请延到哪一天"))
    reason = LongText(label=_("延期理由"), rows=4, max_length=2000)


class Grant(LaterDay):
    """The day that is consented to. The old one stays in the ledger."""

    due_on = Day(label=_("同意延到哪一天"))
    comment = LongText(label=_("说明"), rows=2, required=False, max_length=2000)

    def prepare(self) -> None:
        """The day that was asked for."""
        asked = self.situation.took("ask_postponement")
        if asked:
            self.fields["due_on"].initial = asked[-1].data["due_on"]


class Opinion(StepForm):
    """The deputy's opinion on a later day."""

    agrees = YesNo(label=_("是否同意延期"))
    comment = LongText(label=_("意见"), rows=2, required=False, max_length=2000)


class OptionalReason(StepForm):
    """A remark, if there is one."""

    reason = LongText(label=_("说明"), rows=2, required=False, max_length=2000)


class Give(StepForm):
    """Which street keeps the row from now on, and why."""

    street = Choose(label=_("转给哪个街道"))
    reason = LongText(label=_("说明"), rows=2, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer the streets and towns."""
        offer_rows(self, "street", Organ.objects.on(self.situation.today).filter(kind__in=STREET_KINDS).all)


class Kept(StepForm):
    """The deputy's judgement of how it was kept: the second question of SUG-12, apart from the judgement of the reply."""

    grade = OneOf(label=_("对落实情况的评价"), widget=forms.RadioSelect)
    reasons = LongText(label=_("意见"), rows=3, required=False, max_length=2000)
    grades: tuple[str, ...] = ("satisfied", "basically")

    def prepare(self) -> None:
        """Offer the congress's grades."""
        rows = self.situation.book.option("option.satisfaction")
        offer_choices(self, "grade", [(r["key"], gettext(r["label"])) for r in rows if r["key"] in self.grades])


class NotKept(Kept):
    """Not kept: with reasons, back to the organ (SUG-14.study)."""

    reasons = LongText(label=_("哪些没有落实，为什么不满意"), rows=4, max_length=2000)
    grades = ("dissatisfied",)


class Receipt(Kept):
    """The receipt 回执 for the yearly word on progress: any grade; it settles nothing."""

    grades = ("satisfied", "basically", "dissatisfied")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("grade") == "dissatisfied" and not cleaned.get("reasons"):
            self.add_error("reasons", _("对进展不满意，请写明意见。"))
        return cleaned


class Inspection(WithProof):
    """What the deputies' office found on the spot, in place of a deputy's word."""

    held_on = Day(label=_("核查日期"))
    people = forms.CharField(label=_("参加人"), max_length=500)
    finding = LongText(label=_("核查结论"), rows=4, max_length=5000)
    field_order = ("held_on", "place", "people", "finding", "proof", "signed_word")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _not_in_future(self, cleaned, "held_on")
        return cleaned


class Study(StepForm):
    """A meeting of both sides about a promise not kept (SUG-14.study)."""

    held_on = Day(label=_("会议日期"))
    people = forms.CharField(label=_("参加人"), max_length=500)
    conclusion = LongText(label=_("处理意见"), rows=4, max_length=5000)


def _not_in_future(form: StepForm, cleaned: dict[str, Any], name: str) -> None:
    day = cleaned.get(name)
    if day and day > form.situation.today:
        form.add_error(name, ValidationError(_("日期不能晚于今天。")))
