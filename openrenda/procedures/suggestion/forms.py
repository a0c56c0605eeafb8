"""What each step of a suggestion records. The page, the API and the import use these same forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.models import Category, Mandate, Organ

from ..fields import Choose, ChooseSeveral, Day, LongText, MustBeYes, YesNo, one_paragraph

CONTACT_WAYS = (("visit", _("上门走访")), ("meeting", _("当面座谈")), ("phone", _("电话")), ("site", _("现场察看")))
COMMITMENT_ROWS = 5
HANDLING_KINDS = ("department", "street", "town", "government", "supervisory_commission", "court", "procuratorate",
                  "congress_committee", "congress_office", "other")  # fmt: skip


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
        self.fields["category"].queryset = Category.objects.all()
        self.fields["wished_organ"].queryset = handling_organs(self.situation.today)
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
        self.fields["deputies"].queryset = able.order_by("person__stroke_key")
        self.fields["deputies"].label_from_instance = lambda mandate: mandate.person.name


class Uninvite(StepForm):
    """Invitations taken back."""

    deputies = forms.MultipleChoiceField(label=_("撤回对谁的邀请"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """Offer the deputies who have not answered."""
        self.fields["deputies"].choices = [(str(p.holder), p.name) for p in self.situation.holders("invited")]


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
        self.fields["organ"].queryset = handling_organs(self.situation.today)


class Answer(StepForm):
    """The organ's word on a draft."""

    answer = LongText(label=_("回复内容"), rows=5, max_length=5000)


