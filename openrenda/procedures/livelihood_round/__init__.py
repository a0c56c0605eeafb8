"""Rounds of livelihood projects 民生实事项目征集票决 (F01, F02, F03): called, collected, screened, deliberated, voted on, and the list published.

No national law names the system (LIV-01). The government calls, screens and carries out; the standing committee deliberates; the deputies vote; the
congress publishes and supervises. Every proposal and every project is a matter of its own that follows its round.
"""

from __future__ import annotations

from openrenda.docket.language import (
    LINKED,
    THE_CLOCK,
    THE_KIN,
    THE_PUBLIC,
    After,
    Clock,
    Office,
    Procedure,
    State,
    Step,
)

from ..livelihood import ORGANISER
from ..offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    LEADERS,
    ORGAN_SEATS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)
from . import bars, effects, forms
from .records import RECORDS, LivelihoodRound

ORGANS = Office("organs", "单位", "organs", seats=ORGAN_SEATS)
SEES = (
    ORGANISER,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    DEPUTIES,
    STREET_REVIEWERS,
    STATION_CLERKS,
    ORGANS,
    LEADERS,
    AUDITORS,
)

# fmt: off
COLLECTING   = State("collecting",   "征集中",      "Being collected", "collect")
SCREENING    = State("screening",    "筛选论证中",    "Being screened", "screen", untimed="随常委会会议和大会的日程安排")
DELIBERATING = State("deliberating", "待常委会审议",   "Before the standing committee", "deliberate", untimed="以常委会会议日期为准")
READY        = State("ready",        "待大会票决",    "To be voted on", "vote", untimed="以大会会议日期为准")
DECIDED      = State("decided",      "已确定并公布",   "Decided and published", "vote", final=True)
CANCELLED    = State("cancelled",    "已撤销",      "Called off", "collect", final=True)

STEPS = (
    Step("call",        "公告征集民生实事项目", None, COLLECTING, by=(GOVERNMENT_OFFICE, STREET_REVIEWERS), basis="LIV-04", label_en="Call for projects", records=forms.Call, does=effects.call, tells=(DEPUTY_OFFICE,)),
    Step("change",      "更改公告、延期",    (COLLECTING, SCREENING), COLLECTING, by=ORGANISER, basis="LIV-04", label_en="Change it, or collect longer", records=forms.Change, does=effects.change, optional=True),
    Step("end",         "征集期满",       COLLECTING, SCREENING, by=THE_CLOCK, basis="LIV-04", label_en="The time is over", tells=(ORGANISER,)),
    Step("submit_list", "提请审议候选项目清单", SCREENING, DELIBERATING, by=ORGANISER, basis="LIV-05", label_en="Submit the list of candidates", records=forms.SubmitList, barred_by=(bars.not_voted_here, bars.proposals_wait), does=effects.submit, opens=effects.listed, tells=(DEPUTY_OFFICE,)),
    Step("send_back",   "退回调整候选项目",   DELIBERATING, SCREENING, by=DEPUTY_OFFICE, basis="LIV-05", label_en="Send the list back", records=forms.Reason, opens=effects.unlisted, tells=(ORGANISER,), optional=True),
    Step("deliberate",  "登记常委会审议结果",  DELIBERATING, READY, by=DEPUTY_OFFICE, basis="LIV-05", label_en="Record the deliberation", records=forms.Deliberate, does=effects.deliberate, opens=effects.put_on_ballot, tells=(ORGANISER, DEPUTIES)),
    Step("voted",       "大会票决",       READY, None, by=THE_KIN, basis="LIV-11", label_en="Voted on by the congress", records=forms.Voted, after=After(LINKED, ("announce",)), does=effects.voted, tells=(ORGANISER, DEPUTY_OFFICE)),
    Step("publish",     "公布项目清单，交政府实施", READY, DECIDED, by=DEPUTY_OFFICE, basis="LIV-11.publish", label_en="Publish the list and hand it over", records=forms.Publish, barred_by=(bars.no_result,), does=effects.publish, opens=effects.handed_over, tells=(ORGANISER, DEPUTIES), confirm="项目清单在门户公开，入选的交政府实施，没有入选的结束。"),
    Step("settle",      "确定一批项目",     (COLLECTING, SCREENING), None, by=ORGANISER, basis="LIV-03", label_en="Settle some projects", records=forms.Settle, barred_by=(bars.voted_here,), opens=effects.settled, tells=(DEPUTY_OFFICE,), optional=True),
    Step("conclude",    "本轮结束",       SCREENING, DECIDED, by=ORGANISER, basis="LIV-03", label_en="End the round", records=forms.Publish, barred_by=(bars.voted_here, bars.proposals_wait, bars.projects_wait), does=effects.publish, tells=(DEPUTY_OFFICE,), optional=True),
    Step("cancel",      "撤销",         (COLLECTING, SCREENING), CANCELLED, by=ORGANISER, basis="LIV-04", label_en="Call it off", records=forms.Reason, barred_by=(bars.proposals_wait, bars.projects_under_way), does=effects.cancel, tells=(DEPUTY_OFFICE,), optional=True, confirm="撤销后门户页面注明已撤销和理由。"),
)

CLOCKS = (
    Clock("collect", "征集期限",   "LIV-04",         starts=("call", "change"), stops=("change", "end", "cancel"), whose=THE_PUBLIC, label_en="Collected until", until="closes_on", right=True, then="end"),
    Clock("publish", "公布清单期限", "LIV-11.publish", starts=("voted",), stops=("publish",), whose=DEPUTY_OFFICE, label_en="Time to publish the list"),
)
# fmt: on

PROCEDURE = Procedure(
    key="livelihood-round", label="民生实事项目征集票决", label_en="Rounds of livelihood projects", steps=STEPS, clocks=CLOCKS,
    record=LivelihoodRound, states=(COLLECTING, SCREENING, DELIBERATING, READY, DECIDED, CANCELLED), body="procedures/livelihood_round.html",
    basis="LIV-01", seen_by=SEES, stages=(("collect", "征集"), ("screen", "初定"), ("deliberate", "审议"), ("vote", "票决")),
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
