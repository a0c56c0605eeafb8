"""Livelihood projects 民生实事项目 (F01, F03, F04): one file each, from the proposal to acceptance, rating and, if need be, the next year.

The government fills the file and carries it out, the standing committee deliberates, the deputies vote, the congress supervises (LIV-03). A file
begins with a proposal alone and is chosen by a vote alone, but for the small tiers. A change, a stop or a carrying over goes back to the
standing committee (LIV-11). Done is what was accepted and rated (F04 (4)).
"""

from __future__ import annotations

from openrenda.docket.language import LINKED, THE_KIN, After, Clock, Procedure, State, Step

from ..livelihood import ORGANISER, RESPONSIBLE, SUPERVISOR
from ..offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    LEADERS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)
from . import bars, effects, forms
from .records import RECORDS, LivelihoodProject

SEES = (
    ORGANISER,
    RESPONSIBLE,
    SUPERVISOR,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    STREET_REVIEWERS,
    STATION_CLERKS,
    LEADERS,
    AUDITORS,
)
LOOKING = (DEPUTIES, DEPUTY_OFFICE, STREET_REVIEWERS, STATION_CLERKS)

# fmt: off
CANDIDATE  = State("candidate",  "候选项目编制中", "Candidate being drawn up", "screen", untimed="随本轮筛选论证的安排")
LISTED     = State("listed",     "待常委会审议",  "Before the standing committee", "deliberate", untimed="以常委会会议日期为准")
ON_BALLOT  = State("on_ballot",  "待大会票决",   "On the ballot", "vote", untimed="以大会会议日期为准")
VOTED      = State("voted",      "已票决，待公布清单", "Voted on, list to be published", "vote", untimed="随公布清单期限")
UNDER_WAY  = State("under_way",  "实施中",     "Being carried out", "carry_out")
ASKED      = State("asked",      "调整停止待常委会决定", "Change before the standing committee", "carry_out", untimed="以常委会会议日期为准")
FINISHED   = State("finished",   "完工待验收",   "Done, to be accepted", "accept")
ACCEPTED   = State("accepted",   "已验收，待评价", "Accepted, to be rated", "accept")
DONE       = State("done",       "办结",      "Done", "accept", final=True)
DROPPED    = State("dropped",    "未列入候选",   "Not put on the list", "screen", final=True)
NOT_CHOSEN = State("not_chosen", "票决未入选",   "Not chosen", "vote", final=True)
STOPPED    = State("stopped",    "依法停止",    "Stopped", "carry_out", final=True)
AT_WORK    = (UNDER_WAY, FINISHED)
RATED_IN   = (ACCEPTED, DONE)

