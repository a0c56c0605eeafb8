"""What the steps of a proposal record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter
from openrenda.search import similar

from .. import livelihood
from ..fields import Choose, ChooseSearched, Day, LongText, offer_choices, offer_rows, one_paragraph
from ..residents import LONGEST_TEXT, telephone

MOST_OFFERED, MOST_ALIKE = 200, 10


class ForRound(livelihood.Place, StepForm):
    """For which round, what, and where."""

    round = Choose(label=_("哪一轮征集"))
    text = LongText(label=_("建议做什么"), rows=5, max_length=LONGEST_TEXT)

    field_order: tuple[str, ...] = ("round", "text", "place", "latitude", "longitude")

    def prepare(self) -> None:
        """Offer the rounds that take proposals."""
        day = self.situation.today
        offer_rows(self, "round", lambda: livelihood.collecting(day), lambda matter: matter.title)


class Given(ForRound):
    """A resident's own; name and telephone may be left out."""

    name = forms.CharField(label=_("怎么称呼您"), max_length=50, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False, validators=[telephone])


class Entered(Given):
    """What somebody proposed at a station, by letter or telephone, entered for her."""

    said_on = Day(label=_("提出日期"))
    field_order = ("round", "said_on", "text", "place", "latitude", "longitude", "name", "phone")

    def prepare(self) -> None:
        """Today stands in place."""
        super().prepare()
        self.initial.setdefault("said_on", self.situation.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        livelihood.not_ahead(self, "said_on")
        return cleaned


class FromOpinion(ForRound):
    """Taken over from what a resident said."""

    source = forms.CharField(max_length=20, required=False)


def others(situation: Any) -> Any:
    """The other proposals of the round that are being looked at, oldest first."""
    rows = Matter.objects.filter(
        procedure=livelihood.PROPOSAL, state="received", livelihood_proposal__round=situation.record.round_id
    )
    return rows.exclude(pk=situation.matter.pk).order_by("opened_on", "id")


class Merge(StepForm):
    """Under which proposal it goes on."""

    into = Choose(label=_("并入哪一件"), help_text=_("最相似的排在前面。两件的提出人都保留，都能看到结果。"))

    def prepare(self) -> None:
        """Offer the others of the round, those most alike in front."""
        if self.situation.new:
            return
        offer_rows(self, "into", lambda: others(self.situation), str)
        found = {row.pk: row for row in others(self.situation)[:MOST_OFFERED]}
        alike = similar(
            self.situation.record.text, self.situation.matter.title, limit=MOST_ALIKE, exclude=self.situation.matter.pk,
            kinds=[livelihood.PROPOSAL],
        )  # fmt: skip
        first = [found.pop(hit.subject) for hit in alike if hit.subject in found]
        choices = [(str(row.pk), f"{row.title}（{row.livelihood_proposal.get().place}）") for row in first]
        choices += [(str(row.pk), row.title) for row in found.values()]
        self.fields["into"].widget.choices = [("", "---------"), *choices]  # type: ignore[attr-defined]


class ScreenOut(StepForm):
    """What of the negative list speaks against it, and the words for whoever proposed it."""

    reasons = forms.MultipleChoiceField(label=_("不列入的情形（负面清单）"), widget=forms.CheckboxSelectMultiple)
    answer = LongText(label=_("给提出人的说明"), rows=4, max_length=3000, help_text=_("提出人凭查询号能看到。"))

    def prepare(self) -> None:
        """Offer the negative list of the rulebook (LIV-06)."""
        offer_choices(self, "reasons", livelihood.choices_of(self.situation.book, "option.livelihood_negative"))


class Adopt(StepForm):
    """It becomes a candidate of its own, or part of one that there is."""

    fits = forms.MultipleChoiceField(label=_("符合的条件（正面清单）"), widget=forms.CheckboxSelectMultiple)
    project = Choose(label=_("列入已有的候选项目"), required=False, help_text=_("不选就新立一个候选项目。"))
    title = forms.CharField(
        label=_("候选项目名称"),
        max_length=200,
        required=False,
        validators=[one_paragraph],
        help_text=_("新立的请填写。"),
    )
    reports = ChooseSearched(label=_("依据的调研报告"), required=False)
    answer = LongText(label=_("给提出人的说明"), rows=2, max_length=3000, required=False)

    def prepare(self) -> None:
        """Offer the positive list and the round's candidates; its own title stands in place."""
        offer_choices(self, "fits", livelihood.choices_of(self.situation.book, "option.livelihood_positive"))
        round_of = None if self.situation.new else self.situation.record.round_id
        rows = Matter.objects.filter(
            procedure=livelihood.PROJECT, state=livelihood.CANDIDATE, livelihood_project__round=round_of
        )
        offer_rows(self, "project", lambda: rows.order_by("opened_on", "id"), lambda matter: matter.title)
        reports = Matter.objects.filter(procedure="research-report").order_by("-opened_on", "-id")
        offer_rows(self, "reports", reports.all, lambda matter: matter.title)
        self.initial.setdefault("title", "" if self.situation.new else self.situation.matter.title)

    def clean(self) -> dict[str, Any]:
        """A new one has a name; one that is there keeps its own."""
        cleaned = super().clean()
        if cleaned.get("project"):
            cleaned["title"] = ""
        elif not cleaned.get("title"):
            self.add_error("title", _("请填写候选项目名称，或者选一个已有的候选项目。"))
        return cleaned


class Reason(StepForm):
    """A written reason."""

    reason = livelihood.reason(_("理由"))
