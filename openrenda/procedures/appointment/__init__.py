"""Proposals to appoint and remove 人事任免案 (地方组织法第五十条; ORG-21; I01), from the nomination to the announcement.

Each act of it is a matter of its own (appointment_act): voted, registered, certified and counted by itself. Nothing is public before the
vote (APP-08). A dismissal is moved by whom the law names, a fifth of the members among them, and voted by secret ballot (SUP-29).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import CHILDREN, LINKED, THE_KIN, After, Clock, Numbering, Procedure, State, Step

from ..appointing import MEMBER, NOMINATOR, NOMINATORS, PERSONNEL_OFFICE, AppointmentProposal
from ..listing import CLOSED, DUE, NUMBER, OPENED, STATE, TITLE, Column, ListOf
from ..offices import AUDITORS, LEADERS
from ..reasons import Reason
from . import bars, effects, forms

SEES = (NOMINATOR, PERSONNEL_OFFICE, MEMBER, LEADERS, AUDITORS)

# fmt: off
DRAFTING  = State("drafting",  "起草中",     "Being drafted",    "nominate", seen_by=(NOMINATOR, PERSONNEL_OFFICE, AUDITORS))
SUBMITTED = State("submitted", "已提请，待审查", "Submitted",        "review")
REVIEWED  = State("reviewed",  "已初步审查",   "Reviewed",         "review",   untimed="由主任会议决定提请哪次会议")
HELD_BACK = State("held_back", "暂缓",      "Held back",        "review",   untimed="由主任会议决定何时再提")
ON_AGENDA = State("on_agenda", "已列入会议",   "On the agenda",    "vote",     untimed="在确定的会议上审议")
AWAITING  = State("awaiting",  "付表决",     "Put to the vote",  "vote",     untimed="在会议上表决")
ANNOUNCED = State("announced", "已公告",     "Announced",        "after",    untimed="各任免事项分别办理任命书、宣誓、备案，各有期限")
CLOSED_   = State("closed",    "已办结",     "Closed",           "after",    final=True)
WITHDRAWN = State("withdrawn", "已撤回",     "Withdrawn",        "nominate", final=True)
BEFORE    = (DRAFTING, SUBMITTED, REVIEWED, HELD_BACK, ON_AGENDA)

STEPS = (
    Step("draft",        "起草任免案",   None,      DRAFTING,  by=(NOMINATORS, PERSONNEL_OFFICE), basis="ORG-21", label_en="Draft a proposal", records=forms.Draft, only_if=("option.appointments", True), does=effects.draft),
    Step("replan",       "更改会议日期",  DRAFTING,  None,      by=(NOMINATOR, PERSONNEL_OFFICE), basis="APP-01", label_en="Another meeting", records=forms.MeetingDay, does=effects.replan, optional=True),
    Step("add",          "列入任免事项",  DRAFTING,  None,      by=(NOMINATOR, PERSONNEL_OFFICE), basis="ORG-21", label_en="Add an act", records=forms.AddAct, opens=effects.list_act, optional=True),
    Step("submit",       "提请",       DRAFTING,  SUBMITTED, by=(NOMINATOR, PERSONNEL_OFFICE), basis="APP-02", label_en="Submit", records=forms.Submit, barred_by=(bars.no_acts, bars.no_papers, bars.too_few_movers, bars.by_the_congress), does=effects.submit, numbers=Numbering(effects.series, effects.number), tells=(PERSONNEL_OFFICE,)),
    Step("return_papers", "退回补正材料", SUBMITTED, DRAFTING,  by=PERSONNEL_OFFICE, basis="APP-02", label_en="Return for more papers", records=Reason, tells=(NOMINATOR,), optional=True),
    Step("review",       "初步审查",    SUBMITTED, REVIEWED,  by=PERSONNEL_OFFICE, basis="APP-02.review", label_en="Preliminary review", records=forms.Review, barred_by=(bars.no_acts,), does=effects.review, tells=(LEADERS,)),
    Step("put_on",       "主任会议决定列入会议", (SUBMITTED, REVIEWED), ON_AGENDA, by=PERSONNEL_OFFICE, basis="ORG-17", label_en="Put on the agenda", records=forms.PutOn, barred_by=(bars.no_acts, bars.not_reviewed, bars.too_few_movers), does=effects.put_on, tells=(NOMINATOR, MEMBER)),
    Step("hold_back",    "主任会议决定暂缓", (SUBMITTED, REVIEWED, ON_AGENDA), HELD_BACK, by=PERSONNEL_OFFICE, basis="ORG-17", label_en="Hold back", records=Reason, tells=(NOMINATOR,), optional=True),
    Step("resume",       "恢复办理",    HELD_BACK, SUBMITTED, by=PERSONNEL_OFFICE, basis="ORG-17", label_en="Resume", records=Reason, tells=(NOMINATOR,)),
    Step("explain",      "登记提请说明",  ON_AGENDA, None,      by=PERSONNEL_OFFICE, basis="ORG-21", label_en="Record what was said for it", records=forms.Explain, optional=True),
    Step("put_to_vote",  "付表决",     ON_AGENDA, AWAITING,  by=(PERSONNEL_OFFICE, THE_KIN), basis="ORG-17", label_en="Put to the vote", barred_by=(bars.not_due_today, bars.no_acts, bars.not_ready, bars.too_few_movers), after=After(LINKED, ("put_to_vote",)), tells=(MEMBER,)),
    Step("take_back",    "本次会议未付表决", AWAITING, ON_AGENDA, by=PERSONNEL_OFFICE, basis="ORG-17", label_en="Not voted in this meeting", records=Reason, barred_by=(bars.something_voted,), tells=(NOMINATOR,), optional=True),
    Step("announce",     "公告表决结果",  AWAITING,  ANNOUNCED, by=PERSONNEL_OFFICE, basis="APP-09", label_en="Announce", records=forms.Announce, barred_by=(bars.not_yet_voted,), does=effects.announce, tells=(NOMINATOR, LEADERS), confirm="公告后，通过的任免事项在公开页面上可以看到。"),
    Step("conclude",     "全部办结",    ANNOUNCED, CLOSED_,   by=THE_KIN, basis="APP-09.close", label_en="Concluded", after=After(CHILDREN), tells=(NOMINATOR,)),
    Step("withdraw",     "撤回任免案",   (*BEFORE, AWAITING), WITHDRAWN, by=(NOMINATOR, PERSONNEL_OFFICE), basis="ORG-21", label_en="Withdraw", records=Reason, barred_by=(bars.something_voted,), tells=(PERSONNEL_OFFICE, NOMINATOR), optional=True, confirm="撤回后本案的任免事项一并撤回，需要时重新提请。"),
)

CLOCKS = (
    Clock("papers", "提请期限",   "APP-01",        starts=("draft", "replan"), stops=("submit", "replan", "withdraw"), goes_on=("return_papers",), whose=NOMINATOR, label_en="Papers due", anchor="meeting_on"),
    Clock("review", "初步审查期限", "APP-02.review", starts=("submit", "resume"), stops=("review", "put_on", "return_papers", "hold_back", "withdraw"), whose=PERSONNEL_OFFICE, label_en="Time for the review"),
)
# fmt: on

RECORDS = (AppointmentProposal,)
LIST = ListOf(
    columns=(NUMBER, TITLE, Column("nominator", _("提出人"), "appointment_proposal__nominator"),
             Column("meeting", _("会议日期"), "appointment_proposal__meeting_on", "day"), STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="appointment", label="人事任免案", label_en="Appointment proposals", steps=STEPS, clocks=CLOCKS, record=AppointmentProposal,
    states=(*BEFORE, AWAITING, ANNOUNCED, CLOSED_, WITHDRAWN), body="procedures/appointment.html", basis="ORG-21",
    stages=(("nominate", "提请"), ("review", "审查"), ("vote", "表决"), ("after", "公告")), seen_by=SEES,
)  # fmt: skip
