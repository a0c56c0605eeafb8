"""What the steps of a project record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import File
from openrenda.people.models import Organ

from .. import livelihood
from ..fields import Choose, ChooseSeveral, Day, LongText, offer_choices, offer_deputies, offer_rows, one_paragraph
from ..livelihood import Yuan
from .milestones import Milestones, as_lines, lines
from .records import POLLED, VISITORS, Milestone, Payment

DEPARTMENTS = ("department", "government", "street", "town")
MOST_FILES, MOST_PEOPLE = 100, 1_000_000_000


class Draft(StepForm):
    """What a proposal hands to the file that begins with it."""

    title = forms.CharField(label=_("项目名称"), max_length=200)
    round = forms.UUIDField(label=_("征集"))
    content = LongText(label=_("建设内容"), max_length=20000)
    place = forms.CharField(label=_("地点"), max_length=200)
    longitude = forms.DecimalField(label=_("经度"), required=False)
    latitude = forms.DecimalField(label=_("纬度"), required=False)


class Fill(livelihood.Place, StepForm):
    """The whole file of a candidate (F02 (3)): nothing of it may be missing on the ballot."""

    title = forms.CharField(label=_("项目名称"), max_length=200, validators=[one_paragraph])
    content = LongText(label=_("建设内容"), rows=6, max_length=20000)
    organ = Choose(label=_("实施单位"))
    yuan = Yuan(label=_("计划投资"))
    served = forms.IntegerField(label=_("受益人数"), min_value=1, max_value=MOST_PEOPLE)
    served_words = forms.CharField(label=_("受益范围"), max_length=200, required=False)
    deadline = Day(label=_("完成时限"))
    milestones = Milestones(label=_("计划节点"))

    field_order = (
        "title", "content", "organ", "yuan", "place", "latitude", "longitude", "served", "served_words", "deadline", "milestones",
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the organs; what is known stands in place."""
        day = self.situation.today
        offer_rows(self, "organ", Organ.objects.on(day).filter(kind__in=DEPARTMENTS).order_by("position", "code").all)
        if self.situation.new:
            return
        record = self.situation.record
        names = ("content", "place", "latitude", "longitude", "served", "served_words", "deadline")
        self.initial.update({name: getattr(record, name) for name in names})
        self.initial.update({
            "title": self.situation.matter.title, "organ": record.organ_id, "milestones": as_lines(self.situation.rows(Milestone)),
            "yuan": livelihood.yuan_of(record.fen) if record.fen is not None else "",
        })  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Every milestone comes by the deadline, and there is one at least."""
        cleaned = super().clean()
        deadline, text = cleaned.get("deadline"), cleaned.get("milestones")
        rows = lines(text) if text else []
        if deadline and rows and max(day for day, _words in rows) > deadline:
            self.add_error("milestones", _("有节点晚于完成时限，请核对。"))
        return cleaned


class Comment(StepForm):
    """What a deputy thinks of a candidate."""

    opinion = LongText(label=_("对候选项目的意见"), rows=4, max_length=5000)


class Reason(StepForm):
    """A written reason."""

    reason = livelihood.reason(_("理由"))


class Voted(StepForm):
    """What the vote handed over when it was announced (F03 (2))."""

    chosen = forms.BooleanField(label=_("票决入选"), required=False)
    votes = forms.IntegerField(label=_("得票"), min_value=0, required=False)
    approve = forms.IntegerField(label=_("赞成票"), min_value=0, required=False)
    against = forms.IntegerField(label=_("反对票"), min_value=0, required=False)
    abstain = forms.IntegerField(label=_("弃权票"), min_value=0, required=False)
    base = forms.IntegerField(label=_("全体代表"), min_value=0, required=False)
    present = forms.IntegerField(label=_("实到代表"), min_value=0, required=False)
    passed = forms.BooleanField(label=_("通过"), required=False)
    sentence = forms.CharField(label=_("表决结果"), max_length=2000, required=False)
    vote = forms.UUIDField(label=_("表决"), required=False, widget=forms.HiddenInput)


class Begin(StepForm):
    """By when it is to be done."""

    deadline = Day(label=_("完成时限"))
    basis = forms.CharField(label=_("由谁确定"), max_length=300, required=False)


class Supervise(StepForm):
    """The deputies who watch over it."""

    deputies = ChooseSeveral(label=_("督察代表"))

    def prepare(self) -> None:
        """Offer the deputies who may act; those who watch already stand in place."""
        offer_deputies(self, "deputies")
        if not self.situation.new:
            self.initial["deputies"] = [party.holder for party in self.situation.holders("supervisor")]


class WithProof(StepForm):
    """A form that points to documents attached to the matter."""

    proof = forms.MultipleChoiceField(
        label=_("证明：照片、文件"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("先在本页“文件”处上传，再在这里勾选。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer what is attached, newest first."""
        attached = File.objects.filter(matter=self.situation.matter.pk).order_by("-uploaded_at", "-id")
        rows = [] if self.situation.new else attached[:MOST_FILES]
        offer_choices(self, "proof", [(str(row.pk), row.name) for row in rows])


