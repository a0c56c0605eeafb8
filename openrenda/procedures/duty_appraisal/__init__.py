"""Appraisal after appointment 任后履职评议 (APP-12; I02): local practice on top of reports and inspections, off unless the congress decides so.

Only whom this committee appointed can be appraised, found in the register of office holders. The vote is secret; the result is told
to the person and her organ, and each weak point becomes a rectification with a day.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import LINKED, THE_KIN, After, Clock, Office, Opening, Procedure, State, Step
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Tenure
from openrenda.people.posts import able_members_on, term_on

from .. import grading
from ..appointing import MEMBER, PERSONNEL_OFFICE
from ..listing import CLOSED, DUE, STATE, TITLE, Column, ListOf
from ..offices import AUDITORS, LEADERS, ORGAN_SEATS
from . import forms
from .records import RECORDS, WEAK, DutyAppraisal, DutyFinding

APPRAISED = Office(
    "appraised_organ", "评议对象所在单位", "the organ of whoever is appraised", seats=(*ORGAN_SEATS, "government_office"),
    relation=("appraised_organ",),
)  # fmt: skip
SEES = (APPRAISED, PERSONNEL_OFFICE, MEMBER, LEADERS, AUDITORS)


def begin(situation: Situation, act: Act) -> None:
    """Keep whose it is, by which act appointed, and the criteria as they are today."""
    tenure = Tenure.objects.select_related("post__organ", "person", "matter").get(pk=situation.data["tenure"])
    organ = tenure.post.organ
    situation.add_party("appraised_organ", organ.pk, organ.name)
    if tenure.matter is not None:
        situation.link(tenure.matter, "appraises")
    situation.matter.title = f"{tenure.post.title}{tenure.person.name}任后履职评议"
    situation.note(
        tenure=tenure, term=term_on(situation.today), person_name=tenure.person.name, post_title=tenure.post.title, organ=organ,
        criteria=situation.book.option("option.duty_criteria"),
    )  # fmt: skip


def report(situation: Situation, act: Act) -> None:
    """The person's own words."""
    situation.note(report=situation.data["report"], reported_on=situation.today)


def hear(situation: Situation, act: Act) -> None:
    """One thing heard."""
    data = situation.data
    names = ("criterion", "kind", "text", "evidence", "heard_on", "due_on")
    situation.add(DutyFinding(**{name: data[name] for name in names if name in data}))


def conclude(situation: Situation, act: Act) -> None:
    """The members read it from now on."""
    situation.note(summary=situation.data["summary"])
    for mandate in able_members_on(situation.today).select_related("person").order_by("person__stroke_key"):
        situation.add_party("voting_member", mandate.pk, mandate.person.name)


def graded(situation: Situation, act: Act) -> None:
    """Keep the count by grade and the verdict."""
    data, book = situation.data, situation.book
    situation.note(
        grades=grading.counted(book, data["grades"]),
        verdict=grading.verdict_words(book, data["verdict"]),
        sentence=data["sentence"],
        vote=data.get("vote"),
        appraised_on=situation.today,
    )
    grading.in_words(situation, act)


def told(situation: Situation, act: Act) -> None:
    """The day on which it was told."""
    situation.note(told_on=situation.today)


def tasks(situation: Situation) -> Iterable[Opening]:
    """A rectification of the organ for each weak point, with its day."""
    record = situation.record
    for finding in situation.rows(DutyFinding):
        if finding.kind == WEAK:
            data = {"title": f"{record.person_name}履职评议整改", "problem": finding.text, "source": "duty_appraisal",
                    "due_on": str(finding.due_on)}  # fmt: skip
            yield Opening("rectification", "open", data, (("owner", record.organ_id, record.organ.name),))


def nothing_heard(situation: Situation) -> str | None:
    """An appraisal rests on something, under each criterion."""
    heard = {row.criterion for row in situation.rows(DutyFinding)}
    missing = [gettext(row["label"]) for row in situation.record.criteria if row["key"] not in heard]
    return (
        gettext("这些评议内容还没有登记了解到的情况：%(missing)s。") % {"missing": gettext("、").join(missing)}
        if missing
        else None
    )


