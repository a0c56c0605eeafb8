"""Two evaluations in three dimensions 三维度两次评价: compliance of the handling, the reply document, the real effect.

A committee of the congress or a subdistrict scores each dimension twice; what fails goes back to the organ with a day. The evaluating
body is never the one that handled.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.languages import in_chinese
from openrenda.people.models import Organ
from openrenda.tenancy import TenantFK, TenantModel

from ..fields import Choose, LongText, offer_rows
from ..offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, LEADERS
from ..subjects import OfSuggestion, SubjectForm, parties_of, rectify, take_subject

DIMENSIONS = (("compliance", _("合规")), ("document", _("文书")), ("effect", _("效果")))
EVALUATING_KINDS = ("congress_committee", "congress_office", "street", "town")
MARKS = 100
# What is written down is Chinese in every session.
PROBLEM = "{dimension}评价{mark}分，不及格（及格{pass}分）。{comment}"


class DimensionEvaluation(OfSuggestion):
    """Which suggestion, evaluated by whom; what each round said is on its sheet."""

    matter = TenantFK(Matter, models.CASCADE, related_name="dimension_evaluation")
    evaluator = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="评价机构")
    opened_on = models.DateField("发起日期")
    first_on = models.DateField("第一次评价日期", null=True)
    second_on = models.DateField("第二次评价日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="dimension_evaluation_matter")]
        indexes = [models.Index(fields=["congress", "opened_on"], name="dimension_evaluation_opened")]


class DimensionSheet(TenantModel):
    """The marks of one round."""

    matter = TenantFK(Matter, models.CASCADE, related_name="dimension_sheets")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    organ_name = models.CharField("承办单位名称", max_length=200)
    round = models.PositiveSmallIntegerField("次数")
    compliance = models.PositiveSmallIntegerField("合规")
    document = models.PositiveSmallIntegerField("文书")
    effect = models.PositiveSmallIntegerField("效果")
    passed = models.PositiveSmallIntegerField("及格分")
    comment = models.TextField("评价意见", blank=True)
    evaluator_name = models.CharField("评价机构名称", max_length=200)
    scored_on = models.DateField("评价日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "round"], name="dimension_sheet_round")]
        indexes = [models.Index(fields=["congress", "scored_on"], name="dimension_sheet_scored")]

    def marks(self) -> list[tuple[Any, int, bool]]:
        """Each dimension with its mark and whether it passed."""
        return [(label, getattr(self, key), getattr(self, key) >= self.passed) for key, label in DIMENSIONS]

    def change(self, before: DimensionSheet) -> list[int]:
        """What each mark is more or less than in the round before."""
        return [getattr(self, key) - getattr(before, key) for key, _label in DIMENSIONS]


EVALUATOR = Office(
    "dimension_evaluator", "评价机构", "the evaluating body", seats=("street_reviewer", "deputy_office"),
    relation=("evaluator",),
)  # fmt: skip


class OpenForm(SubjectForm):
    """Which suggestion, and who evaluates it."""

    evaluator = Choose(label=_("评价机构"), help_text=_("专门委员会、工作委员会或者街道，不能是承办这件建议的单位。"))

    def prepare(self) -> None:
        """Offer the bodies that evaluate."""
        super().prepare()
        offer_rows(self, "evaluator", partial(evaluating, self.situation.today))

    def clean(self) -> dict[str, Any]:
        """The evaluating body did not handle it."""
        cleaned = super().clean()
        subject, evaluator = cleaned.get("subject"), cleaned.get("evaluator")
        if subject and evaluator and evaluator.pk in handlers(subject):
            raise ValidationError(_("评价机构不能是承办这件建议的单位，请另选一个。"))
        return cleaned


class Scores(StepForm):
    """The three marks of a round."""

    compliance = forms.IntegerField(
        label=_("合规"), min_value=0, max_value=MARKS, help_text=_("办理程序是否合规：联系代表、期限、签发。百分制。")
    )
    document = forms.IntegerField(
        label=_("文书"), min_value=0, max_value=MARKS, help_text=_("答复文书是否针对所提问题、是否规范。百分制。")
    )
    effect = forms.IntegerField(
        label=_("效果"), min_value=0, max_value=MARKS, help_text=_("问题实际解决得怎样。百分制。")
    )
    comment = LongText(label=_("评价意见"), rows=4, max_length=5000, required=False)

    def clean(self) -> dict[str, Any]:
        """A failing mark is explained: the organ is to put it right."""
        cleaned = super().clean()
        mark = pass_mark(self.situation)
        if any(cleaned.get(key, MARKS) < mark for key, _label in DIMENSIONS) and not cleaned.get("comment"):
            self.add_error("comment", _("有一项低于%(mark)d分，请写明问题，以便交承办单位整改。") % {"mark": mark})
        return cleaned


def evaluating(day: Any) -> Any:
    """The bodies that may evaluate on that day."""
    return Organ.objects.on(day).filter(kind__in=EVALUATING_KINDS)


def handlers(subject: UUID) -> set[UUID]:
    """The organs that handle a suggestion."""
    return {party.holder for party in parties_of(subject, "handler")}


def pass_mark(situation: Situation) -> int:
    """The congress's pass mark."""
    return int(situation.book.option("option.dimension_pass"))  # type: ignore[arg-type]


