"""What the steps of a round record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter

from .. import livelihood
from ..fields import ChooseSeveral, Day, LongText, offer_choices, offer_rows

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_PLACES = 200


class Dated(StepForm):
    """The text of the call, until when, and how many are to be chosen."""

    text = LongText(label=_("征集公告"), rows=8, max_length=20000)
    closes_on = Day(label=_("截止日期"))
    places = forms.IntegerField(
        label=_("应选名额"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("不票决的微实事、微心愿可以不填。"),
    )
    reach = forms.CharField(label=_("来电、来访、来信的电话和地址"), max_length=500, required=False)
    short_reason = LongText(label=_("征集时间短于一般时间的理由"), rows=2, max_length=1000, required=False)

    def opening_day(self, cleaned: dict[str, Any]) -> date | None:
        """From which day proposals are taken."""
        raise NotImplementedError

    def tier_of(self, cleaned: dict[str, Any]) -> str:
        """The tier of the round."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """It closes after it opens, is open as long as the rule asks or says why not, and says how many are voted in."""
        cleaned = super().clean()
        opens, closes = self.opening_day(cleaned), cleaned.get("closes_on")
        if closes and closes < self.situation.today:
            self.add_error("closes_on", _("截止日期不能早于今天。"))
        elif opens and closes and closes < opens:
            self.add_error("closes_on", _("截止日期不能早于开始日期。"))
        elif opens and closes:
            self._long_enough(opens, closes, cleaned)
        tier = self.tier_of(cleaned)
        if tier and livelihood.is_voted(self.situation.book, tier) and not cleaned.get("places"):
            self.add_error("places", _("由代表票决的，请写明应选几项。"))
        return cleaned

    def _long_enough(self, opens: date, closes: date, cleaned: dict[str, Any]) -> None:
        book = self.situation.book
        days, least = (closes - opens).days, int(book["LIV-04"].value or 0)
        if days < least and not cleaned.get("short_reason"):
            words = {"days": days, "least": least, "article": book.citation("LIV-04")}
            self.add_error(
                "short_reason",
                _("征集只有%(days)d天，一般不少于%(least)d天（%(article)s）。确实要短的，请写明理由。") % words,
            )


class Call(Dated):
    """The notice with which a round begins."""

    year = forms.IntegerField(label=_("项目年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    tier = forms.ChoiceField(label=_("层次"), widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("由哪一级人大票决"))
    opens_on = Day(label=_("开始日期"))

    field_order = ("year", "tier", "body", "text", "opens_on", "closes_on", "short_reason", "places", "reach")

    def prepare(self) -> None:
        """The tiers; the congress itself and those below it; next year's projects stand in place."""
        offer_choices(self, "tier", livelihood.choices_of(self.situation.book, "option.livelihood_tiers"))
        offer_choices(
            self, "body", [(str(row.pk), row.name) for row in livelihood.bodies(self.situation.actor.congress)]
        )
        self.initial.setdefault("opens_on", self.situation.today)
        self.initial.setdefault("year", self.situation.today.year + 1)
        self.initial.setdefault("body", str(self.situation.actor.congress))

    def clean_tier(self) -> str:
        """A subdistrict calls for what is not voted on."""
        tier = str(self.cleaned_data["tier"])
        if self.situation.actor.seat != "government_office" and livelihood.is_voted(self.situation.book, tier):
            raise ValidationError(_("由代表票决的项目由政府公告征集，请选不票决的层次。"))
        return tier

    def opening_day(self, cleaned: dict[str, Any]) -> date | None:
        day: date | None = cleaned.get("opens_on")
        return day

    def tier_of(self, cleaned: dict[str, Any]) -> str:
        return str(cleaned.get("tier") or "")