STEPS = (
    Step("draft",         "立候选项目",     None,      CANDIDATE, by=THE_KIN, basis="LIV-03", label_en="Begin the file", records=forms.Draft, does=effects.draft, tells=(ORGANISER,)),
    Step("fill",          "填写候选项目",    CANDIDATE, None,      by=(ORGANISER, RESPONSIBLE), basis="LIV-06", label_en="Fill in the candidate", records=forms.Fill, does=effects.fill, tells=(RESPONSIBLE,)),
    Step("comment",       "对候选项目提意见",  (CANDIDATE, LISTED, ON_BALLOT), None, by=DEPUTIES, basis="LIV-05", label_en="Say what one thinks of it", records=forms.Comment, tells=(ORGANISER, DEPUTY_OFFICE), optional=True, agent=True),
    Step("drop",          "不列入候选",     CANDIDATE, DROPPED,   by=ORGANISER, basis="LIV-06", label_en="Do not put it on the list", records=forms.Reason, does=effects.drop, tells=(DEPUTY_OFFICE,), optional=True, confirm="提出人凭查询号会看到理由。"),
    # 审议和票决
    Step("list",          "列入提请审议的清单", CANDIDATE, LISTED,    by=THE_KIN, basis="LIV-05", label_en="Put on the list", barred_by=(bars.not_filled,), after=After(LINKED, ("submit_list",))),
    Step("unlist",        "退回调整",      LISTED,    CANDIDATE, by=THE_KIN, basis="LIV-05", label_en="Sent back", after=After(LINKED, ("send_back",)), tells=(ORGANISER,)),
    Step("put_on_ballot", "审议后提请票决",   LISTED,    ON_BALLOT, by=THE_KIN, basis="LIV-05", label_en="Put on the ballot", after=After(LINKED, ("deliberate",)), does=effects.put_on_ballot),
    Step("voted",         "大会票决",      (ON_BALLOT, VOTED), VOTED, by=THE_KIN, basis="LIV-11", label_en="Voted on by the congress", records=forms.Voted, after=After(LINKED, ("announce",)), does=effects.voted, tells=(ORGANISER, RESPONSIBLE, DEPUTY_OFFICE)),
    Step("begin",         "入选，交付实施",   VOTED,     UNDER_WAY, by=THE_KIN, basis="LIV-11.publish", label_en="Chosen, to be carried out", records=forms.Begin, after=After(LINKED, ("publish",)), does=effects.begin, tells=(RESPONSIBLE, ORGANISER)),
    Step("fall_out",      "未入选，结束",    VOTED,     NOT_CHOSEN, by=THE_KIN, basis="LIV-11.publish", label_en="Not chosen", after=After(LINKED, ("publish",)), tells=(RESPONSIBLE, ORGANISER)),
    Step("settle",        "确定实施（不经票决）", CANDIDATE, UNDER_WAY, by=THE_KIN, basis="LIV-03", label_en="Settled without a vote", records=forms.Begin, barred_by=(bars.not_filled,), after=After(LINKED, ("settle",)), does=effects.begin, tells=(RESPONSIBLE,)),
    # 实施和监督
    Step("supervise",     "指定督察代表",    (UNDER_WAY, ASKED, FINISHED, ACCEPTED), None, by=DEPUTY_OFFICE, basis="LIV-12", label_en="Name supervising deputies", records=forms.Supervise, does=effects.supervise, tells=(SUPERVISOR, RESPONSIBLE), optional=True),
    Step("report",        "报送进展",      UNDER_WAY, None,      by=RESPONSIBLE, basis="LIV-12.month", label_en="Report progress", records=forms.Report, does=effects.report, tells=(SUPERVISOR, ORGANISER)),
    Step("reach",         "登记节点完成",    UNDER_WAY, None,      by=RESPONSIBLE, basis="LIV-12", label_en="Record a milestone", records=forms.Reach, barred_by=(bars.no_milestone_left,), does=effects.reach, tells=(SUPERVISOR,), optional=True),
    Step("pay",           "登记支付",      (UNDER_WAY, ASKED, FINISHED, ACCEPTED), None, by=(RESPONSIBLE, ORGANISER), basis="LIV-12", label_en="Record a payment", records=forms.Pay, does=effects.pay, optional=True),
    Step("strike",        "作废登记有误的支付", (UNDER_WAY, ASKED, FINISHED, ACCEPTED), None, by=(RESPONSIBLE, ORGANISER), basis="LIV-12", label_en="Strike out a payment", records=forms.Strike, barred_by=(bars.nothing_paid,), does=effects.strike, tells=(SUPERVISOR, DEPUTY_OFFICE), optional=True),
    Step("look",          "登记现场视察",    (UNDER_WAY, ASKED, FINISHED, ACCEPTED, DONE), None, by=LOOKING, basis="LIV-12", label_en="Record a visit", records=forms.Look, does=effects.look, tells=(RESPONSIBLE, ORGANISER), optional=True, agent=True),
    Step("middle_check",  "年中督查",      UNDER_WAY, None,      by=DEPUTY_OFFICE, basis="LIV-12.middle", label_en="Mid-year check", records=forms.MiddleCheck, tells=(RESPONSIBLE, ORGANISER, SUPERVISOR), optional=True),
    Step("ask_change",    "申请调整、停止、结转", UNDER_WAY, ASKED,     by=(ORGANISER, RESPONSIBLE), basis="LIV-11", label_en="Ask for a change", records=forms.AskChange, tells=(DEPUTY_OFFICE, SUPERVISOR), optional=True),
    Step("adjust",        "常委会同意调整",   ASKED,     UNDER_WAY, by=DEPUTY_OFFICE, basis="LIV-11", label_en="Change agreed", records=forms.Decision, barred_by=(bars.not_asked_to_adjust,), does=effects.adjust, tells=(RESPONSIBLE, ORGANISER)),
    Step("carry_over",    "常委会同意结转下年", ASKED,     UNDER_WAY, by=DEPUTY_OFFICE, basis="LIV-11", label_en="Carried over to the next year", records=forms.Decision, barred_by=(bars.not_asked_to_carry_over,), does=effects.carry_over, tells=(RESPONSIBLE, ORGANISER)),
    Step("stop",          "常委会同意停止",   ASKED,     STOPPED,   by=DEPUTY_OFFICE, basis="LIV-11", label_en="Stop agreed", records=forms.Decision, barred_by=(bars.not_asked_to_stop,), does=effects.stop, tells=(RESPONSIBLE, ORGANISER, SUPERVISOR), confirm="项目停止实施，门户上注明停止和理由。"),
    Step("refuse_change", "常委会不同意",    ASKED,     UNDER_WAY, by=DEPUTY_OFFICE, basis="LIV-11", label_en="Not agreed", records=forms.Decision, does=effects.refuse_change, tells=(RESPONSIBLE, ORGANISER), optional=True),
    # 验收和评价
    Step("finish",        "完工报验",      UNDER_WAY, FINISHED,  by=RESPONSIBLE, basis="LIV-12.end", label_en="Report it done", records=forms.Finish, barred_by=(bars.milestones_open,), does=effects.finish, tells=(DEPUTY_OFFICE, ORGANISER, SUPERVISOR)),
    Step("accept",        "验收通过",      FINISHED,  ACCEPTED,  by=DEPUTY_OFFICE, basis="LIV-12.accept", label_en="Accept", records=forms.Accept, other_than=("finish",), does=effects.accept, tells=(RESPONSIBLE, ORGANISER, SUPERVISOR)),
    Step("send_back",     "验收不通过，继续实施", FINISHED, UNDER_WAY, by=DEPUTY_OFFICE, basis="LIV-12.accept", label_en="Not accepted", records=forms.Reason, does=effects.send_back, tells=(RESPONSIBLE, ORGANISER), optional=True),
    Step("count",         "登记会议、现场的评价", ACCEPTED, None,      by=DEPUTY_OFFICE, basis="LIV-12.rate", label_en="Record a count of ratings", records=forms.Count, does=effects.count, optional=True),
    Step("close",         "办结",        ACCEPTED,  DONE,      by=DEPUTY_OFFICE, basis="LIV-12.rate", label_en="Close", barred_by=(bars.not_rated,), tells=(RESPONSIBLE, ORGANISER, SUPERVISOR)),
)

