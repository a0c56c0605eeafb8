"""Plan of a campaign of deputies 活动工作方案 (A02): nothing is recorded under a campaign whose plan nobody issued."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import Day, LongText, one_paragraph
from openrenda.procedures.listing import CLOSED, OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from openrenda.procedures.reasons import Reason
from openrenda.tenancy import TenantFK, TenantModel

from . import sharing


class Campaign(TenantModel):
    """The plan: themes and tasks, who leads it, when it was issued and under which number."""

    matter = TenantFK(Matter, models.CASCADE, related_name="campaign")
    text = models.TextField("工作方案")
    leading_group = models.CharField("领导小组", max_length=500, blank=True)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期")
    issued_on = models.DateField("印发日期", null=True)
    paper_number = models.CharField("文号", max_length=50, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="campaign_matter")]


class Draft(StepForm):
    """What the campaign is to do."""

    title = forms.CharField(label=_("方案名称"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("主题、任务和措施"), rows=10, max_length=50000)
    leading_group = forms.CharField(label=_("领导小组"), max_length=500, required=False)
    since = Day(label=_("起始日期"))
    until = Day(label=_("截止日期"))

    def prepare(self) -> None:
        """What was drafted before stands in place."""
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            known = {name: getattr(record, name) for name in ("text", "leading_group", "since", "until")}
            self.initial.update({"title": self.situation.matter.title, **known})

    def clean(self) -> dict[str, object]:
        """It does not end before it begins."""
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("截止日期不能早于起始日期。"))
        return cleaned


class Issue(StepForm):
    """When it was issued, under which number."""

    issued_on = Day(label=_("印发日期"))
    paper_number = forms.CharField(label=_("文号"), max_length=50, required=False)

    def clean_issued_on(self) -> object:
        """Not ahead of today."""
        day = self.cleaned_data["issued_on"]
        if day > self.situation.today:
            self.add_error("issued_on", _("印发日期不能晚于今天。"))
        return day


class Summary(StepForm):
    """What came of it, in words; the numbers are counted."""

    summary = LongText(label=_("总结"), rows=6, max_length=20000)


def draft(situation: Situation, act: Act) -> None:
    """Keep the plan."""
    data = situation.data
    situation.matter.title = data["title"]
    situation.note(
        text=data["text"], leading_group=data.get("leading_group", ""), since=data["since"], until=data["until"]
    )


def issue(situation: Situation, act: Act) -> None:
    """It is in force from now on."""
    situation.note(issued_on=situation.data["issued_on"], paper_number=situation.data.get("paper_number", ""))


SEES = (DEPUTIES, sharing.STREETS, sharing.STATIONS, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
DRAFTED = State("drafted", "起草中", "Being drafted", "plan", untimed="何时印发由常委会决定")
ISSUED  = State("issued",  "已印发", "Issued", "run", untimed="到方案的截止日期，由代表工作机构总结")
ENDED   = State("ended",   "已总结", "Concluded", "run", final=True)
DROPPED = State("dropped", "不再开展", "Dropped", "plan", final=True)

STEPS = (
    Step("draft",   "起草活动方案", None,    DRAFTED, by=DEPUTY_OFFICE, basis="A02.plan", label_en="Draft a campaign's plan", only_if=("option.gatherings", True), records=Draft, does=draft),
    Step("change",  "修改方案",    DRAFTED, None,    by=DEPUTY_OFFICE, basis="A02.plan", label_en="Change the plan", records=Draft, does=draft, optional=True),
    Step("issue",   "印发方案",    DRAFTED, ISSUED,  by=DEPUTY_OFFICE, basis="A02.plan", label_en="Issue the plan", records=Issue, does=issue, tells=(DEPUTIES, sharing.STREETS, sharing.STATIONS)),
    Step("drop",    "不再开展",    DRAFTED, DROPPED, by=DEPUTY_OFFICE, basis="A02.plan", label_en="Drop it", records=Reason, optional=True),
    Step("conclude", "总结方案",   ISSUED,  ENDED,   by=DEPUTY_OFFICE, basis="A02.plan", label_en="Conclude the campaign", records=Summary, optional=True),
)
# fmt: on

RECORDS = (Campaign,)
LIST = ListOf(
    columns=(TITLE, Column("since", _("起始日期"), "campaign__since", "day"), Column("until", _("截止日期"), "campaign__until", "day"),
             Column("issued_on", _("印发日期"), "campaign__issued_on", "day"), STATE, OPENED, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="campaign", label="活动工作方案", label_en="Campaign plans", steps=STEPS, record=Campaign, states=(DRAFTED, ISSUED, ENDED, DROPPED),
    body="activities/campaign.html", seen_by=SEES, basis="A02.plan", stages=(("plan", "起草"), ("run", "开展")),
)  # fmt: skip
