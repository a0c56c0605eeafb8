"""Meetings of the party group 党组会议 of the standing committee (M03; 提请见 J01、J02): called and kept by its secretary, seen by its members and by nobody else.

No law of the state orders it, so its steps rest on practice. It decides what is put forward to the council of chairpersons and the committee; it is no vote with a
legal majority. It is an ``internal`` procedure with records of its own, so nothing that counts, lists or publishes activities reads it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import Clock, Numbering, Office, Procedure, State, Step
from openrenda.people.offices import PARTY_GROUP_OFFICE
from openrenda.procedures.listing import CLOSED, NUMBER, STATE, TITLE, Column, ListOf
from openrenda.procedures.reasons import Reason

from ..sharing import not_before_its_day
from . import agenda, calling, holding
from .calling import CHAIRING as PRESIDES
from .calling import GROUP, MEMBER
from .records import RECORDS, PartyGroupMeeting

SECRETARIES = Office(
    "party_group_secretaries", "党组秘书", "secretaries of the party group", seats=(PARTY_GROUP_OFFICE,)
)
SECRETARY = Office(
    "party_group_secretary", "党组秘书", "the secretary of the party group", seats=(PARTY_GROUP_OFFICE,), relation=(GROUP,)
)  # fmt: skip
MEMBERS = Office(
    "party_group_members", "党组成员", "members of the party group", seats=("deputy", "leader"), relation=(MEMBER,)
)
CHAIRING = Office("party_group_chair", "会议主持人", "who presides", seats=("deputy", "leader"), relation=(PRESIDES,))
ON = ("option.party_group_meetings", True)
BASIS = "M03.party_group"

# fmt: off
PLANNED   = State("planned",   "筹备中",   "In preparation",  "prepare", untimed="在通知前确定", seen_by=(SECRETARY, CHAIRING))
CALLED    = State("called",    "已通知",   "Called",          "prepare", untimed="在确定的日期举行")
HELD      = State("held",      "已举行",   "Held",            "decide")
DRAFTED   = State("drafted",   "记录待审定", "Minutes drafted", "decide")
CLOSED_   = State("closed",    "记录已审定", "Minutes approved", "decide", final=True)
CANCELLED = State("cancelled", "已取消",   "Cancelled",       "prepare", final=True)
BEFORE    = (PLANNED, CALLED)

STEPS = (
    Step("plan",           "安排党组会议", None,    PLANNED, by=SECRETARIES, basis=BASIS, label_en="Plan a meeting", only_if=ON, records=calling.Plan, barred_by=(calling.no_group,), does=calling.plan),
    Step("change",         "更改安排",   BEFORE,  None,    by=SECRETARY, basis=BASIS, label_en="Change it", records=calling.Plan, does=calling.plan, tells=(MEMBERS,), optional=True),
    Step("add_item",       "列入议题",   (*BEFORE, HELD), None, by=SECRETARY, basis=BASIS, label_en="Add an item", records=agenda.NewItem, does=agenda.add_item, optional=True),
    Step("drop_item",      "撤下议题",   BEFORE,  None,    by=SECRETARY, basis=BASIS, label_en="Take an item off", records=agenda.OneItem, barred_by=(agenda.no_items,), does=agenda.drop_item, optional=True),
    Step("add_paper",      "登记议题材料", (*BEFORE, HELD), None, by=SECRETARY, basis=BASIS, label_en="Add a paper to an item", records=agenda.NewPaper, barred_by=(agenda.no_items, agenda.nothing_uploaded), does=agenda.add_paper, optional=True),
    Step("notify",         "发出会议通知", PLANNED, CALLED,  by=SECRETARY, basis="M03.first_topic", label_en="Send the notice", records=calling.Notify, barred_by=(agenda.no_items, calling.no_members), does=calling.notify, numbers=Numbering(calling.series, calling.number), tells=(MEMBERS,)),
    Step("attend",         "登记出席情况", CALLED,  HELD,    by=SECRETARY, basis=BASIS, label_en="Record attendance", records=holding.Attendance, barred_by=(not_before_its_day, agenda.no_items), does=holding.attend),
    Step("decide",         "登记决定",   HELD,    None,    by=SECRETARY, basis=BASIS, label_en="Record a decision", records=holding.Decision, barred_by=(holding.nothing_to_decide,), does=holding.decide),
    Step("draft_minutes",  "起草会议记录", HELD,    DRAFTED, by=SECRETARY, basis="M03.minutes", label_en="Draft the minutes", records=holding.Minutes, barred_by=(holding.undecided_items,), does=holding.draft, tells=(CHAIRING,)),
    Step("approve",        "审定会议记录", DRAFTED, CLOSED_, by=CHAIRING, basis="M03.minutes", label_en="Approve the minutes", does=holding.approve, tells=(SECRETARY,), confirm="审定以后，会议记录不再改动。"),
    Step("send_back",      "退回修改",   DRAFTED, HELD,    by=(CHAIRING, SECRETARY), basis="M03.minutes", label_en="Send back", records=Reason, tells=(SECRETARY,), optional=True),
    Step("pass_on",        "改由他人审定", DRAFTED, None,    by=SECRETARY, basis="M03.minutes", label_en="Let somebody else approve", records=calling.PassOn, does=calling.pass_on, tells=(CHAIRING,), optional=True),
    Step("cancel",         "取消会议",   BEFORE,  CANCELLED, by=SECRETARY, basis=BASIS, label_en="Cancel", records=Reason, tells=(MEMBERS,), optional=True, confirm="会议取消后不能恢复，需要时另行安排。"),
)

CLOCKS = (
    Clock("minutes", "会议记录整理期限", "M03.minutes", starts=("attend",), stops=("approve",), whose=SECRETARY, label_en="Time for the minutes"),
)
# fmt: on

LIST = ListOf(
    columns=(NUMBER, TITLE, Column("held_on", _("举行日期"), "party_group_meeting__held_on", "day"),
             Column("place", _("地点"), "party_group_meeting__place"), Column("chair", _("主持人"), "party_group_meeting__chair_name"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="party-group-meeting", label="党组会议", label_en="Party-group meetings", steps=STEPS, clocks=CLOCKS, record=PartyGroupMeeting, internal=True,
    states=(PLANNED, CALLED, HELD, DRAFTED, CLOSED_, CANCELLED), body="activities/party_group_meeting.html", seen_by=(SECRETARY, MEMBERS, CHAIRING),
    basis=BASIS, stages=(("prepare", "筹备"), ("decide", "决定")),
)  # fmt: skip

__all__ = ["LIST", "PROCEDURE", "RECORDS"]
