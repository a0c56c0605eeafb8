"""Rectifications 整改事项: a problem found by an evaluation, an appraisal, an inspection or a quality review, and what is done about it.

Opened by the matter in which the problem was found::

    Opening("rectification", "open", {"title": …, "problem": …, "source": "inspection", "due_on": "2026-05-06"},
            parties=(("owner", organ.pk, organ.name),))

``source`` is a key of ``SOURCES``. Without ``due_on`` the rulebook's time runs. A party ``checker`` may check beside the deputies'
office. ``follow_up`` names a procedure and an opening step that is taken, linked to the rectification, when it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import THE_KIN, Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.tenancy import TenantFK, TenantModel

from ..fields import Day, LongText
from ..offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, ORGAN_SEATS

SOURCES = (
    ("three_level", _("三级评价")),
    ("dimension", _("三维度评价")),
    ("poll", _("背对背测评")),
    ("appraisal", _("集中评议")),
    ("quality_review", _("质量评审")),
    ("inspection", _("专项督查")),
    ("duty_appraisal", _("任后履职评议")),
    ("report_rating", _("报告满意度测评")),
    ("other", _("其他")),
)


class Rectification(TenantModel):
    """What is wrong, whose it is, by when, and what was done."""

    matter = TenantFK(Matter, models.CASCADE, related_name="rectification")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="整改单位")
    organ_name = models.CharField("整改单位名称", max_length=200)
    source = models.CharField("来源", max_length=20)
    problem = models.TextField("问题")
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限")
    done = models.TextField("整改情况", blank=True)
    proof = models.TextField("证明", blank=True)
    reported_on = models.DateField("报送日期", null=True)
    accepted_on = models.DateField("核查通过日期", null=True)
    checked_by = models.CharField("核查人", max_length=100, blank=True)
    returned = models.PositiveIntegerField("退回次数", default=0)
    follow_up = models.JSONField("通过后", default=dict)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="rectification_matter")]
        indexes = [
            models.Index(fields=["congress", "due_on"], name="rectification_due", condition=models.Q(accepted_on=None)),
            models.Index(fields=["congress", "found_on"], name="rectification_found"),
        ]

    @property
    def source_words(self) -> Any:
        """Where the problem was found."""
        return dict(SOURCES).get(self.source, self.source)


# A government may be rated unsatisfied itself, and rectifies by its own office.
OWNER = Office(
    "owner", "整改单位", "the organ that rectifies", seats=(*ORGAN_SEATS, "government_office"), relation=("owner",)
)
CHECKER = Office(
    "checker", "发现问题的机构", "the body that found it", seats=("street_reviewer", "deputy_office"),
    relation=("checker",),
)  # fmt: skip


class Found(StepForm):
    """A problem that was found."""

    title = forms.CharField(label=_("事项"), max_length=500)
    problem = LongText(label=_("问题"), rows=4, max_length=5000)
    source = forms.ChoiceField(label=_("来源"), choices=SOURCES)
    due_on = Day(label=_("整改期限"), required=False)
    follow_up = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Without a day the rulebook's time runs."""
        cleaned = super().clean()
        if not cleaned.get("due_on") and "due_on" not in self.errors:
            cleaned["due_on"] = self.situation.book.due("RECTIFY.do", self.situation.today)
        return cleaned


class Report(StepForm):
    """What was done about it, and what shows that it was."""

    done = LongText(label=_("整改情况"), rows=5, max_length=5000)
    proof = LongText(
        label=_("证明"),
        rows=2,
        max_length=2000,
        help_text=_("文号、现场情况或者当事人的话均可；照片和文件不是必需，可在事项页面上传。"),
    )


class Accept(StepForm):
    """What the check found."""

    checked = LongText(label=_("核查情况"), rows=3, max_length=2000)


class SendBack(StepForm):
    """What is missing, and the new day."""

    reason = LongText(label=_("没有整改到位的是什么"), rows=3, max_length=2000)
    due_on = Day(label=_("新的期限"))

    def clean_due_on(self) -> Any:
        """Not in the past."""
        if self.cleaned_data["due_on"] < self.situation.today:
            raise ValidationError(_("新的期限不能早于今天。"))
        return self.cleaned_data["due_on"]


