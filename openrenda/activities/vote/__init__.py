"""Vote 表决 (地方组织法第二十五条、第二十八条、第五十一条；监督法第六十二条): from what is put to it to the announced result.

The roll, the base and the rules are frozen at the opening, which is barred below the quorum. While people vote nothing of this matter moves: devices speak to
the ballots room, and who took or cast what is in no act. Closing counts and writes the result with the digest of the box into the act.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import THE_KIN, Procedure, State, Step
from openrenda.procedures.listing import OPENED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DELEGATION_HEADS, DEPUTIES, DEPUTY_OFFICE, LEADERS

from . import concluding, opening, preparing, tellers
from .figures import FIGURES
from .records import KINDS, RECORDS, Vote

CHAIRS = (DEPUTY_OFFICE, LEADERS)
STAFF = (DEPUTY_OFFICE, LEADERS, AUDITORS)
SEES = (*STAFF, DEPUTIES, DELEGATION_HEADS)
ON = ("option.votes", True)

# fmt: off
PREPARED  = State("prepared",  "待表决",   "Prepared",   "prepare", untimed="在会议上由主持人交付表决", seen_by=STAFF)
TRIAL     = State("trial",     "试投票",   "Trial vote", "prepare", untimed="试用设备，由主持人结束", seen_by=STAFF)
OPEN      = State("open",      "表决中",   "Open",       "vote",    untimed="由主持人宣布结束", seen_by=STAFF)
COUNTED   = State("counted",   "已计票",   "Counted",    "result",  untimed="结果由主持人当场宣布", seen_by=STAFF)
ANNOUNCED = State("announced", "已宣布结果", "Announced",  "result",  final=True)
VOID      = State("void",      "作废",    "Void",       "result",  final=True)
CANCELLED = State("cancelled", "未付表决",  "Not voted on", "prepare", final=True, seen_by=STAFF)

STEPS = (
    Step("prepare",         "准备表决",    None,            PREPARED,  by=(DEPUTY_OFFICE, THE_KIN), basis="ORG-30", label_en="Prepare a vote", only_if=ON, records=preparing.Prepare, does=preparing.prepare),
    Step("change",          "修改",      PREPARED,        None,      by=DEPUTY_OFFICE, basis="ORG-30", label_en="Change", records=preparing.Prepare, does=preparing.prepare, optional=True),
    Step("trial_open",      "开始试投票",   PREPARED,        TRIAL,     by=CHAIRS, basis="ORG-30", label_en="Begin a trial vote", records=opening.OpenVote, barred_by=(opening.only_on_devices, opening.nobody), does=opening.open_trial, optional=True),
    Step("trial_close",     "结束试投票",   TRIAL,           PREPARED,  by=CHAIRS, basis="ORG-30", label_en="End the trial vote", does=opening.close_trial),
    Step("open",            "开始表决",    PREPARED,        OPEN,      by=CHAIRS, basis="ORG-30", label_en="Open the vote", records=opening.OpenVote, barred_by=(opening.below_quorum, opening.nobody), does=opening.open_vote, confirm="开始以后，投票人名单、基数和规则不再改变。"),
    Step("withdraw_option", "退出",      (PREPARED, OPEN), None,     by=CHAIRS, basis="ORG-30", label_en="Withdraw a name or project", records=preparing.WithdrawOption, barred_by=(preparing.only_one,), does=preparing.withdraw_option, optional=True),
    Step("give_paper",      "登记改用纸质票", OPEN,            None,      by=DEPUTY_OFFICE, basis="LIV-09", label_en="Give a paper instead", records=opening.GivePaper, barred_by=(opening.not_hybrid,), does=opening.give_paper, optional=True),
    Step("teller_one",      "第一计票单",   OPEN,            None,      by=CHAIRS, basis="LIV-09", label_en="First count sheet", records=tellers.Sheet, barred_by=(tellers.on_devices_only,), other_than=("teller_two",), does=tellers.keep_sheet(1), withheld=tellers.until_closed, optional=True),
    Step("teller_two",      "第二计票单",   OPEN,            None,      by=CHAIRS, basis="LIV-09", label_en="Second count sheet", records=tellers.Sheet, barred_by=(tellers.on_devices_only,), other_than=("teller_one",), does=tellers.keep_sheet(2), withheld=tellers.until_closed, optional=True),
    Step("close",           "结束并计票",   OPEN,            COUNTED,   by=CHAIRS, basis="ORG-30", label_en="Close and count", barred_by=(tellers.sheets_differ,), does=concluding.close_vote, confirm="结束以后不再收票，立即计票，不能重新打开。"),
    Step("announce",        "宣布结果",    COUNTED,         ANNOUNCED, by=CHAIRS, basis="ORG-30", label_en="Announce the result", does=concluding.announce, opens=concluding.what_follows, tells=(LEADERS,)),
    Step("void",            "宣布作废",    (OPEN, COUNTED), VOID,      by=CHAIRS, basis="ORG-30.again", label_en="Declare void", records=concluding.Void, does=concluding.void, opens=concluding.repeat, tells=(LEADERS,), optional=True, confirm="作废的表决不再计票，也不能恢复。"),
    Step("cancel",          "不付表决",    PREPARED,        CANCELLED, by=CHAIRS, basis="ORG-30", label_en="Do not vote", records=concluding.Cancel, optional=True, confirm="取消后不能恢复，需要时另行准备。"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("kind", _("表决种类"), "vote__kind", "choice", choices=lambda book: [(key, _(label)) for key, label in KINDS.items()]),
             Column("base", _("应到"), "vote__base", "number"), Column("present", _("实到"), "vote__present", "number"), STATE, OPENED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="vote", label="表决", label_en="Votes", steps=STEPS, record=Vote, states=(PREPARED, TRIAL, OPEN, COUNTED, ANNOUNCED, VOID, CANCELLED),
    body="activities/vote.html", seen_by=SEES, basis="ORG-30", stages=(("prepare", "准备"), ("vote", "表决"), ("result", "结果")),
)  # fmt: skip

__all__ = ["FIGURES", "LIST", "PROCEDURE", "RECORDS"]
