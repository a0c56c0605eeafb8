"""Reporting supervision matters 反映监督事项 (A20): what a deputy thinks wants supervision, with evidence; taken up in some form, or declined with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month
from openrenda.figures.language import ITEMS
from openrenda.people.models import Organ
from openrenda.tenancy import TenantFK, TenantModel

from .defusing import GROUP
from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from .reasons import Reason

FORMS = {
    "law_inspection": declared("执法检查"),
    "special_research": declared("专题调研"),
    "special_inquiry": declared("专题询问"),
    "work_report": declared("听取专项工作报告"),
    "inspection_visit": declared("集中视察"),
    "led_supervision": declared("领导领衔督办"),
}


class SupervisionMatter(TenantModel):
    """What wants supervision, and what the congress made of it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="supervision_matter")
    text = models.TextField("反映的问题")
    evidence = models.TextField("依据和线索")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="被监督单位")
    reported_on = models.DateField("反映日期")
    form = models.CharField("监督方式", max_length=20, blank=True)
    plan = models.CharField("列入的计划", max_length=200, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    outcome = models.TextField("监督结果", blank=True)
    ended_on = models.DateField("监督结束日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="supervision_matter_matter")]
        indexes = [models.Index(fields=["congress", "reported_on"], name="supervision_matter_reported")]

    @property
    def form_words(self) -> str:
        """In which form it was taken up."""
        return gettext(FORMS.get(self.form, self.form))


REPORTER = Office("reporter", "反映的代表", "the deputy who reported it", seats=("deputy",), relation=("reporter",))


class Report(StepForm):
    """What is wrong, what shows it, and whose work it is."""

    title = forms.CharField(label=_("监督事项"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("反映的问题"), rows=5, max_length=5000)
    evidence = LongText(label=_("依据和线索"), rows=4, max_length=5000)
    organ = Choose(label=_("被监督单位"), required=False)

    def prepare(self) -> None:
        """Offer the organs of today."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).order_by("position", "code").all)


class Evidence(StepForm):
    """What else shows it."""

    evidence = LongText(label=_("补充的依据和线索"), rows=4, max_length=5000)


class TakeUp(StepForm):
    """In which form it is supervised, and in which plan."""

    form = forms.ChoiceField(label=_("监督方式"), choices=[(key, _(label)) for key, label in FORMS.items()])
    plan = forms.CharField(label=_("列入哪一年、哪一项计划"), max_length=200)


class Outcome(StepForm):
    """What supervision brought about."""

    outcome = LongText(label=_("监督结果"), rows=5, max_length=5000)
    ended_on = Day(label=_("监督结束日期"))


def report(situation: Situation, act: Act) -> None:
    """Keep it; the deputy follows it."""
    data, actor = situation.data, situation.actor
    for holder in actor.holders:
        situation.add_party("reporter", holder, actor.agent_for or actor.name)
    situation.note(
        text=data["text"], evidence=data["evidence"], organ_id=data.get("organ"), reported_on=situation.today
    )


def add_evidence(situation: Situation, act: Act) -> None:
    """More stands below what was said."""
    situation.note(evidence=f"{situation.record.evidence}\n{situation.data['evidence']}")


def take_up(situation: Situation, act: Act) -> None:
    """It is supervised."""
    data = situation.data
    situation.note(form=data["form"], plan=data["plan"], decided_on=situation.today)


def decline(situation: Situation, act: Act) -> None:
    """It is not."""
    situation.note(decided_on=situation.today)


def conclude(situation: Situation, act: Act) -> None:
    """What it brought about."""
    situation.note(outcome=situation.data["outcome"], ended_on=situation.data["ended_on"])


SEES = (REPORTER, DEPUTY_OFFICE, LEADERS, AUDITORS)
DECIDES = (DEPUTY_OFFICE, LEADERS)

# fmt: off
REPORTED  = State("reported",  "待研究",   "To be considered", "report")
ASKED     = State("asked",     "请代表补充", "More is asked", "report")
TAKEN_UP  = State("taken_up",  "已列入监督", "Taken up", "supervise_it", untimed="按监督计划的安排")
CONCLUDED = State("concluded", "已有监督结果", "Concluded", "supervise_it", final=True)
DECLINED  = State("declined",  "未列入监督", "Declined", "report", final=True)

STEPS = (
    Step("report",   "反映监督事项", None,     REPORTED,  by=DEPUTIES, basis="A20.supervise", label_en="Report a matter for supervision", only_if=("option.new_duties", True), records=Report, does=report, tells=(DEPUTY_OFFICE,), agent=True),
    Step("ask",      "请代表补充",  REPORTED, ASKED,     by=DECIDES,  basis="A20.supervise", label_en="Ask for more", records=Reason, tells=(REPORTER,), optional=True),
    Step("add_evidence", "补充依据", ASKED,    REPORTED,  by=REPORTER, basis="A20.supervise", label_en="Add evidence", records=Evidence, does=add_evidence, tells=(DEPUTY_OFFICE,), agent=True),
    Step("take_up",  "列入监督",   REPORTED, TAKEN_UP,  by=DECIDES,  basis="A20.supervise", label_en="Take it up", records=TakeUp, does=take_up, tells=(REPORTER,)),
    Step("decline",  "不列入监督",  (REPORTED, ASKED), DECLINED, by=DECIDES, basis="A20.supervise", label_en="Decline", records=Reason, does=decline, tells=(REPORTER,), optional=True),
    Step("conclude", "登记监督结果", TAKEN_UP, CONCLUDED, by=DECIDES,  basis="A20.supervise", label_en="Record what it brought about", records=Outcome, does=conclude, tells=(REPORTER,)),
)

CLOCKS = (
    Clock("decide", "研究期限", "A20.supervise", starts=("report", "add_evidence"), stops=("take_up", "decline", "ask"), whose=DEPUTY_OFFICE, label_en="Time to consider it"),
    Clock("add",    "补充期限", "A20.add",       starts=("ask",), stops=("add_evidence", "decline"), whose=REPORTER, label_en="Time to add evidence"),
)
# fmt: on


def reported_in(period: Period) -> QuerySet[Any]:
    """Matters reported in the period."""
    return SupervisionMatter.objects.filter(reported_on__gte=period.since, reported_on__lte=period.end)


def was_taken_up(period: Period) -> Q:
    """It was taken up by the end of the period."""
    return among(acts_by(period, "supervision-matter", "take_up"))


def by_form(period: Period) -> Any:
    """The form in which it was taken up."""
    return models.F("form")


def _forms(period: Period, found: Any) -> list[Group]:
    listed = [Group(key, gettext(label), (key,)) for key, label in FORMS.items() if key in found]
    return listed + ([Group("none", gettext("尚未列入"), ("",))] if "" in found else [])


REPORTED_MATTERS = Population(
    "supervision_matters", "反映监督事项", ITEMS, reported_in, facts={"taken_up": was_taken_up},
    splits=(Split("form", declared("监督方式"), by_form, _forms), by_month("reported_on")),
    columns=(Shown("反映日期", "reported_on"), Shown("被监督单位", "organ__name"), Shown("列入的计划", "plan")),
)  # fmt: skip
FIGURES = (
    Figure("supervision_matters", "反映监督事项", "统计期内代表反映的监督事项。", REPORTED_MATTERS, label_en="Matters reported for supervision", group=GROUP, basis="A20.supervise"),
    Figure("supervision_matters_taken", "反映事项列入监督", "统计期内反映、截至统计日已经列入监督的。", REPORTED_MATTERS, Q(taken_up=True), label_en="Reported matters taken up", group=GROUP, basis="A20.supervise"),
)  # fmt: skip

RECORDS = (SupervisionMatter,)
LIST = ListOf(
    columns=(TITLE, Column("organ", _("被监督单位"), "supervision_matter__organ__name"),
             Column("form", _("监督方式"), "supervision_matter__form", "choice", choices=lambda _book: [(key, _(label)) for key, label in FORMS.items()]),
             STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="supervision-matter", label="反映监督事项", label_en="Matters reported for supervision", steps=STEPS, clocks=CLOCKS,
    record=SupervisionMatter, states=(REPORTED, ASKED, TAKEN_UP, CONCLUDED, DECLINED), body="procedures/supervision_matter.html",
    stages=(("report", "反映"), ("supervise_it", "监督")), seen_by=SEES, basis="A20.supervise",
)  # fmt: skip
