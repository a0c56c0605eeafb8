"""Report-in to the home community 到居住社区报到 (A20): a deputy says which community she lives in, and the community confirms it.

《代表法》第二十八条 asks that deputies' contact with the people be organised near by; reporting to the community of residence is practice.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month, by_street
from openrenda.figures.language import CASES
from openrenda.people.models import Community, Mandate
from openrenda.people.rosters import deputies, term_on
from openrenda.tenancy import TenantFK, TenantModel

from .defusing import GROUP
from .fields import Choose, Day, LongText, offer_rows
from .listing import CLOSED, OPENED, STATE, TITLE, Column, ListOf
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, STREET_REVIEWER
from .reasons import Reason


class ReportIn(TenantModel):
    """One deputy's report to one community."""

    matter = TenantFK(Matter, models.CASCADE, related_name="report_in")
    mandate = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="report_ins", verbose_name="代表")
    deputy_name = models.CharField("代表", max_length=100)
    community = TenantFK("people.Community", models.PROTECT, related_name="+", verbose_name="社区、村")
    street = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="街道、乡镇")
    reported_on = models.DateField("报到日期")
    offers = models.TextField("可以参与的服务", blank=True)
    confirmed_on = models.DateField("确认日期", null=True)
    confirmed_by = models.CharField("确认单位", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="report_in_matter")]
        indexes = [models.Index(fields=["congress", "mandate"], name="report_in_mandate")]


REPORTER = Office("reporter", "报到的代表", "the deputy who reports", seats=("deputy",), relation=("reporter",))
CLERK = Office(
    "clerk",
    "社区所在街道的站点工作人员",
    "clerks of the community's subdistrict",
    seats=("station_clerk",),
    relation=("street",),
)
CONFIRMING = (CLERK, STREET_REVIEWER)


class Report(StepForm):
    """Which community, and since which day."""

    community = Choose(label=_("居住的社区、村"))
    reported_on = Day(label=_("报到日期"))
    offers = LongText(label=_("可以参与的服务"), rows=3, max_length=2000, required=False)

    def prepare(self) -> None:
        """Offer the communities of today; what was reported before stands in place."""
        rows = Community.objects.on(self.situation.today).select_related("street")
        offer_rows(self, "community", rows.all, lambda row: f"{row.street.name}{row.name}")
        if not self.situation.new and not self.is_bound:
            record = self.situation.record
            self.initial.update(community=record.community_id, reported_on=record.reported_on, offers=record.offers)

    def clean_reported_on(self) -> Any:
        """Not ahead of today."""
        day = self.cleaned_data["reported_on"]
        if day > self.situation.today:
            raise forms.ValidationError(_("报到日期不能晚于今天。"))
        return day


def report(situation: Situation, act: Act) -> None:
    """Keep where and when; the community's subdistrict becomes a party, whose clerks confirm."""
    data, actor = situation.data, situation.actor
    community = Community.objects.select_related("street").get(pk=data["community"])
    if situation.new:
        for holder in actor.holders:
            situation.add_party("reporter", holder, actor.agent_for or actor.name)
    reporter = situation.holders("reporter")[0]
    situation.end_party("street")
    situation.add_party("street", community.street.pk, community.street.name)
    situation.matter.title = f"{reporter.name}：{community.name}"
    situation.note(
        mandate=Mandate.objects.filter(pk=reporter.holder).first(), deputy_name=reporter.name, community=community,
        street=community.street, reported_on=data["reported_on"], offers=data.get("offers", ""),
    )  # fmt: skip


def confirm(situation: Situation, act: Act) -> None:
    """The community says so."""
    situation.note(confirmed_on=situation.today, confirmed_by=situation.actor.office_name)


def reported_there(situation: Situation) -> str | None:
    """Once in a community is enough."""
    chosen = situation.data.get("community")
    mine = ReportIn.objects.filter(mandate__in=situation.actor.holders, community=chosen)
    if chosen and mine.exclude(matter__state="left").exists():
        return gettext("已经到这个社区报到过，打开那一条即可。")
    return None