STARTING = ("begin", "settle", "adjust", "carry_over", "refuse_change", "send_back")
CLOCKS = (
    Clock("finish",   "完成时限",   "LIV-12.end",    starts=STARTING, stops=("finish", "ask_change", "stop"), whose=RESPONSIBLE, label_en="To be done by", until="deadline"),
    Clock("report",   "报送进展期限", "LIV-12.month",  starts=(*STARTING, "report"), stops=("report", "finish", "ask_change"), whose=RESPONSIBLE, label_en="Time to report progress"),
    Clock("middle",   "年中督查期限", "LIV-12.middle", starts=("begin", "settle", "carry_over"), stops=("middle_check", "finish", "stop", "carry_over"), whose=DEPUTY_OFFICE, label_en="Time for the mid-year check"),
    Clock("accept",   "验收期限",   "LIV-12.accept", starts=("finish",), stops=("accept", "send_back"), whose=DEPUTY_OFFICE, label_en="Time to accept"),
    Clock("rate",     "评价期限",   "LIV-12.rate",   starts=("accept",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time to rate"),
)
# fmt: on

PROCEDURE = Procedure(
    key="livelihood-project", label="民生实事项目", label_en="Livelihood projects", steps=STEPS, clocks=CLOCKS, record=LivelihoodProject,
    states=(CANDIDATE, LISTED, ON_BALLOT, VOTED, UNDER_WAY, ASKED, FINISHED, ACCEPTED, DONE, DROPPED, NOT_CHOSEN, STOPPED),
    body="procedures/livelihood_project.html", basis="LIV-01", seen_by=SEES,
    stages=(("screen", "初定"), ("deliberate", "审议"), ("vote", "票决"), ("carry_out", "实施"), ("accept", "验收评价")),
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
