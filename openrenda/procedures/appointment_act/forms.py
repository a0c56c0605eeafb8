"""What the steps of one act record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm

from ..appointing import KINDS, WAYS
from ..fields import Day, LongText, OneOf, offer_choices, one_paragraph

DEFENCES = (("spoken", _("在会议上申辩")), ("written", _("书面申辩")), ("declined", _("本人表示不申辩")))
OATHS = (("single", _("单独宣誓")), ("group", _("集体宣誓")))
CHANNELS = (("letter", _("来信")), ("visit", _("来访")), ("phone", _("来电")), ("handed", _("有关机关转来")))


class Listed(StepForm):
    """What a proposal lists: it was checked there."""

    title = forms.CharField(label=_("事项"), max_length=500)
    kind = forms.ChoiceField(label=_("任免类别"), choices=list(KINDS.items()))
    post = forms.UUIDField(label=_("职务"))
    name = forms.CharField(label=_("姓名"), max_length=50)
    birth_year = forms.IntegerField(label=_("出生年份"), required=False)
    person = forms.UUIDField(label=_("人员"), required=False)
    reason = LongText(label=_("任免理由"), rows=4, max_length=5000)
    way = forms.ChoiceField(label=_("表决方式"), choices=list(WAYS.items()))


class Past(StepForm):
    """A step with a day on which something was done."""

    day_field = "day"

    def clean(self) -> dict[str, Any]:
        """Not in the future."""
        cleaned = super().clean()
        day = cleaned.get(self.day_field)
        if day and day > self.situation.today:
            self.add_error(self.day_field, _("日期不能晚于今天。"))
        return cleaned


class Objection(Past):
    """What was reported about the person, by which way."""

    day = Day(label=_("收到日期"))
    channel = forms.ChoiceField(label=_("来源"), choices=CHANNELS)
    text = LongText(
        label=_("反映的问题"), rows=5, max_length=5000, help_text=_("加密保存，不进入办理记录；查看须写理由并留痕。")
    )


class Settle(StepForm):
    """What was found."""

    objection = OneOf(label=_("举报"))
    cleared = forms.ChoiceField(
        label=_("核查结论"), choices=[("yes", _("不影响任职")), ("no", _("属实，影响任职"))], widget=forms.RadioSelect
    )
    found = LongText(label=_("核查情况"), rows=5, max_length=5000, help_text=_("加密保存，不进入办理记录。"))

    def prepare(self) -> None:
        """Those that are not settled yet, by the day they came in."""
        rows = self.situation.record.matter.appointment_objections.filter(settled_on=None).order_by("received_on", "id")
        offer_choices(self, "objection", [(str(row.pk), str(row.received_on)) for row in rows])


class Speech(Past):
    """The statement before the vote."""

    day = Day(label=_("发言日期"))
    text = LongText(label=_("发言要点"), rows=4, max_length=10000, required=False)


class Defence(Past):
    """How the person made use of the right to be heard."""

    day = Day(label=_("日期"))
    how = forms.ChoiceField(label=_("申辩情况"), choices=DEFENCES, widget=forms.RadioSelect)
    text = LongText(label=_("申辩意见"), rows=5, max_length=10000, required=False)

    def clean(self) -> dict[str, Any]:
        """What was said is written down."""
        cleaned = super().clean()
        if cleaned.get("how") in ("spoken", "written") and not cleaned.get("text"):
            self.add_error("text", _("请写明申辩意见。"))
        return cleaned


class Voted(StepForm):
    """The verdict that the vote announced: the count with its base."""

    passed = forms.BooleanField(label=_("通过"), required=False)
    approve = forms.IntegerField(label=_("赞成"), min_value=0)
    against = forms.IntegerField(label=_("反对"), min_value=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0)
    base = forms.IntegerField(label=_("全体组成人员"), min_value=0)
    present = forms.IntegerField(label=_("到会人数"), min_value=0)
    sentence = forms.CharField(label=_("表决结果"), max_length=500)
    vote = forms.UUIDField(label=_("表决"), required=False)


class Letter(StepForm):
    """The certificate of appointment."""

    number = forms.CharField(label=_("任命书编号"), max_length=60, required=False)
    signed_by = forms.CharField(label=_("署名的常委会主任"), max_length=50, validators=[one_paragraph])


class Oath(Past):
    """The oath was taken."""

    day = Day(label=_("宣誓日期"))
    place = forms.CharField(label=_("宣誓地点"), max_length=200)
    how = forms.ChoiceField(label=_("宣誓形式"), choices=OATHS, widget=forms.RadioSelect)
    supervised_by = forms.CharField(label=_("监誓人"), max_length=100, required=False)


class Filing(Past):
    """It was reported for the record."""

    day = Day(label=_("报送日期"))
    number = forms.CharField(label=_("报送文号"), max_length=60, required=False)


class Told(StepForm):
    """Who was told that it did not pass."""

    told = LongText(label=_("告知提请机关的情况"), rows=2, max_length=1000)


class ExamCall(StepForm):
    """By when the person is to sit the examination."""

    sit_by = Day(label=_("应试截止日期"), required=False)

    def clean_sit_by(self) -> Any:
        """Not in the past."""
        day = self.cleaned_data["sit_by"]
        if day and day < self.situation.today:
            raise ValidationError(_("日期不能早于今天。"))
        return day
