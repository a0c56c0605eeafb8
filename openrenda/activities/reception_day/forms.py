"""What each step of a reception day records."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.fields import (
    Choose,
    ChooseSearched,
    Day,
    LongText,
    OneOf,
    offer_choices,
    offer_deputies,
    offer_rows,
)

from .. import sharing

# What is looked at on site is a suggestion, or a promise that was not kept in time.
OPINION, ON_SITE, ON_SITE_PROMISE = "opinion", "on_site", "on_site_promise"
LOOKED_AT = (ON_SITE, ON_SITE_PROMISE)
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
    """The suggestions of the month and overdue promises; fewer or more than usual with a reason (B07)."""

    suggestions = ChooseSearched(label=_("现场督办的建议"), required=False)
    promises = ChooseSearched(label=_("逾期未落实的承诺"), required=False)
    number_reason = LongText(label=_("件数不在惯例之内的理由"), rows=2, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer suggestions that have a number, and promises past their day; those chosen before stand in place."""
        today = self.situation.today
        offer_rows(self, "suggestions", partial(sharing.numbered_suggestions, today), sharing.named_for_choice)
        offer_rows(self, "promises", partial(sharing.overdue_promises, today), str)
        if not self.is_bound:
            chosen = {name: [row.subject_id for row in sharing.items(self.situation, kind)]
                      for name, kind in (("suggestions", ON_SITE), ("promises", ON_SITE_PROMISE))}  # fmt: skip
            self.initial.update({**chosen, "number_reason": self.situation.record.number_reason})

    def clean(self) -> dict[str, Any]:
        """As many as the congress has agreed on, or a reason that is kept."""
        cleaned = super().clean()
        least, most = usual(self.situation)
        count = len(cleaned.get("suggestions") or []) + len(cleaned.get("promises") or [])
        if not count:
            raise ValidationError(_("请至少选一件建议或者一项承诺。"))
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
        offer_deputies(self, "deputy")


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
    """How one suggestion or promise leaves the day: solved, committed with organ and day, or explained."""

    item = OneOf(label=_("建议或者承诺"))
    outcome = forms.ChoiceField(label=_("现场结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = LongText(label=_("说明"), rows=4, max_length=5000)
    organ = Choose(label=_("承诺单位"), required=False)
    due_on = Day(label=_("承诺完成日期"), required=False)

    def prepare(self) -> None:
        """Offer what has no outcome yet, and the organs."""
        rows = sharing.items(self.situation, *LOOKED_AT, undecided=True)
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
