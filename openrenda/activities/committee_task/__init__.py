"""Joint tasks of the special and working committees 专工委协同任务 (J07): one leads, any number assist, each knows its part.

The activities of a task are arranged here and stand in the joint calendar beside everything the committees do already (``engagements.py``). Where a unit is
called upon twice in a week, forms and pages say so and bar nothing. What each committee did is recorded once and makes up its year.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.procedures.listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTY_OFFICE, LEADERS, ORGAN_SEATS
from openrenda.procedures.reasons import Reason

from ..joint import CommitteeTask
from . import bars, effects, forms
from .figures import FIGURES

COMMITTEE_SEATS = ("leader", *ORGAN_SEATS)
LEAD = Office("lead_committee", "牵头专工委", "the lead committee", seats=COMMITTEE_SEATS, relation=("lead_committee",))
ASSISTING = Office(
    "assisting", "协助专工委", "the assisting committees", seats=COMMITTEE_SEATS, relation=("assisting",)
)
SPLITS = (DEPUTY_OFFICE, LEADERS)
TAKES_PART = (LEAD, ASSISTING, DEPUTY_OFFICE)
SEES = (LEAD, ASSISTING, DEPUTY_OFFICE, LEADERS, AUDITORS)
ON = ("option.joint_tasks", True)

# fmt: off
UNDER_WAY = State("under_way", "开展中", "Under way", "do")
DONE      = State("done",      "已完成", "Done",      "do", final=True)
DROPPED   = State("dropped",   "已撤销", "Dropped",   "do", final=True)

STEPS = (
    Step("set_up",   "设立协同任务",   None,      UNDER_WAY, by=SPLITS,        basis="J07.task", label_en="Set up a joint task", only_if=ON, records=forms.SetUp, does=effects.set_up, tells=(LEAD, ASSISTING)),
    Step("change",   "调整牵头和协助单位", UNDER_WAY, None,      by=SPLITS,        basis="J07.task", label_en="Change who leads and assists", records=forms.Change, does=effects.change, tells=(LEAD, ASSISTING), optional=True),
    Step("divide",   "明确分工",     UNDER_WAY, None,      by=(LEAD, DEPUTY_OFFICE), basis="J07.task", label_en="Say what a committee does", records=forms.Divide, does=effects.divide, tells=(ASSISTING,), optional=True),
    Step("arrange",  "安排活动",     UNDER_WAY, None,      by=TAKES_PART,    basis="J07.calendar", label_en="Arrange an activity", records=forms.Arrange, does=effects.arrange, tells=(LEAD, ASSISTING), optional=True),
    Step("move",     "活动改期",     UNDER_WAY, None,      by=TAKES_PART,    basis="J07.calendar", label_en="Move an activity", records=forms.Move, barred_by=(bars.nothing_planned,), does=effects.move, tells=(LEAD, ASSISTING), optional=True),
    Step("call_off", "取消活动",     UNDER_WAY, None,      by=TAKES_PART,    basis="J07.calendar", label_en="Call an activity off", records=forms.CallOff, barred_by=(bars.nothing_planned,), does=effects.call_off, tells=(LEAD, ASSISTING), optional=True),
    Step("hold",     "登记活动情况",   UNDER_WAY, None,      by=TAKES_PART,    basis="J07.work", label_en="Record an activity", records=forms.Hold, barred_by=(bars.nothing_due,), does=effects.hold, tells=(LEAD,), optional=True),
    Step("work",     "登记所做工作",   UNDER_WAY, None,      by=TAKES_PART,    basis="J07.work", label_en="Record what a committee did", records=forms.Work, does=effects.work, tells=(LEAD,), optional=True),
    Step("close",    "完成任务",     UNDER_WAY, DONE,      by=LEAD,          basis="J07.done", label_en="Conclude the task", records=forms.Close, barred_by=(bars.still_planned, bars.assistance_unrecorded), does=effects.close, tells=(ASSISTING, DEPUTY_OFFICE)),
    Step("close_for", "代为完成任务",  UNDER_WAY, DONE,      by=DEPUTY_OFFICE, basis="J07.done", label_en="Conclude it for the lead", records=forms.Close, barred_by=(bars.still_planned, bars.assistance_unrecorded), does=effects.close, tells=(LEAD, ASSISTING), optional=True),
    Step("drop",     "撤销任务",     UNDER_WAY, DROPPED,   by=SPLITS,        basis="J07.task", label_en="Drop the task", records=Reason, tells=(LEAD, ASSISTING), optional=True, confirm="撤销后还没有开展的活动从联合日程中撤下，已经登记的工作保留。"),
)

CLOCKS = (
    Clock("done", "完成期限", "J07.done", starts=("set_up", "change"), stops=("close", "close_for", "drop"), whose=LEAD, label_en="Time to conclude the task", until="due_on"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("lead", _("牵头专工委"), "committee_task__lead__name"), STATE, OPENED, DUE, CLOSED),
    filters=(Filter("lead", _("牵头专工委"), "committee_task__lead", "register", register="committee"),),
)
PROCEDURE = Procedure(
    key="committee-task", label="专工委协同任务", label_en="Joint tasks of committees", steps=STEPS, clocks=CLOCKS, record=CommitteeTask,
    states=(UNDER_WAY, DONE, DROPPED), body="activities/committee_task.html", stages=(("do", "开展"),), seen_by=SEES, basis="J07.task",
)  # fmt: skip

__all__ = ["FIGURES", "LIST", "PROCEDURE"]