class Change(Dated):
    """Another text, another day; why."""

    reason = livelihood.reason(_("更改的理由"))

    def prepare(self) -> None:
        """What was announced stands in place."""
        record = self.situation.record
        names = ("text", "closes_on", "places", "reach", "short_reason")
        self.initial.update({name: getattr(record, name) for name in names})

    def opening_day(self, cleaned: dict[str, Any]) -> date | None:
        day: date = self.situation.record.opens_on
        return day

    def tier_of(self, cleaned: dict[str, Any]) -> str:
        return str(self.situation.record.tier)


class SubmitList(StepForm):
    """Which candidates the standing committee is asked to deliberate."""

    projects = ChooseSeveral(label=_("候选项目"), help_text=_("只列出填写完整的候选项目。"))
    explanation = LongText(label=_("筛选论证情况的说明"), rows=4, max_length=10000, required=False)

    def prepare(self) -> None:
        """Offer the round's candidates whose files are complete."""
        offer_rows(self, "projects", lambda: complete_candidates(self.situation), lambda matter: matter.title)

    def clean_projects(self) -> Any:
        """More than there are places, by as much as the rule asks (LIV-07)."""
        chosen, record = self.cleaned_data["projects"], self.situation.record
        book, places = self.situation.book, record.places or 0
        words = {"count": len(chosen), "places": places, "article": book.citation("LIV-07")}
        if book.option("option.livelihood_differential"):
            extra = len(chosen) - places
            if extra < 1 or not book["LIV-07"].met_by(extra, places):
                words["share"] = str(book["LIV-07"].value)
                raise ValidationError(
                    _(
                        "应选%(places)d项，候选%(count)d项：实行差额票决，候选项目须比应选名额多%(share)s以上（%(article)s）。"
                    )
                    % words
                )
        elif len(chosen) < places:
            raise ValidationError(_("应选%(places)d项，候选项目只有%(count)d项，不够票决。") % words)
        return chosen


def complete_candidates(situation: Any) -> Any:
    """The candidates of the round that have content, organ, money, place, people served, deadline and milestones."""
    found = Matter.objects.filter(
        procedure=livelihood.PROJECT, state=livelihood.CANDIDATE, livelihood_project__round=situation.matter.pk,
        livelihood_project__filled=True,
    )  # fmt: skip
    return found.order_by("opened_on", "id")


class Deliberate(StepForm):
    """What the standing committee said, at which meeting."""

    held_on = Day(label=_("审议日期"))
    meeting = forms.CharField(label=_("常委会会议"), max_length=200, help_text=_("例如 第五届人大常委会第十二次会议。"))
    opinion = LongText(label=_("审议意见"), rows=5, max_length=10000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "held_on")
        return cleaned


class Voted(StepForm):
    """What the vote handed over when it was announced."""

    sentence = forms.CharField(label=_("表决结果"), max_length=2000, required=False)
    base = forms.IntegerField(label=_("应到"), min_value=0, required=False)
    present = forms.IntegerField(label=_("实到"), min_value=0, required=False)
    vote = forms.UUIDField(label=_("表决"), required=False, widget=forms.HiddenInput)


class Publish(StepForm):
    """What is said with the list."""

    summary = LongText(label=_("公布时的说明"), rows=4, max_length=5000, required=False)


class Settle(StepForm):
    """Small projects and wishes that are carried out without a vote."""

    projects = ChooseSeveral(label=_("确定实施的项目"))
    basis = forms.CharField(
        label=_("由谁、在什么会上确定"), max_length=300, help_text=_("例如 街道议事会、镇人大主席团会议及日期。")
    )

    def prepare(self) -> None:
        """Offer the round's complete candidates."""
        offer_rows(self, "projects", lambda: complete_candidates(self.situation), lambda matter: matter.title)


class Reason(StepForm):
    """A written reason."""

    reason = livelihood.reason(_("理由"))


def title_of(year: int, body: str, tier: str) -> str:
    """A round's title as records keep it."""
    return gettext("%(body)s%(year)d年度%(tier)s项目") % {"body": body, "year": year, "tier": tier}
