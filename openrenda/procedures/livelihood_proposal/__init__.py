"""Proposals for livelihood projects 民生实事建议项目 (F02): from residents, from what they said elsewhere, from deputies and organs.

Each has a source and a place; similar ones are merged and nobody who proposed one is forgotten; what is not taken up has a reason that its
proposer reads. The words are in the record, not in the ledger (decision 0010).
"""

from __future__ import annotations

from openrenda.docket.language import LINKED, THE_CLOCK, THE_KIN, THE_PUBLIC, After, Office, Procedure, State, Step

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
from ..residents import RESIDENT, forget, no_contact, title_of
from . import effects, forms
from .records import RECORDS, LivelihoodProposal

ORGANS = Office("organs", "单位", "organs", seats=ORGAN_SEATS)
GIVER = Office(
    "giver", "提出或者登记的人所在席位", "whoever proposed or entered it",
    seats=("deputy", "station_clerk", "street_reviewer", "deputy_office", "government_office", *ORGAN_SEATS), relation=("giver",),
)  # fmt: skip
SEES = (RESIDENT, GIVER, ORGANISER, DEPUTY_OFFICE, LEADERS, AUDITORS)
ENTERING = (STATION_CLERKS, STREET_REVIEWERS, DEPUTY_OFFICE, GOVERNMENT_OFFICE)

# fmt: off
SCREENED     = State("screened",     "待人工查看",   "To be looked at", "collect", untimed="随征集的筛选安排")
RECEIVED     = State("received",     "已收到",     "Received", "collect", untimed="随征集的筛选安排")
MERGED       = State("merged",       "已合并",     "Merged", "screen", final=True)
ADOPTED      = State("adopted",      "已列入候选项目", "Part of a candidate", "screen", final=True)
SCREENED_OUT = State("screened_out", "未列入，已说明理由", "Not taken up, with the reason", "screen", final=True)
WITHDRAWN    = State("withdrawn",    "已撤回",     "Withdrawn", final=True)
OPEN         = (SCREENED, RECEIVED)
EVERY        = (*OPEN, MERGED, ADOPTED, SCREENED_OUT, WITHDRAWN)

STEPS = (
    Step("propose",        "提出建议项目",    None, RECEIVED, by=THE_PUBLIC, basis="LIV-04", label_en="Propose a project", records=forms.Given, does=effects.give),
    Step("propose_slowly", "提出建议项目（待查看）", None, SCREENED, by=THE_PUBLIC, basis="LIV-04", label_en="Propose a project, to be looked at", records=forms.Given, does=effects.give),
    Step("enter",          "登记群众建议项目",  None, RECEIVED, by=ENTERING, basis="LIV-04", label_en="Enter a resident's proposal", records=forms.Entered, does=effects.enter),
    Step("suggest",        "报送建议项目",    None, RECEIVED, by=(DEPUTIES, ORGANS, STREET_REVIEWERS), basis="LIV-04", label_en="Send in a proposal", records=forms.ForRound, does=effects.suggest),
    Step("from_opinion",   "由群众意见转来",   None, RECEIVED, by=THE_KIN, basis="LIV-04", label_en="Taken over from an opinion", records=forms.FromOpinion, does=effects.take_over, tells=(ORGANISER,)),
    Step("let_through",    "查看通过",      SCREENED, RECEIVED, by=ORGANISER, basis="LIV-06", label_en="Let it through"),
    Step("merge",          "合并同类建议",    RECEIVED, MERGED, by=ORGANISER, basis="LIV-06", label_en="Merge", records=forms.Merge, does=effects.merge, opens=effects.tell_the_other, tells=(RESIDENT, GIVER), optional=True, confirm="两件的提出人都保留，以后的结果两位都能看到。"),
    Step("take_in",        "并入一件建议",    RECEIVED, None, by=THE_KIN, basis="LIV-06", label_en="Another is merged into it", after=After(LINKED, ("merge",)), tells=(RESIDENT, GIVER)),
    Step("adopt",          "列入候选项目",    RECEIVED, ADOPTED, by=ORGANISER, basis="LIV-06", label_en="Make it a candidate", records=forms.Adopt, does=effects.adopt, opens=effects.as_candidate, tells=(RESIDENT, GIVER)),
    Step("screen_out",     "不列入候选项目",   OPEN, SCREENED_OUT, by=ORGANISER, basis="LIV-06", label_en="Do not take it up", records=forms.ScreenOut, does=effects.screen_out, tells=(RESIDENT, GIVER), batch=True, optional=True),
    Step("withdraw",       "撤回",        OPEN, WITHDRAWN, by=RESIDENT, basis="LIV-04", label_en="Withdraw", optional=True, confirm="撤回后不再答复，也不计入件数。"),
    # 姓名和电话
    Step("open_contact",   "查看姓名电话",    EVERY, None, by=ORGANISER, basis="A15.contact", label_en="Open name and telephone", records=forms.Reason, barred_by=(no_contact,), optional=True),
    Step("erase_contact",  "删除姓名电话",    EVERY, None, by=RESIDENT, basis="A15.contact", label_en="Erase name and telephone", barred_by=(no_contact,), does=forget, optional=True),
    Step("forget_contact", "删除姓名电话（保存期满、本人要求）", (MERGED, ADOPTED, SCREENED_OUT, WITHDRAWN), None, by=(THE_CLOCK, DEPUTY_OFFICE), basis="A15.contact", label_en="Forget the contact", barred_by=(no_contact,), does=forget, optional=True, confirm="姓名和电话删除后不能恢复。"),
)
# fmt: on

PROCEDURE = Procedure(
    key="livelihood-proposal", label="民生实事建议项目", label_en="Proposals for livelihood projects", steps=STEPS,
    record=LivelihoodProposal, states=EVERY, body="procedures/livelihood_proposal.html", basis="LIV-04", seen_by=SEES, title=title_of,
    stages=(("collect", "征集"), ("screen", "筛选")),
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