def found(situation: Situation, act: Act) -> None:
    """Keep the problem and whose it is."""
    owner, data = situation.holders("owner")[0], situation.data
    parent = situation.matter.parent
    situation.matter.confidential = bool(parent and parent.confidential)
    situation.note(organ_id=owner.holder, organ_name=owner.name, source=data["source"], problem=data["problem"],
                   found_on=situation.today, due_on=data["due_on"], follow_up=data.get("follow_up") or {})  # fmt: skip


def report(situation: Situation, act: Act) -> None:
    """Keep what was done."""
    situation.note(done=situation.data["done"], proof=situation.data["proof"], reported_on=situation.today)


def accept(situation: Situation, act: Act) -> None:
    """Checked by somebody else: done."""
    situation.note(accepted_on=situation.today, checked_by=situation.actor.name[:100])


def send_back(situation: Situation, act: Act) -> None:
    """Open again, with a new day."""
    situation.note(due_on=situation.data["due_on"], returned=situation.record.returned + 1)


def go_on(situation: Situation) -> Iterable[Opening]:
    """What was to follow once this is accepted: a second rating, say."""
    then = situation.record.follow_up
    if then:
        owner = situation.holders("owner")[0]
        parties = (("handler", owner.holder, owner.name),)
        yield Opening(then["procedure"], then["step"], then.get("data", {}), parties, link="follows_up")


def owns_it(situation: Situation) -> str | None:
    """Nobody checks what is her own body's to rectify."""
    if any(party.holder in situation.actor.holders for party in situation.holders("owner")):
        return gettext("整改情况须由整改单位以外的人核查（%(article)s）。") % {
            "article": situation.book.citation("RECTIFY.check")
        }
    return None


SEES = (OWNER, CHECKER, DEPUTY_OFFICE, GOVERNMENT_OFFICE, LEADERS, AUDITORS)

# fmt: off
OPEN     = State("open",     "待整改",   "To be rectified", "rectify")
REPORTED = State("reported", "待核查",   "To be checked",   "check")
DONE     = State("done",     "整改完成", "Rectified",       "check", final=True)

STEPS = (
    Step("open",      "提出整改事项", None,     OPEN,     by=THE_KIN, basis="RECTIFY.do", label_en="Problem found", records=Found, does=found, tells=(OWNER, DEPUTY_OFFICE)),
    Step("report",    "报送整改情况", OPEN,     REPORTED, by=OWNER,   basis="RECTIFY.do", label_en="Report what was done", records=Report, does=report, tells=(CHECKER, DEPUTY_OFFICE)),
    Step("accept",    "核查通过",   REPORTED, DONE,     by=(CHECKER, DEPUTY_OFFICE), basis="RECTIFY.check", label_en="Accept", records=Accept, barred_by=(owns_it,), other_than=("report",), does=accept, opens=go_on, tells=(OWNER,)),
    Step("send_back", "退回继续整改", REPORTED, OPEN,     by=(CHECKER, DEPUTY_OFFICE), basis="RECTIFY.check", label_en="Send back", records=SendBack, barred_by=(owns_it,), other_than=("report",), does=send_back, tells=(OWNER,), optional=True),
)

CLOCKS = (
    Clock("rectify", "整改期限", "RECTIFY.do",    starts=("open", "send_back"), stops=("report",),             whose=OWNER, label_en="Time to rectify", until="due_on"),
    Clock("check",   "核查期限", "RECTIFY.check", starts=("report",),           stops=("accept", "send_back"), whose=DEPUTY_OFFICE, label_en="Time to check"),
)
# fmt: on

RECORDS = (Rectification,)
PROCEDURE = Procedure(
    key="rectification", label="整改事项", label_en="Rectifications", states=(OPEN, REPORTED, DONE), steps=STEPS,
    clocks=CLOCKS, record=Rectification, body="procedures/rectification.html",
    stages=(("rectify", "整改"), ("check", "核查")), seen_by=SEES,
    seen_when_confidential=tuple(office for office in SEES if office is not LEADERS), basis="RECTIFY.do",
)  # fmt: skip
