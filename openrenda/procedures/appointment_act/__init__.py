"""One act of a proposal 任免事项 (I01): one person, one post; voted, written into the register, certified, sworn and filed by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import LINKED, PARENT, THE_KIN, After, Clock, Procedure, State, Step
from openrenda.docket.situation import Situation

from ..appointing import (
    BEGINS,
    KINDS,
    NOMINATOR,
    PERSONNEL_OFFICE,
    AppointmentAct,
    AppointmentObjection,
)  # fmt: skip
from ..listing import CLOSED, DUE, STATE, TITLE, Column, Filter, ListOf
from ..offices import AUDITORS, LEADERS
from ..reasons import Reason
from . import bars, effects, forms

SEES = (NOMINATOR, PERSONNEL_OFFICE, LEADERS, AUDITORS)
READS_REPORTS = (PERSONNEL_OFFICE, NOMINATOR, LEADERS, AUDITORS)


def takes_office(situation: Situation) -> bool:
    """Somebody was appointed."""
    return bool(situation.record.passed and situation.record.kind in BEGINS)


def kinds(_book: Any) -> list[tuple[str, Any]]:
    """The kinds of acts, to filter by."""
    return list(KINDS.items())


# fmt: off
LISTED    = State("listed",    "已列入任免案", "Listed",         "nominate", untimed="随任免案办理，期限见任免案")
AWAITING  = State("awaiting",  "付表决",    "Put to the vote", "vote",    untimed="在会议上表决")
VOTED     = State("voted",     "已表决",    "Voted",           "after")
DONE      = State("done",      "已办结",    "Completed",       "after",   final=True)
REFUSED   = State("refused",   "未获通过",   "Not passed",      "after",   final=True)
WITHDRAWN = State("withdrawn", "已撤回",    "Withdrawn",       "nominate", final=True)
EVERY     = (LISTED, AWAITING, VOTED, DONE, REFUSED, WITHDRAWN)

STEPS = (
    Step("list",         "列入任免案",   None,     LISTED,    by=THE_KIN, basis="ORG-21", label_en="Listed", records=forms.Listed, does=effects.listed),
    Step("object",       "登记举报",    (LISTED, AWAITING), None, by=PERSONNEL_OFFICE, basis="APP-05", label_en="Record a report", records=forms.Objection, does=effects.objected, tells=(NOMINATOR,), optional=True),
    Step("settle",       "登记核查结论",  (LISTED, AWAITING), None, by=(NOMINATOR, PERSONNEL_OFFICE), basis="APP-05", label_en="Settle a report", records=forms.Settle, barred_by=(bars.nothing_reported,), does=effects.settled, tells=(PERSONNEL_OFFICE, LEADERS), optional=True),
    Step("open_reports", "查看举报",    EVERY,    None,      by=READS_REPORTS, basis="APP-05", label_en="Open the reports", records=Reason, barred_by=(bars.no_objections,), optional=True),
    Step("examine",      "安排法律知识考试", LISTED, None,      by=PERSONNEL_OFFICE, basis="APP-03", label_en="Call to the examination", records=forms.ExamCall, barred_by=(bars.no_exam_needed,), opens=effects.call_to_exam, optional=True),
    Step("speak",        "登记任前发言",  LISTED,   None,      by=PERSONNEL_OFFICE, basis="APP-04", label_en="Record the statement", records=forms.Speech, barred_by=(bars.takes_nobody_on,), does=effects.spoke, optional=True),
    Step("defend",       "登记申辩情况",  LISTED,   None,      by=PERSONNEL_OFFICE, basis="SUP-29.defence", label_en="Record the defence", records=forms.Defence, barred_by=(bars.not_against,), does=effects.defended, optional=True),
    Step("withdraw",     "撤回本项",    (LISTED, AWAITING), WITHDRAWN, by=(NOMINATOR, PERSONNEL_OFFICE), basis="ORG-21", label_en="Withdraw", records=Reason, tells=(PERSONNEL_OFFICE, NOMINATOR), optional=True, confirm="撤回后本项不再表决，需要时重新提请。"),
    Step("go",           "随任免案撤回",  (LISTED, AWAITING), WITHDRAWN, by=THE_KIN, basis="ORG-21", label_en="Withdrawn with the proposal", after=After(PARENT, ("withdraw",))),
    Step("await",        "付表决",     LISTED,   AWAITING,  by=THE_KIN, basis="ORG-17", label_en="Put to the vote", after=After(PARENT, ("put_to_vote",))),
    Step("wait_on",      "本次会议未付表决", AWAITING, LISTED,   by=THE_KIN, basis="ORG-17", label_en="Not voted in this meeting", after=After(PARENT, ("take_back",))),
    Step("voted",        "表决",      AWAITING, VOTED,     by=THE_KIN, basis="APP-06", label_en="Voted", records=forms.Voted, barred_by=(bars.tally_does_not_fit,), does=effects.voted, after=After(LINKED, ("announce",)), tells=(PERSONNEL_OFFICE, NOMINATOR)),
    Step("announced",    "公告",      VOTED,    None,      by=THE_KIN, basis="APP-09", label_en="Announced", does=effects.announced, after=After(PARENT, ("announce",))),
    Step("register",     "补办任职登记",  VOTED,    None,      by=PERSONNEL_OFFICE, basis="ORG-21", label_en="Write the register", barred_by=(bars.rejected, bars.written_already), does=effects.by_hand, optional=True),
    Step("certify",      "颁发任命书",   VOTED,    None,      by=PERSONNEL_OFFICE, basis="APP-09.letter", label_en="Certificate of appointment", records=forms.Letter, barred_by=(bars.rejected, bars.begins_nothing, bars.once("certify")), does=effects.certified, optional=True),
    Step("swear",        "登记宪法宣誓",  VOTED,    None,      by=PERSONNEL_OFFICE, basis="APP-11", label_en="Record the oath", records=forms.Oath, barred_by=(bars.rejected, bars.begins_nothing, bars.once("swear")), does=effects.sworn, optional=True),
    Step("file",         "登记报备案",   VOTED,    None,      by=PERSONNEL_OFFICE, basis="ORG-21", label_en="Record the filing", records=forms.Filing, barred_by=(bars.rejected, bars.no_filing, bars.once("file")), does=effects.filed, optional=True),
    Step("complete",     "办结",      VOTED,    DONE,      by=PERSONNEL_OFFICE, basis="APP-09.close", label_en="Complete", barred_by=(bars.rejected, bars.not_announced, bars.lacking), tells=(NOMINATOR,)),
    Step("end_refused",  "未通过，告知提请机关", VOTED, REFUSED, by=PERSONNEL_OFFICE, basis="APP-07", label_en="Not passed: tell who nominated", records=forms.Told, barred_by=(bars.did_pass, bars.not_announced), tells=(NOMINATOR,)),
)

CLOCKS = (
    Clock("clear",    "查清举报期限",  "APP-05.clear", starts=("object",), stops=("settle", "withdraw", "go", "voted"), whose=NOMINATOR, label_en="Time to clear a report"),
    Clock("announce", "公告期限",    "APP-09",       starts=("voted",), stops=("announced",), whose=PERSONNEL_OFFICE, label_en="Time to announce"),
    Clock("oath",     "宪法宣誓期限",  "APP-11",       starts=("announced",), stops=("swear",), whose=PERSONNEL_OFFICE, label_en="Time for the oath", applies=takes_office),
    Clock("complete", "手续办结期限",  "APP-09.close", starts=("announced",), stops=("complete", "end_refused"), whose=PERSONNEL_OFFICE, label_en="Time for the formalities"),
)
# fmt: on

RECORDS = (AppointmentAct, AppointmentObjection)
LIST = ListOf(
    columns=(TITLE, Column("person", _("姓名"), "appointment_act__person_name"), Column("post", _("职务"), "appointment_act__post_title"),
             Column("kind", _("任免类别"), "appointment_act__kind", "choice", choices=kinds),
             Column("voted", _("表决日期"), "appointment_act__voted_on", "day"), STATE, DUE, CLOSED),
    filters=(Filter("kind", _("任免类别"), "appointment_act__kind", "choice", choices=kinds),),
)  # fmt: skip
PROCEDURE = Procedure(
    key="appointment-act", label="任免事项", label_en="Appointments and removals", steps=STEPS, clocks=CLOCKS, record=AppointmentAct,
    states=EVERY, body="procedures/appointment_act.html", basis="ORG-21",
    stages=(("nominate", "提请"), ("vote", "表决"), ("after", "手续")), seen_by=SEES,
)  # fmt: skip
