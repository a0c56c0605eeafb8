"""What the steps of an opinion record."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.models import Category, Grid, Organ, Station

from .. import livelihood
from ..fields import Choose, Day, LongText, offer_deputies, offer_rows
from ..residents import LONGEST_TEXT, telephone
from ..telling_back import LONGEST_ANSWER
from . import learning, sorting, words

PROPOSALS = "procedures/opinion_proposals.html"
DEPARTMENTS = ("department", "government", "street", "town", "court", "procuratorate")


class Said(StepForm):
    """A resident's own words; everything but the words may be left out."""

    text = LongText(label=_("您想反映什么"), rows=6, max_length=LONGEST_TEXT)
    place = forms.CharField(label=_("在什么地方"), max_length=200, required=False)
    longitude = forms.DecimalField(max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False)
    latitude = forms.DecimalField(max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False)
    name = forms.CharField(label=_("怎么称呼您"), max_length=50, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False, validators=[telephone])
    channel = forms.ChoiceField(label=_("渠道"), choices=words.choices(words.OPEN_CHANNELS))
    station = Choose(label=_("站点"), required=False)
    grid = Choose(label=_("网格"), required=False)
    street = Choose(label=_("街道、乡镇"), required=False)
    deputy = Choose(label=_("受理代表"), required=False)

    def prepare(self) -> None:
        """Offer the stations, grids, streets and deputies of the day."""
        day = self.situation.today
        offer_rows(self, "station", lambda: Station.objects.on(day).order_by("number"))
        offer_rows(self, "grid", lambda: Grid.objects.on(day).order_by("number"))
        offer_rows(self, "street", lambda: streets(day))
        offer_deputies(self, "deputy", guests=True)


def streets(day: date) -> QuerySet[Organ]:
    """Subdistricts and towns of the day."""
    return Organ.objects.on(day).filter(kind__in=("street", "town")).order_by("position", "code")


class Joined(Said):
    """The same, said about a matter that is public already."""

    matter = Choose(label=_("附议的公开事项"))

    def prepare(self) -> None:
        """Offer what is public."""
        super().prepare()
        day = self.situation.today
        found = Matter.objects.filter(procedure="suggestion", public_since__lte=day, confidential=False)
        offer_rows(self, "matter", found.all)


class Entered(Said):
    """What somebody heard or read, entered for the resident. The name of the one who wrote on a board is nobody's business."""

    channel = forms.ChoiceField(
        label=_("渠道"),
        choices=[(key, label) for key, label in words.OPEN_CHANNELS.items() if key not in words.BY_RESIDENTS],
    )
    heard_on = Day(label=_("反映日期"))
    category = Choose(label=_("类别"), required=False)

    def prepare(self) -> None:
        """Today, and where the clerk sits, stand in place."""
        super().prepare()
        offer_rows(self, "category", Category.objects.all)
        self.fields["text"].label = _("群众原话")
        self.initial.setdefault("heard_on", self.situation.today)
        for name in ("longitude", "latitude"):
            self.fields[name].widget = forms.HiddenInput()
        self.initial.setdefault("channel", words.WALK_IN)

    def clean_heard_on(self) -> Any:
        """Nothing was heard tomorrow."""
        day = self.cleaned_data["heard_on"]
        if day > self.situation.today:
            raise ValidationError(_("反映日期不能晚于今天。"))
        return day


class BroughtIn(Said):
    """What was said elsewhere: to a deputy one to one, or in the live studio."""

    heard_on = Day(label=_("反映日期"))


class Sort(StepForm):
    """What it is and how high it reaches; the rule table says where it goes."""

    proposed_template = PROPOSALS

    nature = forms.ChoiceField(label=_("性质"), choices=words.choices(words.NATURES))
    level = forms.ChoiceField(label=_("级别"), choices=words.choices(words.LEVELS))
    category = Choose(label=_("类别"), required=False)
    livelihood = forms.BooleanField(label=_("民生事项"), required=False)

    def prepare(self) -> None:
        """Offer the congress's fields of concern."""
        offer_rows(self, "category", Category.objects.all)
        if not self.situation.new:
            self.initial["category"] = self.situation.record.category_id
        self.fields["level"].help_text = _("性质和级别决定去向，规则表在门户“分级分类规则”页公开。")

    def proposed(self) -> dict[str, Any]:
        """Nature and category that similar opinions were given."""
        return {"proposals": learning.proposals(self.situation, learning.NATURE, learning.CATEGORY)}


class Deviating(StepForm):
    """Where a step goes another way than the rule table says, the reason is written down."""

    off_rule = forms.CharField(label=_("不按规则去向办理的理由"), max_length=500, required=False)


class Answer(StepForm):
    """The answer to the resident, in words she understands."""

    answer = LongText(label=_("答复内容"), rows=5, max_length=LONGEST_ANSWER)
    result = forms.ChoiceField(label=_("结果"), choices=words.choices(words.RESULTS))
    due_by = Day(label=_("承诺解决日期"), required=False)

    def clean(self) -> dict[str, Any]:
        """A promise has its day."""
        cleaned = super().clean()
        if cleaned.get("result") == words.PROMISED and not cleaned.get("due_by"):
            self.add_error("due_by", _("列入计划的，请写明解决日期。"))
        return cleaned