class Report(WithProof):
    """How far it is this month, and what shows it."""

    percent = forms.IntegerField(label=_("形象进度（%）"), min_value=0, max_value=100)
    text = LongText(label=_("进展情况（公开）"), rows=4, max_length=5000)
    note = LongText(label=_("内部说明（不公开）"), rows=2, max_length=5000, required=False)
    signed_word = forms.CharField(label=_("没有照片、文件的，写明由谁证明"), max_length=300, required=False)
    field_order = ("percent", "text", "proof", "signed_word", "note")

    def clean(self) -> dict[str, Any]:
        """Something shows it; a photograph is not demanded."""
        cleaned = super().clean()
        if not cleaned.get("proof") and not cleaned.get("signed_word"):
            self.add_error("proof", _("请勾选证明进展的照片或者文件，或者写明由谁证明。"))
        return cleaned


class Reach(WithProof):
    """Which milestone was reached on which day."""

    milestone = Choose(label=_("节点"))
    done_on = Day(label=_("实际日期"))
    note = LongText(label=_("说明"), rows=2, max_length=2000, required=False)
    field_order = ("milestone", "done_on", "note", "proof")

    def prepare(self) -> None:
        """Offer the milestones that were not reached."""
        super().prepare()
        pk = None if self.situation.new else self.situation.matter.pk
        offer_rows(
            self, "milestone", Milestone.objects.filter(matter=pk, done_on=None).order_by("planned_on", "id").all, str
        )
        self.initial.setdefault("done_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "done_on")
        return cleaned


class Pay(StepForm):
    """How much was paid on which day from where."""

    yuan = Yuan(label=_("金额"))
    paid_on = Day(label=_("支付日期"))
    source = forms.ChoiceField(label=_("资金来源"))
    note = forms.CharField(label=_("用途、凭证号"), max_length=300, required=False)

    def prepare(self) -> None:
        """Offer the sources of the rulebook."""
        offer_choices(self, "source", livelihood.choices_of(self.situation.book, "option.livelihood_money"))
        self.initial.setdefault("paid_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "paid_on")
        return cleaned


class Strike(StepForm):
    """Which payment was entered wrongly, and what is wrong with it."""

    payment = Choose(label=_("登记有误的支付"))
    reason = livelihood.reason(_("作废的理由"))

    def prepare(self) -> None:
        """Offer what stands."""
        pk = None if self.situation.new else self.situation.matter.pk
        offer_rows(
            self, "payment", Payment.objects.filter(matter=pk, struck_on=None).order_by("paid_on", "id").all, str
        )


class Look(StepForm):
    """Who came to look, and what they said."""

    held_on = Day(label=_("日期"))
    kind = forms.ChoiceField(label=_("谁来看"), choices=list(VISITORS.items()), widget=forms.RadioSelect)
    deputies = ChooseSeveral(label=_("参加的代表"), required=False)
    people = forms.CharField(label=_("其他参加人"), max_length=500, required=False, help_text=_("群众不写姓名。"))
    others = forms.IntegerField(label=_("其他参加人数"), min_value=0, max_value=1000, required=False)
    opinion = LongText(label=_("看到的情况和意见"), rows=4, max_length=5000)
    photos = forms.MultipleChoiceField(
        label=_("照片"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("先在本页“文件”处上传，再在这里勾选；没有照片也可以。"),
    )
    open_photos = forms.BooleanField(label=_("照片可以在门户公开"), required=False)

    def prepare(self) -> None:
        """Offer the deputies who may act and the pictures that are attached; a deputy is among those who came."""
        situation = self.situation
        offer_deputies(self, "deputies")
        pictures = File.objects.filter(matter=situation.matter.pk, media_type__startswith="image/")
        rows = [] if situation.new else pictures.order_by("-uploaded_at", "-id")[:MOST_FILES]
        offer_choices(self, "photos", [(str(row.pk), row.name) for row in rows])
        self.initial.setdefault("held_on", situation.today)
        if situation.actor.seat == "deputy":
            self.initial.setdefault("kind", "deputies")
            self.initial.setdefault("deputies", list(situation.actor.holders))

    def clean(self) -> dict[str, Any]:
        """Somebody came."""
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        if not cleaned.get("deputies") and not cleaned.get("others"):
            self.add_error("others", _("请选参加的代表，或者写明有几个人参加。"))
        return cleaned


class MiddleCheck(StepForm):
    """What the check in the middle of the year found."""

    held_on = Day(label=_("督查日期"))
    people = forms.CharField(label=_("参加人"), max_length=500)
    finding = LongText(label=_("督查情况"), rows=5, max_length=10000)
    demands = LongText(label=_("整改要求"), rows=3, max_length=5000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        return cleaned


ADJUST, STOP, CARRY_OVER = "adjust", "stop", "carry_over"
WISHES = {ADJUST: _("调整内容、投资、时限"), STOP: _("停止实施"), CARRY_OVER: _("结转到下一年")}


class AskChange(StepForm):
    """What is to change and why: the standing committee decides (LIV-11)."""

    wish = forms.ChoiceField(label=_("申请"), choices=list(WISHES.items()), widget=forms.RadioSelect)
    reason = LongText(label=_("理由"), rows=4, max_length=5000)
    content = LongText(label=_("调整后的建设内容"), rows=4, max_length=20000, required=False)
    yuan = Yuan(label=_("调整后的计划投资"), required=False)
    deadline = Day(label=_("新的完成时限"), required=False)
    milestones = Milestones(label=_("没有完成的节点的新计划"), required=False)

    def clean(self) -> dict[str, Any]:
        """What is carried over has a day in a later year; what is adjusted says in what."""
        cleaned = super().clean()
        wish, day = cleaned.get("wish"), cleaned.get("deadline")
        if day and day < self.situation.today:
            self.add_error("deadline", _("新的完成时限不能早于今天。"))
        record = None if self.situation.new else self.situation.record
        if wish == CARRY_OVER and (not day or (record and day.year <= (record.carried_to or record.year))):
            self.add_error("deadline", _("结转的，请写明下一年度的完成时限。"))
        if wish == ADJUST and not any(cleaned.get(name) for name in ("content", "yuan", "deadline", "milestones")):
            self.add_error("content", _("请写明调整什么：内容、投资、时限或者节点。"))
        return cleaned


class Decision(StepForm):
    """What the standing committee decided on the change."""

    held_on = Day(label=_("决定日期"))
    meeting = forms.CharField(label=_("常委会会议"), max_length=200)
    opinion = LongText(label=_("决定"), rows=3, max_length=5000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        return cleaned


class Finish(WithProof):
    """It is done and may be looked at."""

    done_on = Day(label=_("完工日期"))
    text = LongText(label=_("完成情况"), rows=4, max_length=10000)
    field_order = ("done_on", "text", "proof")

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("done_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "done_on")
        return cleaned


class Accept(StepForm):
    """Who accepted it on which day, and what they found."""

    held_on = Day(label=_("验收日期"))
    people = forms.CharField(label=_("验收人员"), max_length=500, help_text=_("写明有哪些代表、部门和群众参加。"))
    conclusion = LongText(label=_("验收结论"), rows=4, max_length=10000)

    def prepare(self) -> None:
        self.initial.setdefault("held_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        return cleaned


class Count(StepForm):
    """How many were satisfied, as counted in a meeting or on the spot."""

    who = forms.ChoiceField(label=_("谁评价"), choices=list(POLLED.items()), widget=forms.RadioSelect)
    held_on = Day(label=_("日期"))
    occasion = forms.CharField(label=_("在什么会上、什么地方"), max_length=200)
    satisfied = forms.IntegerField(label=_("满意"), min_value=0, max_value=100_000)
    basically = forms.IntegerField(label=_("基本满意"), min_value=0, max_value=100_000)
    dissatisfied = forms.IntegerField(label=_("不满意"), min_value=0, max_value=100_000)
    abstained = forms.IntegerField(label=_("弃权"), min_value=0, max_value=100_000, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("held_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        """Somebody was asked."""
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        if not any(cleaned.get(name) for name in ("satisfied", "basically", "dissatisfied")):
            self.add_error("satisfied", gettext("没有人评价，不用登记。"))
        return cleaned
