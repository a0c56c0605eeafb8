"""What is recorded before a suggestion is received: draft, signatures, consultation, declaration, readings."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.people.models import Category, Mandate

from ...fields import Choose, ChooseSeveral, LongText, MustBeYes, YesNo, offer_choices, offer_rows, one_paragraph
from .handling import handling_organs


class Draft(StepForm):
    """The suggestion form 建议纸 (SUG-03)."""

    title = forms.CharField(
        label=_("标题"), max_length=200, validators=[one_paragraph], help_text=_("一事一议，例如“关于……的建议”。")
    )
    background = LongText(
        label=_("情况"), rows=6, required=False, help_text=_("有关情况和存在的问题，写清地点、对象和影响。")
    )
    analysis = LongText(label=_("分析"), rows=4, required=False)
    proposals = LongText(label=_("具体建议"), rows=6, required=False, help_text=_("建议谁做什么，分条写。"))
    category = Choose(label=_("类别"), required=False)
    wished_organ = Choose(label=_("希望承办单位"), required=False)
    origin = LongText(
        label=_("来源与调研情况"), rows=3, required=False, help_text=_("来自哪次走访、接待、调研或者群众意见。")
    )
    origin_address = forms.URLField(label=_("来源链接"), required=False, max_length=500, assume_scheme="https")
    contact_phone = forms.CharField(
        label=_("联系电话"), max_length=30, required=False, help_text=_("密存，只有承办单位可以查看，查看会留下记录。")
    )
    willing_to_meet = forms.BooleanField(label=_("愿意面商"), required=False, initial=True)
    first_raised = forms.BooleanField(label=_("首次提出"), required=False, initial=True)
    consent_public = forms.BooleanField(label=_("同意公开"), required=False, initial=True)
    keep_secret = forms.BooleanField(label=_("要求保密"), required=False)

    def prepare(self) -> None:
        """Offer the congress's categories and handling organs."""
        offer_rows(self, "category", Category.objects.all)
        offer_rows(self, "wished_organ", partial(handling_organs, self.situation.today))
        if not self.is_bound and not self.situation.new:
            self.initial.update(draft_as_initial(self.situation))


class Part(Draft):
    """A suggestion opened by another one: a part of it, or the second matter of a split draft."""


class Invite(StepForm):
    """Deputies asked to sign with the lead deputy (SUG-04)."""

    deputies = ChooseSeveral(label=_("邀请联名的代表"))

    def prepare(self) -> None:
        """Offer the deputies who may act today, but those already signed or asked."""
        taken = [party.holder for party in self.situation.parties if party.role in ("sponsor", "cosigner", "invited")]
        able = Mandate.objects.able_on(self.situation.today).exclude(pk__in=taken).select_related("person")
        offer_rows(self, "deputies", able.order_by("person__stroke_key").all, lambda mandate: mandate.person.name)


class Uninvite(StepForm):
    """Invitations taken back."""

    deputies = forms.MultipleChoiceField(label=_("撤回对谁的邀请"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """Offer the deputies who have not answered."""
        offer_choices(self, "deputies", [(str(p.holder), p.name) for p in self.situation.holders("invited")])


class Cosign(StepForm):
    """The co-signer's own confirmation (SUG-04)."""

    own_will = MustBeYes(label=_("我已阅读全文，内容真实表达本人意愿，同意联名"))


class OptionalReason(StepForm):
    """A word, if she wishes."""

    reason = LongText(label=_("说明"), rows=3, required=False, max_length=2000)


class Reason(StepForm):
    """A written reason."""

    reason = LongText(label=_("理由"), rows=4, max_length=2000)


class Consult(StepForm):
    """A question to an organ before the suggestion is raised (B02)."""

    organ = Choose(label=_("征询单位"))
    question = LongText(label=_("征询内容"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        offer_rows(self, "organ", partial(handling_organs, self.situation.today))


class Answer(StepForm):
    """The organ's word on a draft."""

    answer = LongText(label=_("回复内容"), rows=5, max_length=5000)


class Settle(StepForm):
    """How a draft was settled before it was raised (B02)."""

    organ = Choose(label=_("沟通单位"), required=False)
    outcome = LongText(label=_("解决情况"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        offer_rows(self, "organ", partial(handling_organs, self.situation.today))


class Submit(StepForm):
    """What the deputy declares when submitting: one matter, none of the kinds not allowed (SUG-01, SUG-02)."""

    one_matter = MustBeYes(label=_("一事一议：本件只写一个事项"))

    def prepare(self) -> None:
        """Ask one question for each kind that the congress does not allow."""
        for row in self.situation.book.option("option.not_allowed"):
            self.fields[f"not_{row['key']}"] = MustBeYes(label=_("不属于：%(kind)s") % {"kind": gettext(row["label"])})


class Review(StepForm):
    """One reading: three criteria, three gates (B03). Passing needs all of them."""

    compliant = YesNo(label=_("内容合规"))
    single = YesNo(label=_("一事一议"))
    feasible = YesNo(label=_("现实可行"))
    political_gate = YesNo(label=_("政治关"))
    legal_gate = YesNo(label=_("法律关"))
    quality_gate = YesNo(label=_("质量关"))
    comment = LongText(label=_("意见"), rows=4, required=False, max_length=5000)
    passes = True

    def questions(self) -> list[str]:
        """The names of the six questions."""
        return ["compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refused = [name for name in self.questions() if cleaned.get(name) is False]
        if self.passes and refused:
            labels = gettext("、").join(str(self.fields[name].label) for name in refused)
            raise ValidationError(_("%(labels)s未通过，请改用“退回修改”并写明意见。") % {"labels": labels})
        if not self.passes and not refused:
            raise ValidationError(_("退回修改须至少有一项为“否”。"))
        return cleaned


class ReviewReturn(Review):
    """A reading that sends the draft back; every no is explained, the deputy's text is not touched."""

    comment = LongText(label=_("退回意见"), rows=5, max_length=5000, help_text=_("逐项说明为什么不通过、怎样修改。"))
    proposed_text = LongText(
        label=_("修改建议稿"), rows=5, required=False, help_text=_("只供代表参考，不改动代表原文。")
    )
    passes = False


class Split(StepForm):
    """The second matter of a draft that held two (B03)."""

    title = forms.CharField(label=_("拆出一件的标题"), max_length=200, validators=[one_paragraph])
    background = LongText(label=_("情况"), required=False)
    proposals = LongText(label=_("具体建议"), required=False)


def draft_as_initial(situation: Any) -> dict[str, Any]:
    """What the deputy has written so far, to go on from."""
    record = situation.record
    same = (
        "background",
        "analysis",
        "proposals",
        "origin",
        "origin_address",
        "willing_to_meet",
        "first_raised",
        "consent_public",
    )
    filled = {name: getattr(record, name) for name in same}
    return {
        **filled, "title": situation.matter.title, "category": record.category_id,
        "wished_organ": record.wished_organ_id, "keep_secret": situation.matter.confidential,
    }  # fmt: skip
