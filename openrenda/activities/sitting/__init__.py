"""Sittings 会议 of the congress and its bodies (地方组织法第十四条、第五十一条；监督法第十五条; J01, J04, J08): called, opened with a quorum, recorded once.

One table for plenary meetings, presidium, delegations, the standing committee and special committees (``bodies.py``): who is a member, and how many must be there, is
data. It may last several days, on each of which everybody signs in anew (``lasting.py``). Each person's place is a matter of its own (``attendance.py``), each speech too (``speech.py``), so that a full hall never meets on one row. Minutes, opinions and
notices are made from the same rows.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import Clock, Numbering, Office, Procedure, State, Step
from openrenda.procedures.listing import CLOSED, NUMBER, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import (
    AUDITORS,
    DELEGATION_HEADS,
    DEPUTIES,
    DEPUTY_OFFICE,
    LEADERS,
    LEADING,
    ORGAN_SEATS,
)
from openrenda.procedures.reasons import Reason

from .. import sharing
from ..bodies import choices
from ..record import Activity
from . import agenda, calling, closing, holding, lasting, papers, seats
from .figures import FIGURES

OWING = Office("owing", "欠交材料的单位", "organs that owe papers", seats=ORGAN_SEATS, relation=("owes",))
CHAIRS = (DEPUTY_OFFICE, LEADING)
SEES = (DEPUTIES, DELEGATION_HEADS, OWING, LEADING, LEADERS, DEPUTY_OFFICE, AUDITORS)
ON = ("option.sittings", True)

# fmt: off
PLANNED   = State("planned",   "已列入计划", "Planned",     "prepare", untimed="在通知前确定")
CALLED    = State("called",    "已通知",   "Called",      "prepare", untimed="会议当日开始签到")
ARRIVING  = State("arriving",  "签到中",   "Signing in",  "meet", untimed="会议当日")
OPEN      = State("open",      "开会中",   "Open",        "meet", untimed="会议当日")
RECESS    = State("recess",    "休会",    "In recess",   "meet", untimed="当日或者次日复会")
CLOSED_   = State("closed",    "已散会",   "Closed",      "record")
APPROVED  = State("approved",  "记录已审定", "Minutes approved", "record", untimed="材料收齐后归档")
FILED     = State("filed",     "已归档",   "Filed",       "record", final=True)
CANCELLED = State("cancelled", "已取消",   "Cancelled",   "prepare", final=True)
BEFORE    = (PLANNED, CALLED, ARRIVING)
ALL_DAY   = (*BEFORE, OPEN, RECESS)
MEETING   = (ARRIVING, OPEN, RECESS)
SEATING   = (CALLED, ARRIVING, OPEN, RECESS)

STEPS = (
    Step("plan",          "安排会议",     None,     PLANNED,  by=DEPUTY_OFFICE, basis="J01.sitting", label_en="Plan a meeting", only_if=ON, records=calling.Plan, does=calling.plan, tells=(LEADING,)),
    Step("change",        "更改安排",     PLANNED,  None,     by=DEPUTY_OFFICE, basis="J01.sitting", label_en="Change it", records=calling.Plan, does=calling.plan, tells=(LEADING,), optional=True),
    Step("offer_places",  "安排列席名额",   (PLANNED, CALLED), None, by=DEPUTY_OFFICE, basis="J06.plan", label_en="Offer places to deputies", records=calling.Places, does=calling.offer_places, optional=True),
    Step("choose",        "确定列席代表",   (PLANNED, CALLED), None, by=DEPUTY_OFFICE, basis="J06.plan", label_en="Choose who sits in", barred_by=(calling.nobody_signed_up,), does=calling.chosen, opens=calling.choose, optional=True, confirm="按本级规定的规则从报名的代表中确定，结果通知本人。"),
    Step("add_item",      "列入议程",     ALL_DAY,  None,     by=DEPUTY_OFFICE, basis="J01.sitting", label_en="Add an item", records=agenda.ItemData, does=agenda.add_item, optional=True),
    Step("change_item",   "修改议题",     BEFORE,   None,     by=DEPUTY_OFFICE, basis="J01.sitting", label_en="Change an item", records=agenda.ChangeItem, barred_by=(agenda.no_items,), does=agenda.change_item, optional=True),
    Step("drop_item",     "撤下议题",     BEFORE,   None,     by=DEPUTY_OFFICE, basis="ORG-32", label_en="Take an item off", records=agenda.DropItem, barred_by=(agenda.no_items,), does=agenda.drop_item, optional=True),
    Step("fix_agenda",    "登记议程的确定",  BEFORE,   None, by=DEPUTY_OFFICE, basis="ORG-17", label_en="Record who fixed the agenda", records=agenda.Agenda, barred_by=(agenda.no_items,), does=agenda.fix, optional=True),
    Step("notify",        "发出会议通知",   PLANNED,  CALLED,   by=DEPUTY_OFFICE, basis="ORG-26.notice", label_en="Send the notice", records=calling.Notify, barred_by=(calling.no_members,), does=calling.notify, opens=calling.members_notified, numbers=Numbering(calling.series, calling.number), tells=(LEADING,)),
    Step("move",          "改期",       CALLED,   None,     by=DEPUTY_OFFICE, basis="ORG-26.notice", label_en="Move it", records=lasting.Arrange, does=calling.move, tells=(LEADING,), optional=True),
    Step("invite",        "邀请列席、旁听",  (CALLED, ARRIVING, OPEN, RECESS), None, by=DEPUTY_OFFICE, basis="J05.sitting_in", label_en="Invite to sit in", records=calling.Invite, opens=calling.others_invited, optional=True),
    Step("expect_paper",  "列出应交材料",   (PLANNED, CALLED), None, by=DEPUTY_OFFICE, basis="ORG-26.papers", label_en="Expect a paper", records=papers.Expect, does=papers.expected, optional=True),
    Step("register_paper", "登记收到的材料", ALL_DAY,  None,     by=DEPUTY_OFFICE, basis="ORG-26.papers", label_en="Register a paper", records=papers.Register, barred_by=(papers.nothing_uploaded,), does=papers.register, optional=True),
    Step("chase",         "催交材料",     (PLANNED, CALLED), None, by=DEPUTY_OFFICE, basis="SUP-05.committee", label_en="Chase papers", barred_by=(papers.nothing_missing,), does=papers.chase, tells=(OWING,), optional=True),
    Step("send_papers",   "发出会议材料",   CALLED,   None,     by=DEPUTY_OFFICE, basis="ORG-26.papers", label_en="Send the papers", barred_by=(papers.nothing_to_send,), does=papers.send, optional=True),
    Step("plan_seats",    "画座位图",     SEATING,  None,     by=DEPUTY_OFFICE, basis="J01.seats", label_en="Draw the seat map", records=seats.Plan, does=seats.plan, optional=True),
    Step("copy_seats",    "沿用上次座位图",  SEATING,  None,     by=DEPUTY_OFFICE, basis="J01.seats", label_en="Use the last seat map", barred_by=(seats.nothing_to_copy,), offered_unless=seats.nothing_to_copy, does=seats.copy, optional=True),
    Step("seat_all",      "按姓氏笔画排座",  SEATING,  None,     by=DEPUTY_OFFICE, basis="J01.seats", label_en="Seat members in the order of strokes", barred_by=(seats.no_plan, seats.too_few_seats), offered_unless=seats.no_plan, does=seats.seat_all, optional=True),
    Step("seat",          "安排座位",     SEATING,  None,     by=DEPUTY_OFFICE, basis="J01.seats", label_en="Give a seat", records=seats.Seat, barred_by=(seats.no_plan,), offered_unless=seats.no_plan, does=seats.seat, optional=True),
    Step("begin_sign_in", "开始签到",     CALLED,   ARRIVING, by=CHAIRS,        basis="ORG-33", label_en="Begin sign-in", barred_by=(sharing.not_before_its_day,), does=lasting.begin_sign_in),
    Step("begin_day",     "开始今日签到",   (ARRIVING, RECESS), None, by=CHAIRS,     basis="ORG-33", label_en="Begin today's sign-in", barred_by=(lasting.already_today, lasting.beyond_its_last_day), offered_unless=lasting.already_today, does=lasting.begin_sign_in, optional=True),
    Step("open",          "开会",       ARRIVING, OPEN,     by=CHAIRS,        basis="J01.sitting", label_en="Open the meeting", barred_by=(agenda.no_items, agenda.not_fixed, lasting.another_day, holding.below_quorum), does=holding.open_it),
    Step("take_up",       "进入议题",     OPEN,     None,     by=CHAIRS,        basis="J01.sitting", label_en="Take up an item", records=holding.OneItem, barred_by=(holding.nothing_left_to_do, holding.somebody_speaks), does=holding.take_up, optional=True),
    Step("put_to_vote", "交付表决",    OPEN,     None,     by=CHAIRS,        basis="ORG-30", label_en="Put to the vote", records=holding.PutToVote, barred_by=(holding.nothing_left_to_do, holding.below_quorum), opens=holding.a_vote, optional=True),
    Step("result",        "登记议题结果",   OPEN,     None,     by=CHAIRS,        basis="J01.sitting", label_en="Record an item's result", records=holding.Result, barred_by=(holding.nothing_left_to_do,), does=holding.result, optional=True),
    Step("suspend",       "休会",       OPEN,     RECESS,   by=CHAIRS,        basis="J01.sitting", label_en="Suspend", barred_by=(holding.somebody_speaks, holding.a_vote_is_open), optional=True),
    Step("resume",        "复会",       RECESS,   OPEN,     by=CHAIRS,        basis="J01.sitting", label_en="Resume", barred_by=(lasting.another_day, lasting.beyond_its_last_day, holding.below_quorum), does=holding.open_it, optional=True),
    Step("extend",        "延长会期",     MEETING,  None,     by=CHAIRS,        basis="J01.sitting", label_en="Extend", records=lasting.Extend, does=calling.extend, tells=(LEADERS,), optional=True),
    Step("close",         "散会",       OPEN,     CLOSED_,  by=CHAIRS,        basis="J01.sitting", label_en="Close the meeting", barred_by=(sharing.undecided_items, holding.somebody_speaks, holding.a_vote_is_open), does=lasting.end, tells=(LEADERS,), confirm="散会后参会情况确定：没有签到也没有准假的记为缺席。"),
    Step("adjourn",       "不足法定人数散会", RECESS, CLOSED_,  by=CHAIRS,        basis="J01.sitting", label_en="Close for want of a quorum", does=holding.put_the_rest_off, tells=(LEADERS,), optional=True, confirm="没有结果的议题留待下次会议，参会情况就此确定。"),
    Step("opinions",      "交付审议意见",   (CLOSED_, APPROVED), None, by=DEPUTY_OFFICE, basis="ORG-34", label_en="Hand over the opinions", records=closing.Opinions, barred_by=(closing.nothing_to_hand_over,), does=closing.hand_over, opens=closing.opinions_task, optional=True),
    Step("draft_minutes", "起草会议记录",   CLOSED_,  None,     by=DEPUTY_OFFICE, basis="ORG-34", label_en="Draft the minutes", records=closing.Minutes, does=closing.draft),
    Step("approve_minutes", "审定会议记录", CLOSED_,  APPROVED, by=(LEADERS, LEADING), basis="ORG-34", label_en="Approve the minutes", barred_by=(closing.no_minutes,), other_than=("draft_minutes",), does=closing.approve, tells=(DEPUTY_OFFICE,)),
    Step("archive",       "归档",       APPROVED, FILED,    by=DEPUTY_OFFICE, basis="ORG-34", label_en="File", does=closing.archive, confirm="归档后记录和材料不再改动，全部文件的摘要值记入办理记录。"),
    Step("cancel",        "取消会议",     BEFORE,   CANCELLED, by=DEPUTY_OFFICE, basis="J01.sitting", label_en="Cancel", records=Reason, tells=(LEADERS, LEADING), optional=True, confirm="会议取消后不能恢复，已经编的次序不再使用，通知过的人员会收到消息。"),
)

CLOCKS = (
    Clock("notice",  "通知期限",   "ORG-26.notice", starts=("plan", "change"), stops=("notify", "change", "cancel"), whose=DEPUTY_OFFICE, label_en="Time for the notice", anchor="held_on"),
    Clock("papers",  "材料发出期限", "ORG-26.papers", starts=("notify", "move"), stops=("send_papers", "move", "begin_sign_in", "cancel"), whose=DEPUTY_OFFICE, label_en="Time to send the papers", anchor="held_on"),
    Clock("minutes", "会议记录期限", "J01.minutes",   starts=("close", "adjourn"), stops=("approve_minutes",), whose=DEPUTY_OFFICE, label_en="Time for the minutes"),
)
# fmt: on

LIST = ListOf(
    columns=(
        NUMBER, TITLE, Column("body", _("会议种类"), "sitting__body", "choice", choices=lambda _book: choices()),
        Column("held_on", _("举行日期"), "activity__held_on", "day"), Column("ends_on", _("结束日期"), "activity__ends_on", "day"), Column("place", _("地点"), "activity__place"),
        Column("chair", _("主持人"), "activity__leader_name"), STATE, CLOSED,
    ),
    filters=(Filter("body", _("会议种类"), "sitting__body", "choice", choices=lambda _book: choices()),),
)  # fmt: skip
PROCEDURE = Procedure(
    key="sitting", label="会议", label_en="Meetings", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(PLANNED, CALLED, ARRIVING, OPEN, RECESS, CLOSED_, APPROVED, FILED, CANCELLED), body="activities/sitting.html", seen_by=SEES,
    files_read_by=(DEPUTY_OFFICE,), basis="J01.sitting", stages=(("prepare", "筹备"), ("meet", "开会"), ("record", "记录归档")),
)  # fmt: skip

__all__ = ["FIGURES", "LIST", "PROCEDURE"]