def begin(situation: Situation, act: Act) -> None:
    """Take the suggestion and name the evaluating body."""
    take_subject(situation, situation.data["subject"])
    organ = Organ.objects.get(pk=situation.data["evaluator"])
    situation.add_party("evaluator", organ.pk, organ.name)
    situation.note(evaluator=organ, opened_on=situation.today)


def score(number: int) -> Any:
    """Keep the marks of a round."""

    def scored(situation: Situation, act: Act) -> None:
        data, record = situation.data, situation.record
        evaluator = situation.holders("evaluator")[0]
        situation.add(DimensionSheet(
            organ_id=record.organ_id, organ_name=record.organ_name, round=number, passed=pass_mark(situation),
            evaluator_name=evaluator.name, scored_on=situation.today, comment=data.get("comment", ""),
            **{key: data[key] for key, _label in DIMENSIONS},
        ))  # fmt: skip
        situation.note(**{"first_on" if number == 1 else "second_on": situation.today})

    return scored


def failing(situation: Situation) -> Iterable[Opening]:
    """A rectification for each dimension that failed."""
    sheet = situation.rows(DimensionSheet)[-1]
    for key, label in DIMENSIONS:
        if getattr(sheet, key) < sheet.passed:
            words = {
                "dimension": in_chinese(label),
                "mark": getattr(sheet, key),
                "pass": sheet.passed,
                "comment": sheet.comment,
            }
            problem = PROBLEM.format(**words)
            yield rectify(situation, "dimension", problem, checkers=situation.holders("evaluator"))


def same_body(situation: Situation) -> str | None:
    """Evaluator and evaluated are never the same body, whoever succeeded whom since."""
    handling = {party.holder for party in situation.holders("handler")}
    judging = {party.holder for party in situation.holders("evaluator")}
    if handling & (judging | situation.actor.holders):
        return gettext("评价机构不能评价本单位承办的建议（%(article)s）。") % {
            "article": situation.book.citation("B12.first")
        }
    return None


SEES = (EVALUATOR, HANDLER, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, AUDITORS)

# fmt: off
FIRST  = State("first",  "待第一次评价", "Awaiting the first evaluation",  "first")
SECOND = State("second", "待第二次评价", "Awaiting the second evaluation", "second")
DONE   = State("done",   "两次评价完成", "Evaluated twice", "second", final=True)

STEPS = (
    Step("open",         "发起三维度评价", None,   FIRST,  by=DEPUTY_OFFICE, basis="B12.first",  label_en="Open an evaluation in three dimensions", records=OpenForm, only_if=("option.dimension_evaluation", True), does=begin, tells=(EVALUATOR,)),
    Step("score_first",  "第一次评价",   FIRST,  SECOND, by=EVALUATOR,     basis="B12.first",  label_en="First evaluation", records=Scores, barred_by=(same_body,), does=score(1), opens=failing, tells=(HANDLER, DEPUTY_OFFICE)),
    Step("score_second", "第二次评价",   SECOND, DONE,   by=EVALUATOR,     basis="B12.second", label_en="Second evaluation", records=Scores, barred_by=(same_body,), does=score(2), opens=failing, tells=(HANDLER, DEPUTY_OFFICE)),
)

CLOCKS = (
    Clock("first",  "第一次评价期限", "B12.first",  starts=("open",),        stops=("score_first",),  whose=EVALUATOR, label_en="Time for the first evaluation"),
    Clock("second", "第二次评价期限", "B12.second", starts=("score_first",), stops=("score_second",), whose=EVALUATOR, label_en="Time for the second evaluation"),
)
# fmt: on

RECORDS = (DimensionEvaluation, DimensionSheet)
PROCEDURE = Procedure(
    key="dimension-evaluation", label="三维度评价", label_en="Evaluations in three dimensions", states=(FIRST, SECOND, DONE),
    steps=STEPS, clocks=CLOCKS, record=DimensionEvaluation, body="procedures/dimension_evaluation.html",
    stages=(("first", "第一次"), ("second", "第二次")), seen_by=SEES,
    seen_when_confidential=tuple(office for office in SEES if office is not LEADERS), basis="B12.first",
)  # fmt: skip