class Outcome(StepForm):
    """What came of what a deputy made of it, as the other matter tells it."""

    answer = LongText(label=_("答复内容"), max_length=LONGEST_ANSWER)
    result = forms.ChoiceField(label=_("结果"), choices=words.choices(words.RESULTS))
    answered_by = forms.CharField(label=_("答复单位"), max_length=200, required=False)
    due_by = Day(label=_("承诺解决日期"), required=False)


class AnswerHere(Answer, Deviating):
    """Answered by whoever sits there, where the rule table may say otherwise."""


class Hand(Deviating):
    """To whom it is handed, and what is asked."""

    proposed_template = PROPOSALS

    organ = Choose(label=_("承办单位"))
    note = LongText(label=_("交办要求"), rows=3, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer the organs of the day."""
        day = self.situation.today
        offer_rows(self, "organ", Organ.objects.on(day).filter(kind__in=DEPARTMENTS).order_by("position", "code").all)

    def proposed(self) -> dict[str, Any]:
        """The organ that similar opinions were handed to."""
        return {"proposals": learning.proposals(self.situation, learning.ORGAN)}


class ToHotline(Deviating):
    """Sent to 12345: the ticket number, once there is one."""

    ticket = forms.CharField(label=_("热线工单号"), max_length=60, required=False)


class Ticket(StepForm):
    """The hotline's number."""

    ticket = forms.CharField(label=_("热线工单号"), max_length=60)


class Refuse(StepForm):
    """Why it is not taken up, and where to go instead."""

    reason = LongText(label=_("不受理的理由"), rows=3, max_length=2000)
    where = forms.CharField(label=_("可以到哪里反映"), max_length=500)

    def prepare(self) -> None:
        """Where the rule table sends such an opinion stands in place."""
        record = None if self.situation.new else self.situation.record
        if record is not None and record.nature:
            self.initial["where"] = sorting.route_of(self.situation.book, record.nature, record.level).where


class Merge(StepForm):
    """The opinion under which it is dealt with."""

    into = Choose(label=_("并入哪一件"))

    def prepare(self) -> None:
        """Offer the open opinions, newest first."""
        offer_rows(self, "into", partial(others_open, self.situation.matter))


def others_open(matter: Matter) -> QuerySet[Matter]:
    """The other opinions that are open."""
    return (
        Matter.objects.filter(procedure="opinion", closed_on=None).exclude(pk=matter.pk).order_by("-opened_on", "-id")
    )


class AskDeputy(StepForm):
    """The deputy who is asked to take part."""

    deputy = Choose(label=_("代表"))

    def prepare(self) -> None:
        """Offer all deputies."""
        offer_deputies(self, "deputy", guests=True)


class Question(StepForm):
    """What is not clear yet."""

    question = LongText(label=_("请群众补充什么"), rows=3, max_length=1000)


class More(StepForm):
    """What the resident adds."""

    text = LongText(label=_("补充的内容"), rows=4, max_length=LONGEST_TEXT)


class Rating(StepForm):
    """The resident's word: is it solved, is she satisfied."""

    solved = forms.ChoiceField(
        label=_("问题解决了吗"), choices=words.choices(words.SOLVED_WORDS), widget=forms.RadioSelect
    )
    attitude = forms.ChoiceField(
        label=_("对办理态度满意吗"), choices=words.choices(words.ATTITUDES), widget=forms.RadioSelect
    )
    word = LongText(label=_("还想说什么"), rows=3, max_length=1000, required=False)


class RatingFor(Rating):
    """The same, heard by whoever called on her."""

    way = forms.CharField(label=_("怎样听取的"), max_length=100)


class StillOpen(StepForm):
    """What is still not solved."""

    word = LongText(label=_("哪里没有解决"), rows=3, max_length=1000)


class Topic(StepForm):
    """The supervision that takes up what many opinions show."""

    topic = Choose(label=_("督办、检查或者会议"))

    def prepare(self) -> None:
        """Offer what is open."""
        kinds = ("supervision", "special-inspection", "chairpersons-meeting", "reception-day")
        found = Matter.objects.filter(procedure__in=kinds, confidential=False, closed_on=None)
        offer_rows(self, "topic", found.order_by("-opened_on", "-id").all)


class ToLivelihood(StepForm):
    """For which round of livelihood projects, and where the project would be."""

    round = Choose(label=_("哪一轮征集"))
    place = forms.CharField(label=_("地点"), max_length=200)

    def prepare(self) -> None:
        """Offer the rounds that take proposals; the opinion's place stands in place."""
        day = self.situation.today
        offer_rows(self, "round", lambda: livelihood.collecting(day), lambda matter: matter.title)
        if not self.situation.new:
            self.initial["place"] = self.situation.record.place


class Publish(StepForm):
    """What everybody may read of it, without names."""

    public_text = LongText(label=_("公开文本"), rows=4, max_length=LONGEST_TEXT)

    def prepare(self) -> None:
        """Her words, for the clerk to go through."""
        if not self.situation.new:
            self.initial["public_text"] = self.situation.record.public_text or self.situation.record.text
        self.fields["public_text"].help_text = _("请删去姓名、电话、门牌等能认出人的内容。")


class Found(StepForm):
    """A problem that the opinion shows."""

    title = forms.CharField(label=_("问题"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    livelihood = forms.BooleanField(label=_("民生事项"), required=False)
