"""What the steps of a proposal record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.people.models import Organ, Person, Post, Tenure
from openrenda.people.names.text import person_name
from openrenda.people.posts import able_members_on

from ..appointing import BEGINS, DEPUTIES, JOINTLY, KINDS, MEMBERS, ORGAN, SOURCES, STATE_ORGANS
from ..fields import (
    Choose,
    ChooseSeveral,
    Day,
    LongText,
    OneOf,
    leave_out,
    offer_choices,
    offer_deputies,
    offer_rows,
    one_paragraph,
)
from . import checking

EARLIEST_BIRTH, LATEST_BIRTH = 1930, 2100
MEETING_KIND = "chairpersons-meeting"


class MeetingDay(StepForm):
    """The day of the meeting before which the papers are due."""

    meeting_on = Day(label=_("拟提请的常委会会议日期"))

    def clean_meeting_on(self) -> Any:
        """A day to come."""
        if self.cleaned_data["meeting_on"] < self.situation.today:
            raise ValidationError(_("会议日期不能早于今天。"))
        return self.cleaned_data["meeting_on"]


class Draft(MeetingDay):
    """Who proposes, and for which meeting."""

    title = forms.CharField(label=_("任免案名称"), max_length=200, validators=[one_paragraph])
    source = OneOf(label=_("提出方式"))
    organ = Choose(label=_("提请机关"), required=False, help_text=_("国家机关提请的填写。"))
    movers = ChooseSeveral(label=_("联名人"), required=False, help_text=_("联名提出撤职案、罢免案的填写。"))

    field_order = ("title", "source", "organ", "movers", "meeting_on")

    def prepare(self) -> None:
        """An organ proposes for itself; the office enters what others propose."""
        office = self.situation.actor.seat == "deputy_office"
        offer_choices(self, "source", SOURCES.items() if office else [(ORGAN, SOURCES[ORGAN])])
        day = self.situation.today
        offer_deputies(self, "movers")
        if office:
            offer_rows(self, "organ", Organ.objects.on(day).filter(kind__in=STATE_ORGANS).all)
        else:
            self._for_itself()

    def _for_itself(self) -> None:
        """Whoever sits for one organ is not asked for which."""
        del self.fields["movers"]
        own = Organ.objects.on(self.situation.today).filter(pk__in=self.situation.actor.holders)
        offer_rows(self, "organ", own.all)
        field, found = self.fields["organ"], own[:2]
        field.required, field.help_text = True, ""
        if len(found) == 1:
            field.initial = found[0].pk
            leave_out(self, "organ")

    def clean(self) -> dict[str, Any]:
        """An organ is named when it proposes; signers when they do, and they must be those of the source."""
        cleaned = super().clean()
        source, day = cleaned.get("source"), self.situation.today
        if source == ORGAN and not cleaned.get("organ"):
            self.add_error("organ", _("请选择提请机关。"))
        movers = list(cleaned.get("movers") or [])
        if source in JOINTLY and not movers:
            self.add_error("movers", _("请选出联名人。"))
        if source == MEMBERS:
            able = set(able_members_on(day).values_list("pk", flat=True))
            strangers = [mandate.person.name for mandate in movers if mandate.pk not in able]
            if strangers:
                words = {"names": gettext("、").join(strangers)}
                self.add_error("movers", gettext("%(names)s不是现任的常委会组成人员，不能联名。") % words)
        if source != ORGAN:
            cleaned["organ"] = None
        if source not in (MEMBERS, DEPUTIES):
            cleaned["movers"] = []
        return cleaned


class AddAct(StepForm):
    """One person, one post, one act."""

    kind = forms.ChoiceField(label=_("任免类别"), choices=list(KINDS.items()))
    post = Choose(label=_("职务"))
    name = forms.CharField(label=_("姓名"), max_length=50, validators=[one_paragraph])
    birth_year = forms.IntegerField(
        label=_("出生年份"), required=False, min_value=EARLIEST_BIRTH, max_value=LATEST_BIRTH,
        help_text=_("任命的须填，同名同姓的以此区分。"),
    )  # fmt: skip
    reason = LongText(label=_("任免理由"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """The posts that there are today."""
        rows = Post.objects.on(self.situation.today).select_related("organ")
        offer_rows(self, "post", rows.order_by("organ__position", "position", "code").all)

    def clean_name(self) -> str:
        """As the register writes names."""
        return person_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Find the person, then ask the law whether this may be proposed at all."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        person = self._person(cleaned)
        cleaned["person"] = str(person.pk) if person else ""
        if not self.errors:
            for reason in checking.reasons(self.situation, cleaned["kind"], cleaned["post"], person):
                self.add_error(None, reason)
        return cleaned

    def _person(self, cleaned: dict[str, Any]) -> Person | None:
        """Whoever holds the post, of those with that name; or somebody known; or nobody yet, who is to be appointed."""
        year, rows = cleaned.get("birth_year"), Person.objects.filter(name=cleaned["name"])
        if cleaned["kind"] not in BEGINS:
            rows = rows.filter(pk__in=Tenure.objects.filter(post=cleaned["post"], until=None).values("person"))
        elif not year:
            self.add_error("birth_year", _("请填写出生年份。"))
        if year:
            known = rows.filter(birth_year=year)
            rows = known if known.exists() else rows.filter(birth_year=None)
        found = list(rows.order_by("id")[:2])
        if len(found) > 1:
            self.add_error("birth_year", _("有几位同名同姓的人员，请填写出生年份。"))
        if not found and cleaned["kind"] not in BEGINS:
            words = {"name": cleaned["name"], "post": cleaned["post"].title}
            self.add_error("name", gettext("任职登记中%(name)s没有担任%(post)s，不能免职或者辞职。") % words)
        return found[0] if found else None


class Submit(StepForm):
    """The papers are complete; those that are late say why."""

    late_reason = LongText(
        label=_("未按期提出的说明"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=_("超过提出期限的须填写，由主任会议决定。"),
    )

    def clean(self) -> dict[str, Any]:
        """Late papers have a reason."""
        cleaned = super().clean()
        book, meeting = self.situation.book, self.situation.record.meeting_on
        due = book.due("APP-01", self.situation.today, anchor=meeting)
        if self.situation.today > due and not cleaned.get("late_reason"):
            words = {"days": book["APP-01"].amount, "article": book.citation("APP-01")}
            self.add_error(
                "late_reason",
                gettext("任免案应在会议举行的%(days)s前提出（%(article)s），请说明没有按期提出的原因。") % words,
            )
        return cleaned


class Review(StepForm):
    """What the preliminary review found."""

    opinion = LongText(label=_("初步审查意见"), rows=4, max_length=5000)


class PutOn(StepForm):
    """The council of chairpersons puts it on the agenda of a meeting."""

    sitting = forms.CharField(label=_("列入的常委会会议"), max_length=200, validators=[one_paragraph])
    meeting_on = Day(label=_("会议日期"))
    council = Choose(label=_("作出决定的主任会议"), required=False)
    together = forms.BooleanField(
        label=_("合并表决"), required=False, help_text=_("须逐人表决的职务和撤职、罢免不合并。")
    )

    def prepare(self) -> None:
        """The councils that were held; together only where the congress allows it."""
        rows = Matter.objects.filter(procedure=MEETING_KIND, state__in=("held", "closed")).order_by("-opened_on", "-id")
        offer_rows(self, "council", rows.all, lambda matter: f"{matter.number} {matter.title}".strip())
        if not self.situation.book.option("option.appointments_together"):
            del self.fields["together"]
        self.initial.setdefault("meeting_on", self.situation.record.meeting_on)


class Explain(StepForm):
    """What was said in the sitting on behalf of whoever proposes."""

    speaker = forms.CharField(label=_("说明人"), max_length=50)
    text = LongText(label=_("提请说明"), rows=4, max_length=10000)


class Announce(StepForm):
    """The announcement of what the vote decided."""

    announcement = forms.CharField(label=_("公告文号"), max_length=60, required=False)
    informed = LongText(label=_("发文通知的机关"), rows=2, max_length=1000)
