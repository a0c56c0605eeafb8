"""What is recorded of replies, judgements and publication."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.situation import Situation
from openrenda.documents.redaction import redact
from openrenda.documents.residents import Named, named, private
from openrenda.people.models import Membership, Person
from openrenda.tenancy import current_congress_id

from ...fields import Day, LongText, OneOf, offer_choices
from ..earlier import READ_BEFORE, READ_BEFORE_TEMPLATE, read_before
from ..records import Reply
from ..review import Promise

PROMISE_ROWS = 5
PUBLISHED = ("background", "analysis", "proposals")


def class_words(row: dict[str, Any]) -> str:
    """A class of the congress's scheme with its meaning, in the language now spoken."""
    return gettext("%(label)s：%(meaning)s") % {"label": gettext(row["label"]), "meaning": gettext(row["meaning"])}


class ReplyForm(StepForm):
    """The reply: what was done, what is promised, what cannot be done and why (SUG-10, SUG-14)."""

    advice_template = READ_BEFORE_TEMPLATE

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
        for row in range(1, PROMISE_ROWS + 1) if "promise_1" not in self.fields else ():
            self.fields[f"promise_{row}"] = forms.CharField(label=_("承诺事项"), max_length=500, required=False)
            self.fields[f"promise_{row}_who"] = forms.CharField(label=_("责任人"), max_length=100, required=False)
            self.fields[f"promise_{row}_by"] = Day(label=_("完成期限"), required=False)

    def advice(self) -> dict[str, Any]:
        """The reply as it is typed, read before it goes out."""
        typed = {name: str(self[name].value() or "") for name in self.fields}
        promises = (
            Promise(what, typed[f"promise_{row}_who"], typed[f"promise_{row}_by"])
            for row in range(1, PROMISE_ROWS + 1)
            if (what := typed[f"promise_{row}"])
        )
        return read_before(self.situation, {name: typed[name] for name in READ_BEFORE}, tuple(promises))

    def promises(self) -> list[dict[str, Any]]:
        """The promises that were filled in, as they will be kept."""
        rows = range(1, PROMISE_ROWS + 1)
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
        for row in range(1, PROMISE_ROWS + 1):
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
            self.add_error(f"promise_{row}_by", _("完成期限不能早于今天，请写一个还没有到的日期。"))

    def recorded(self) -> dict[str, Any]:
        """The reply with its promises as a list."""
        plain = {k: v for k, v in super().recorded().items() if not k.startswith("promise_")}
        promises = [{**row, "by": row["by"].isoformat()} for row in self.promises()]
        return {**plain, "class_label": self.classes[plain["result_class"]]["meaning"], "promises": promises}


class SignReply(StepForm):
    """Nothing is filled in. What is about to be signed is read once more for the one who signs."""

    advice_template = READ_BEFORE_TEMPLATE

    def advice(self) -> dict[str, Any]:
        """The drafted reply, read before it goes out."""
        drafts = self.situation.took("draft_reply", "draft_second_reply")
        if not drafts:
            return {}
        data = drafts[-1].data
        promises = (Promise(row["what"], row["who"], row["by"]) for row in data.get("promises", []))
        return read_before(self.situation, {name: data.get(name, "") for name in READ_BEFORE}, tuple(promises))


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
    """What the public reads: the text with personal data taken out, and the names that are hidden wherever they stand (SUG-15).

    A text left as it was proposed is not recorded: it goes on being redacted each time it is shown.
    """

    public_text = LongText(
        label=_("公开文本"),
        rows=10,
        required=False,
        help_text=_("已遮盖个人信息和疑似居民姓名，请核对；不改动的话，网站按原来的分段显示遮盖后的原文。"),
    )
    hide = forms.MultipleChoiceField(
        label=_("隐去这些姓名"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("标题、正文和答复里像人名的词，每个后面是它的上下文。代表、机构和工作人员的姓名不隐去。"),
    )
    more = forms.CharField(
        label=_("还要隐去的姓名"), required=False, max_length=500, help_text=_("没有列出的，写在这里，用顿号分开。")
    )
    names_checked = forms.BooleanField(
        label=_("姓名已逐个核对：只隐去上面勾选和填写的"),
        required=False,
        help_text=_("不勾选时，自动隐去疑似居民的姓名。"),
    )

    def prepare(self) -> None:
        """Propose the redacted text, and the names that may be private persons'. Many at once are not gone through one by one."""
        if self.situation.new:
            for name in list(self.fields):
                del self.fields[name]
            return
        texts = published_texts(self.situation)
        found = proposed_names("\n".join(texts.values()))
        offer_choices(self, "hide", [(one.name, f"{one.name} —— …{one.around}…") for one in found])
        self.proposal = self.situation.record.public_text or "\n".join(
            redact(texts[name], private(texts[name])).text for name in PUBLISHED if texts[name]
        )
        decided = self.situation.record.hidden_names
        ticked = [one.name for one in found if (one.sure if decided is None else one.name in decided)]
        others = [name for name in decided or [] if name not in ticked]
        for name, value in (("public_text", self.proposal), ("hide", ticked), ("more", "、".join(others))):
            self.fields[name].initial = value

    def recorded(self) -> dict[str, Any]:
        """The names as one list; the text only where it was changed."""
        plain = super().recorded()
        if plain.get("public_text") == self.proposal:
            del plain["public_text"]
        more = [name.strip() for name in re.split(r"[、，,;；\n]+", plain.pop("more", "")) if name.strip()]
        names = list(dict.fromkeys([*plain.pop("hide", []), *more]))
        return {**plain, "hide": names} if names else plain


def published_texts(situation: Situation) -> dict[str, str]:
    """Everything of a suggestion that the public will read, by where it stands."""
    record, rows = situation.record, [row for row in situation.rows(Reply) if row.signed_on or row.full_text]
    texts = {"title": situation.matter.title, **{name: getattr(record, name) for name in PUBLISHED}}
    parts = ("full_text", "done", "planned", "cannot", "assisting_opinions")
    texts |= {f"{name} {row.round}": getattr(row, name) for row in rows for name in parts}
    promised = "\n".join(situation.matter.commitments.values_list("what", flat=True))
    return {**texts, "promises": promised}


def proposed_names(text: str) -> list[Named]:
    """What looks like a name, without the names of deputies and of those who act here."""
    found = named(text)
    names = [one.name for one in found]
    known = set(Person.objects.filter(name__in=names).values_list("name", flat=True))
    here = Membership.objects.filter(congress_id=current_congress_id(), account__name__in=names)
    known |= set(here.values_list("account__name", flat=True))
    return [one for one in found if one.name not in known]
