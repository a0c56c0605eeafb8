"""What each step of a reception day records."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate, Organ
from openrenda.procedures.fields import Choose, ChooseSeveral, Day, LongText, OneOf, offer_choices, offer_rows

from .. import sharing

OPINION, ON_SITE = "opinion", "on_site"
ANSWERED, HANDED = "answered", "handed"
SOLVED, COMMITTED, EXPLAINED = "solved", "committed", "explained"
OUTCOMES = ((SOLVED, _("当场解决")), (COMMITTED, _("承诺限期解决")), (EXPLAINED, _("作出说明")))


class Arrange(sharing.Arrange):
    """A day, with as many places as can be booked."""

    leading = Choose(label=_("接待领导"), required=False, help_text=_("每月一位。暂未确定的，年度安排中会标出。"))
    places = forms.IntegerField(label=_("可以预约的人数"), min_value=1, max_value=200, initial=15)


class Book(StepForm):
    """What the deputy wants to speak about."""

    topic = LongText(label=_("想反映什么"), rows=3, max_length=2000)


class Pick(StepForm):
    """The suggestions of the month; fewer or more than usual with a reason (B07)."""

    suggestions = ChooseSeveral(label=_("现场督办的建议"))
    number_reason = LongText(label=_("件数不在惯例之内的理由"), rows=2, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer suggestions that have a number; those chosen before stand in place."""
        offer_rows(self, "suggestions", partial(sharing.numbered_suggestions, self.situation.today), str)
        if not self.is_bound:
            chosen = [row.subject_id for row in sharing.items(self.situation, ON_SITE)]
            self.initial.update({"suggestions": chosen, "number_reason": self.situation.record.number_reason})

    def clean(self) -> dict[str, Any]:
        """As many as the congress has agreed on, or a reason that is kept."""
        cleaned = super().clean()
        least, most = usual(self.situation)
        count = len(cleaned.get("suggestions") or [])
        if not least <= count <= most and not cleaned.get("number_reason"):
            words = {"count": count, "least": least, "most": most}
            self.add_error("number_reason", _("选了%(count)d件，惯例是%(least)d至%(most)d件，请写明理由。") % words)
        return cleaned


class Opinion(StepForm):
    """An opinion that a deputy brought."""

    deputy = Choose(label=_("提出意见的代表"))
    title = forms.CharField(label=_("意见要点"), max_length=200)
    text = LongText(label=_("意见内容"), rows=4, max_length=5000)

    def prepare(self) -> None:
        """Offer the deputies who may act today."""
        able = Mandate.objects.able_on(self.situation.today).select_related("person").order_by("person__stroke_key")
        offer_rows(self, "deputy", able.all, lambda mandate: mandate.person.name)


class OnTheSpot(Opinion):
    """Answered at once, in these words."""

    answer = LongText(label=_("当场答复"), rows=4, max_length=5000)


class HandOn(Opinion):
    """Handed to a department, with a day."""

    organ = Choose(label=_("交哪个单位办理"))
    due_on = Day(label=_("要求完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the organs too."""
        super().prepare()
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)


class OnSite(StepForm):
    """How one suggestion leaves the day: solved, committed with organ and day, or explained."""

    item = OneOf(label=_("建议"))
    outcome = forms.ChoiceField(label=_("现场结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = LongText(label=_("说明"), rows=4, max_length=5000)
    organ = Choose(label=_("承诺单位"), required=False)
    due_on = Day(label=_("承诺完成日期"), required=False)

    def prepare(self) -> None:
        """Offer the suggestions without an outcome, and the organs."""
        rows = sharing.items(self.situation, ON_SITE, undecided=True)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)

    def clean(self) -> dict[str, Any]:
        """A commitment has an organ and a day."""
        cleaned = super().clean()
        if cleaned.get("outcome") == COMMITTED and not (cleaned.get("organ") and cleaned.get("due_on")):
            raise ValidationError(_("承诺限期解决的，请写明承诺单位和完成日期。"))
        return cleaned


class Raise(StepForm):
    """Which of her opinions becomes a suggestion."""

    item = OneOf(label=_("意见"))

    def prepare(self) -> None:
        """Offer her own opinions."""
        rows = [row for row in sharing.items(self.situation, OPINION) if row.speaker in self.situation.actor.holders]
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])


def usual(situation: Situation) -> tuple[int, int]:
    """How many suggestions a day usually takes, least and most (B07)."""
    least, most = situation.book.option("option.on_site_items")  # type: ignore[misc]
    return int(least), int(most)