class Settle(StepForm):
    """How a draft was settled before it was raised (B02)."""

    organ = Choose(label=_("沟通单位"), required=False)
    outcome = LongText(label=_("解决情况"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        self.fields["organ"].queryset = handling_organs(self.situation.today)


class Submit(StepForm):
    """What the deputy declares when submitting: one matter, none of the kinds not allowed (SUG-01, SUG-02)."""

    one_matter = MustBeYes(label=_("一事一议：本件只写一个事项"))

    def prepare(self) -> None:
        """Ask one question for each kind that the congress does not allow."""
        for row in self.situation.book.option("option.not_allowed"):
            self.fields[f"not_{row['key']}"] = MustBeYes(label=_("不属于：%(kind)s") % {"kind": row["label"]})


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
            labels = "、".join(str(self.fields[name].label) for name in refused)
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


class Categorise(StepForm):
    """The field of concern."""

    category = Choose(label=_("类别"))

    def prepare(self) -> None:
        """Offer the congress's tree."""
        self.fields["category"].queryset = Category.objects.all()


class Merge(StepForm):
    """The suggestion of the same content that this one follows (SUG-18)."""

    main = forms.UUIDField(label=_("并入哪一件（主件）"), widget=forms.Select)
    reason = LongText(label=_("理由"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer open suggestions that are not merged themselves."""
        same = Matter.objects.filter(procedure=self.situation.matter.procedure, closed_on=None, parent=None)
        open_ones = same.exclude(pk=self.situation.matter.pk).exclude(number="").order_by("-opened_on", "-id")[:200]
        self.fields["main"].widget.choices = [("", "—"), *((m.pk, f"{m.number} {m.title}") for m in open_ones)]


class Assign(StepForm):
    """Exactly one lead organ, and none or more assisting ones (B04)."""

    organ = Choose(label=_("主办单位"))
    assisting = ChooseSeveral(label=_("协办单位"), required=False)
    note = LongText(label=_("办理要求"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        for name in ("organ", "assisting"):
            self.fields[name].queryset = handling_organs(self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organ") and cleaned["organ"] in (cleaned.get("assisting") or []):
            raise ValidationError(_("主办单位不能同时是协办单位。"))
        return cleaned


class AssignSeparately(StepForm):
    """Two or more organs, each of which replies (SUG-06)."""

    organs = ChooseSeveral(label=_("分别办理的单位"))
    note = LongText(label=_("办理要求"), rows=3, required=False, max_length=2000)

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        self.fields["organs"].queryset = handling_organs(self.situation.today)

    def clean_organs(self) -> Any:
        """At least two."""
        chosen = self.cleaned_data["organs"]
        if len(chosen) < 2:
            raise ValidationError(_("分别办理至少选两个单位；只有一个单位请用“交办”。"))
        return chosen


class ContactForm(StepForm):
    """A contact with the deputy before the reply (REP-06)."""

    way = forms.ChoiceField(label=_("方式"), choices=CONTACT_WAYS, widget=forms.RadioSelect)
    held_on = Day(label=_("日期"))
    people = forms.CharField(label=_("参加人"), max_length=200, help_text=_("双方参加人的姓名和职务。"))
    summary = LongText(label=_("沟通情况"), rows=5, max_length=5000, help_text=_("代表说了什么，单位怎样答复。"))

    def clean_held_on(self) -> date:
        """Not in the future."""
        held: date = self.cleaned_data["held_on"]
        if held > self.situation.today:
            raise ValidationError(_("联系日期不能晚于今天。"))
        return held


class Dispute(StepForm):
    """What the deputy says really happened."""

    comment = LongText(label=_("实际情况"), rows=4, max_length=2000)


class HandDown(StepForm):
    """A task inside the organ, with its own date."""

    section = forms.CharField(label=_("承办科室"), max_length=100)
    clerk = forms.CharField(label=_("经办人"), max_length=100, required=False)
    due_on = Day(label=_("内部完成日期"))
    task = LongText(label=_("任务"), rows=3, max_length=2000)


class AskExtension(StepForm):
    """Why more time is needed, and until when (SUG-08)."""

    reason = LongText(label=_("延期理由"), rows=4, max_length=2000)
    until = Day(label=_("延至"), required=False)


class ReplyForm(StepForm):
    """The reply: what was done, what is promised, what cannot be done and why (SUG-10, SUG-14)."""

    result_class = forms.ChoiceField(label=_("办理结果分类"), widget=forms.RadioSelect)
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
        self.fields["result_class"].choices = [
            (k, f"{row['label']}：{row['meaning']}") for k, row in self.classes.items()
        ]
        for row in range(1, COMMITMENT_ROWS + 1):
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
            self.add_error("promise_1", _("%(label)s须写明承诺事项、责任人和完成期限。") % {"label": chosen["label"]})
        if chosen and not chosen.get("promise") and not chosen.get("solved") and not cleaned.get("cannot"):
            self.add_error("cannot", _("%(label)s须写明不能办的原因。") % {"label": chosen["label"]})
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

    attitude = forms.ChoiceField(label=_("对办理态度"), widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("对办理结果"), widget=forms.RadioSelect)
    reasons = LongText(label=_("意见"), rows=3, required=False, max_length=2000)
    results: tuple[str, ...] = ("satisfied", "basically")

    def prepare(self) -> None:
        """Offer the congress's grades."""
        grades = [(row["key"], row["label"]) for row in self.situation.book.option("option.satisfaction")]
        self.fields["attitude"].choices = grades
        self.fields["result"].choices = [grade for grade in grades if grade[0] in self.results]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("attitude") == "dissatisfied" and not cleaned.get("reasons"):
            self.add_error("reasons", _("对态度不满意，请写明理由，将转承办单位的上级。"))
        return cleaned


class Reject(Judge):
    """Not satisfied with the result: with reasons, back to handling (SUG-13)."""

    reasons = LongText(label=_("不满意的理由"), rows=5, max_length=2000)
    results = ("dissatisfied",)

    def prepare(self) -> None:
        """The result is not satisfied; only the attitude is asked."""
        super().prepare()
        self.fields["result"].initial = "dissatisfied"


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


def handling_organs(day: date) -> Any:
    """The organs that may be given a suggestion on that day."""
    return Organ.objects.on(day).filter(kind__in=HANDLING_KINDS)


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
