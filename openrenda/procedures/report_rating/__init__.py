"""Reports that the members rate 报告满意度测评 (D05): local practice beside the hearing of a report, in secret, each report counted by itself.

No national law knows it. Where the result is "not satisfied", a rectification opens by itself, the organ reports again by a day, and the members rate it
again; how often is the congress's own rule.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import CHILDREN, LINKED, THE_KIN, After, Clock, Office, Procedure, State, Step

from .. import grading
from ..listing import CLOSED, DUE, STATE, TITLE, Column, Filter, ListOf
from ..offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, ORGAN_SEATS
from ..reasons import Reason
from . import effects, forms
from .records import RECORDS, ReportRating

RATED_ORGAN = Office(
    "rated_organ", "报告单位", "the organ that reports", seats=(*ORGAN_SEATS, "government_office"), relation=("rated_organ",)
)  # fmt: skip
SEES = (RATED_ORGAN, DEPUTY_OFFICE, DEPUTIES, LEADERS, AUDITORS)


def verdicts(book: Any) -> list[tuple[str, Any]]:
    """The grades, to filter by."""
    return list(grading.labels(book).items())


# fmt: off
LISTED    = State("listed",    "待测评",         "To be rated",    "rate",  untimed="在确定的会议上测评")
RATED     = State("rated",     "已测评",         "Rated",          "rate")
DUE_AGAIN = State("due_again", "待再次报告",       "To be reported again", "again")
REPORTED  = State("reported",  "已再次报告，待列入会议", "Reported again", "again", untimed="由主任会议决定列入哪次会议")
CLOSED_   = State("closed",    "已办结",         "Closed",         "after", final=True)
CANCELLED = State("cancelled", "已取消",         "Cancelled",      "rate",  final=True)

STEPS = (
    Step("list",         "列入满意度测评",  None,     LISTED,    by=DEPUTY_OFFICE, basis="D05.rating", label_en="List a report to be rated", records=forms.Enter, only_if=("option.report_ratings", True), does=effects.enter, tells=(RATED_ORGAN, LEADERS)),
    Step("replan",       "更改会议日期",   LISTED,   None,      by=DEPUTY_OFFICE, basis="D05.rating", label_en="Another meeting", records=forms.MeetingDay, does=effects.replan, tells=(RATED_ORGAN,), optional=True),
    Step("report",       "提交报告要点",   LISTED,   None,      by=(RATED_ORGAN, DEPUTY_OFFICE), basis="D05.rating", label_en="Hand in the report", records=forms.Report, does=effects.report, tells=(DEPUTY_OFFICE,), optional=True),
    Step("voted",        "测评结果",     LISTED,   RATED,     by=THE_KIN, basis="D05.rating", label_en="Rated", records=grading.Graded, barred_by=(grading.grades_do_not_fit,), does=effects.rated, after=After(LINKED, ("announce",)), opens=effects.rectify, tells=(DEPUTY_OFFICE, RATED_ORGAN, LEADERS)),
    Step("relist",       "重新列入测评",   RATED,    LISTED,    by=DEPUTY_OFFICE, basis="D05.rating", label_en="List it once more", records=forms.MeetingDay, barred_by=(effects.has_result,), offered_unless=effects.has_result, does=effects.replan, optional=True),
    Step("rectified",    "整改已核查通过",  RATED,    DUE_AGAIN, by=THE_KIN, basis="D05.again", label_en="Rectified", after=After(CHILDREN), tells=(RATED_ORGAN,)),
    Step("another_day",  "另定再次报告日期", (RATED, DUE_AGAIN), None,      by=DEPUTY_OFFICE, basis="D05.again", label_en="Another day for the second report", records=forms.Again, barred_by=(effects.not_unsatisfied,), does=effects.another_day, tells=(RATED_ORGAN,), optional=True),
    Step("report_again", "再次报告",     DUE_AGAIN, REPORTED,  by=(RATED_ORGAN, DEPUTY_OFFICE), basis="D05.again", label_en="Report again", records=forms.Report, does=effects.report_again, tells=(DEPUTY_OFFICE, LEADERS)),
    Step("schedule",     "列入会议再次测评", REPORTED, LISTED,    by=DEPUTY_OFFICE, basis="D05.again", label_en="List the second rating", records=forms.MeetingDay, does=effects.replan, tells=(RATED_ORGAN, LEADERS)),
    Step("settle",       "告知结果并办结",  RATED,    CLOSED_,   by=DEPUTY_OFFICE, basis="D05.tell", label_en="Tell the result and close", records=forms.Told, barred_by=(effects.no_result, effects.to_be_reported_again), tells=(RATED_ORGAN, LEADERS)),
    Step("cancel",       "取消测评",     LISTED,   CANCELLED, by=DEPUTY_OFFICE, basis="D05.rating", label_en="Call it off", records=Reason, tells=(RATED_ORGAN, LEADERS), optional=True),
)

CLOCKS = (
    Clock("again", "再次报告期限", "D05.again", starts=("voted", "another_day"), stops=("report_again", "another_day"), whose=RATED_ORGAN, label_en="Time to report again", until="again_on", applies=effects.follows),
    Clock("tell",  "告知结果期限", "D05.tell",  starts=("voted",), stops=("settle", "relist"), whose=DEPUTY_OFFICE, label_en="Time to tell the result", applies=effects.ends),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("organ", _("报告单位"), "report_rating__organ_name"), Column("meeting", _("会议日期"), "report_rating__meeting_on", "day"),
             Column("round", _("第几次测评"), "report_rating__round", "count"),
             Column("verdict", _("测评结果"), "report_rating__verdict", "choice", choices=verdicts),
             Column("again", _("再次报告的期限"), "report_rating__again_on", "day"), STATE, DUE, CLOSED),
    filters=(Filter("verdict", _("测评结果"), "report_rating__verdict", "choice", choices=verdicts),),
)  # fmt: skip
PROCEDURE = Procedure(
    key="report-rating", label="报告满意度测评", label_en="Ratings of reports", steps=STEPS, clocks=CLOCKS, record=ReportRating,
    states=(LISTED, RATED, DUE_AGAIN, REPORTED, CLOSED_, CANCELLED), body="procedures/report_rating.html", basis="D05.rating",
    stages=(("rate", "测评"), ("again", "再次报告"), ("after", "结果")), seen_by=SEES,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
