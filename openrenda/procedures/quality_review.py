"""Quality reviews of replies 答复质量评审: what a review finds wanting becomes a row with an owner and a day (B10)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.tenancy import TenantFK, TenantModel

from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS
from .subjects import rectify

HANDLING_KINDS = ("department", "street", "town", "government", "supervisory_commission", "court", "procuratorate",
                  "congress_committee", "congress_office", "other")  # fmt: skip


class QualityReview(TenantModel):
    """A review: of what, and when."""

    matter = TenantFK(Matter, models.CASCADE, related_name="quality_review")
    reviewed_on = models.DateField("评审日期")
    scope = models.TextField("评审范围")
    findings = models.PositiveIntegerField("发现问题", default=0)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="quality_review_matter")]


class Begin(StepForm):
    """What is reviewed."""

    title = forms.CharField(label=_("评审名称"), max_length=200, validators=[one_paragraph])
    reviewed_on = Day(label=_("评审日期"))
    scope = LongText(label=_("评审范围"), rows=3, max_length=2000, help_text=_("抽取了哪些答复，看哪些方面。"))


class Finding(StepForm):
    """One problem: whose it is, and by when."""

    title = forms.CharField(label=_("涉及的建议或者答复"), max_length=200, validators=[one_paragraph])
    organ = Choose(label=_("责任单位"))
    problem = LongText(label=_("问题"), rows=4, max_length=5000)
    due_on = Day(label=_("整改期限"))

    def prepare(self) -> None:
        """Offer the organs that handle suggestions."""
        offer_rows(self, "organ", partial(_handling, self.situation.today))

    def clean_due_on(self) -> Any:
        """A day to come."""
        if self.cleaned_data["due_on"] < self.situation.today:
            raise ValidationError(_("整改期限不能早于今天。"))
        return self.cleaned_data["due_on"]


def _handling(day: Any) -> Any:
    return Organ.objects.on(day).filter(kind__in=HANDLING_KINDS)


def begin(situation: Situation, act: Act) -> None:
    """Keep what is reviewed."""
    situation.note(reviewed_on=situation.data["reviewed_on"], scope=situation.data["scope"])


def find(situation: Situation, act: Act) -> None:
    """One more finding."""
    situation.note(findings=situation.record.findings + 1)


def as_rectification(situation: Situation) -> Iterable[Opening]:
    """The row of the problem list."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    owner = (organ.pk, organ.name)
    yield rectify(situation, "quality_review", data["problem"], due_on=data["due_on"], owner=owner, title=data["title"])


SEES = (DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, AUDITORS)

# fmt: off
REVIEWING = State("reviewing", "评审中",  "Under review", "review")
CLOSED    = State("closed",    "评审结束", "Reviewed",    "review", final=True)

STEPS = (
    Step("begin", "开始质量评审", None,      REVIEWING, by=DEPUTY_OFFICE, basis="B10.review",       label_en="Begin a quality review", records=Begin, only_if=("option.quality_review", True), does=begin),
    Step("find",  "登记问题",   REVIEWING, None,      by=DEPUTY_OFFICE, basis="B10.review",       label_en="Record a finding", records=Finding, does=find, opens=as_rectification, optional=True),
    Step("close", "结束评审",   REVIEWING, CLOSED,    by=DEPUTY_OFFICE, basis="B10.review_close", label_en="Close the review", tells=(GOVERNMENT_OFFICE,)),
)

CLOCKS = (
    Clock("close", "评审期限", "B10.review_close", starts=("begin",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time to review"),
)
# fmt: on

RECORDS = (QualityReview,)
PROCEDURE = Procedure(
    key="quality-review", label="质量评审", label_en="Quality reviews", states=(REVIEWING, CLOSED), steps=STEPS, clocks=CLOCKS,
    record=QualityReview, body="procedures/quality_review.html", stages=(("review", "评审"),), seen_by=SEES, basis="B10.review",
)  # fmt: skip