SEES = (REPORTER, CLERK, STREET_REVIEWER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
REPORTED  = State("reported",  "待社区确认", "Awaiting the community", "report")
RETURNED  = State("returned",  "退回核对",  "Returned", "report", untimed="由代表核对后再报")
CONFIRMED = State("confirmed", "已报到",   "Reported in", "report", final=True)
LEFT      = State("left",      "已迁出",   "Moved away", "report", final=True)

STEPS = (
    Step("report",  "到社区报到", None,     REPORTED,  by=DEPUTIES, basis="A20.report_in", label_en="Report to the home community", only_if=("option.new_duties", True), records=Report, barred_by=(reported_there,), does=report, tells=(CLERK, STREET_REVIEWER), agent=True),
    Step("confirm", "确认报到",  REPORTED, CONFIRMED, by=CONFIRMING, basis="A20.report_in", label_en="Confirm", does=confirm, tells=(REPORTER,)),
    Step("give_back", "退回核对", REPORTED, RETURNED,  by=CONFIRMING, basis="A20.report_in", label_en="Give back", records=Reason, tells=(REPORTER,), optional=True),
    Step("again",   "重新报到",  RETURNED, REPORTED,  by=REPORTER, basis="A20.report_in", label_en="Report again", records=Report, does=report, tells=(CLERK, STREET_REVIEWER), agent=True),
    Step("leave",   "迁出社区",  CONFIRMED, LEFT,     by=REPORTER, basis="A20.report_in", label_en="Move away", records=Reason, tells=(CLERK, STREET_REVIEWER), optional=True, agent=True),
)

CLOCKS = (
    Clock("confirm", "社区确认期限", "A20.report_in", starts=("report", "again"), stops=("confirm", "give_back"), whose=CLERK, label_en="Time to confirm"),
)
# fmt: on


def without_report_in(day: Any = None) -> QuerySet[Any]:
    """Deputies in office who have not reported to a community in this term (A20), in order of strokes."""
    term = term_on(day)
    done = ReportIn.objects.filter(mandate__term=term, matter__state__in=("reported", "confirmed", "left"))
    return deputies(day).exclude(pk__in=done.values("mandate"))


def reported_in(period: Period) -> QuerySet[Any]:
    """Reports whose day lies in the period."""
    return ReportIn.objects.filter(reported_on__gte=period.since, reported_on__lte=period.end)


def was_confirmed(period: Period) -> Q:
    """The community has said so by the end of the period."""
    return among(acts_by(period, "report-in", "confirm"))


REPORTS = Population(
    "report_ins", "代表到社区报到", CASES, reported_in, facts={"confirmed": was_confirmed},
    splits=(by_street("street_id"), by_month("reported_on")),
    columns=(Shown("代表", "deputy_name"), Shown("社区、村", "community__name"), Shown("报到日期", "reported_on")),
)  # fmt: skip
FIGURES = (
    Figure("report_ins", "到社区报到", "报到日期在统计期内、社区已经确认的。", REPORTS, Q(confirmed=True), label_en="Deputies reported to their communities", group=GROUP, basis="A20.report_in"),
)  # fmt: skip

RECORDS = (ReportIn,)
LIST = ListOf(
    columns=(TITLE, Column("community", _("社区、村"), "report_in__community__name"), Column("street", _("街道、乡镇"), "report_in__street__name"),
             Column("reported_on", _("报到日期"), "report_in__reported_on", "day"), STATE, OPENED, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="report-in", label="到社区报到", label_en="Report-in to the home community", steps=STEPS, clocks=CLOCKS, record=ReportIn,
    states=(REPORTED, RETURNED, CONFIRMED, LEFT), body="procedures/report_in.html", stages=(("report", "报到"),), seen_by=SEES,
    basis="A20.report_in",
)  # fmt: skip