# fmt: off
CHOSEN    = State("chosen",    "待提交履职报告", "Report due",      "report")
REPORTED  = State("reported",  "调查了解",    "Being looked into", "hear", untimed="由人事任免工作机构安排")
CONCLUDED = State("concluded", "待会议评议",   "To be appraised",  "vote", untimed="在常委会会议上评议")
AWAITING  = State("awaiting",  "付表决",     "Put to the vote",  "vote", untimed="在会议上表决")
GRADED    = State("graded",    "已评议，待反馈", "Appraised",        "after")
CLOSED_   = State("closed",    "已反馈",     "Told",             "after", final=True)
CANCELLED = State("cancelled", "已取消",     "Called off",       "report", final=True)

STEPS = (
    Step("choose",      "确定评议对象",  None,     CHOSEN,    by=PERSONNEL_OFFICE, basis="APP-12", label_en="Choose whom to appraise", records=forms.Begin, only_if=("option.duty_appraisal", True), does=begin, tells=(APPRAISED, LEADERS)),
    Step("report",      "提交履职报告",  CHOSEN,   REPORTED,  by=(APPRAISED, PERSONNEL_OFFICE), basis="APP-12.report", label_en="Duty report", records=forms.Report, does=report, tells=(PERSONNEL_OFFICE,)),
    Step("hear",        "登记了解的情况", REPORTED, None,      by=PERSONNEL_OFFICE, basis="APP-12", label_en="Record what was heard", records=forms.Finding, does=hear, optional=True),
    Step("conclude",    "汇总提请评议",  REPORTED, CONCLUDED, by=PERSONNEL_OFFICE, basis="APP-12", label_en="Conclude", records=forms.Summary, barred_by=(nothing_heard,), does=conclude, tells=(LEADERS, MEMBER)),
    Step("put_to_vote", "付表决",     CONCLUDED, AWAITING, by=(PERSONNEL_OFFICE, THE_KIN), basis="APP-12", label_en="Put to the vote", after=After(LINKED, ("put_to_vote",)), tells=(MEMBER,)),
    Step("take_back",   "本次会议未付表决", AWAITING, CONCLUDED, by=PERSONNEL_OFFICE, basis="APP-12", label_en="Not voted in this meeting", records=forms.Reason, optional=True),
    Step("voted",       "评议结果",    AWAITING, GRADED,    by=THE_KIN, basis="APP-12", label_en="Graded", records=grading.Graded, barred_by=(grading.grades_do_not_fit,), does=graded, after=After(LINKED, ("announce",)), tells=(PERSONNEL_OFFICE, APPRAISED)),
    Step("feed_back",   "反馈结果",    GRADED,   CLOSED_,   by=PERSONNEL_OFFICE, basis="APP-12.feedback", label_en="Tell the result", records=forms.Feedback, does=told, opens=tasks, tells=(APPRAISED, LEADERS)),
    Step("cancel",      "取消评议",    (CHOSEN, REPORTED, CONCLUDED), CANCELLED, by=PERSONNEL_OFFICE, basis="APP-12", label_en="Call off", records=forms.Reason, tells=(APPRAISED,), optional=True),
)

CLOCKS = (
    Clock("report",   "履职报告期限", "APP-12.report",   starts=("choose",), stops=("report", "cancel"), whose=APPRAISED, label_en="Duty report due", until="report_by"),
    Clock("feedback", "反馈期限",   "APP-12.feedback", starts=("voted",),  stops=("feed_back",),       whose=PERSONNEL_OFFICE, label_en="Time to tell the result"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("person", _("姓名"), "duty_appraisal__person_name"), Column("post", _("职务"), "duty_appraisal__post_title"),
             Column("verdict", _("评议结果"), "duty_appraisal__verdict"), Column("on", _("评议日期"), "duty_appraisal__appraised_on", "day"),
             STATE, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="duty-appraisal", label="任后履职评议", label_en="Appraisals after appointment", steps=STEPS, clocks=CLOCKS, record=DutyAppraisal,
    states=(CHOSEN, REPORTED, CONCLUDED, AWAITING, GRADED, CLOSED_, CANCELLED), body="procedures/duty_appraisal.html", basis="APP-12",
    stages=(("report", "报告"), ("hear", "了解"), ("vote", "评议"), ("after", "反馈")), seen_by=SEES,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
