"""What people say on a consultation 征求意见的反馈意见 (C02, C03): given on the portal without an account, entered by whoever heard it, or sent from a
seat; kept when it is late, and answered one by one or several alike at once.

The words are in the record, not in the ledger: they are nobody's business before they are published (decision 0010).
"""

from __future__ import annotations

from openrenda.docket.language import THE_CLOCK, THE_PUBLIC, Office, Procedure, State, Step

from ..offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    HANDLER,
    LEADERS,
    ORGAN_SEATS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)
from ..reasons import Reason
from ..residents import RESIDENT, forget, no_contact, title_of
from . import bars, effects, forms
from .records import RECORDS, ConsultationOpinion

ORGANS = Office("organs", "单位", "organs", seats=ORGAN_SEATS)
GIVER = Office(
    "giver", "提出或者登记的人所在席位", "whoever gave or entered it",
    seats=("deputy", "station_clerk", "street_reviewer", *ORGAN_SEATS), relation=("giver",),
)  # fmt: skip
SEES = (RESIDENT, GIVER, HANDLER, DEPUTY_OFFICE, LEADERS, AUDITORS)
ENTERING = (DEPUTY_OFFICE, STREET_REVIEWERS, STATION_CLERKS)

# fmt: off
SCREENED  = State("screened",  "待人工查看", "To be looked at", "receive", untimed="随征求意见的反馈期限")
RECEIVED  = State("received",  "已收到",   "Received", "receive", untimed="随征求意见的反馈期限")
ANSWERED  = State("answered",  "已答复",   "Answered", "tell", final=True)
WITHDRAWN = State("withdrawn", "已撤回",   "Withdrawn", final=True)
EVERY     = (SCREENED, RECEIVED, ANSWERED, WITHDRAWN)

STEPS = (
    Step("give",        "提出意见",     None, RECEIVED, by=THE_PUBLIC, basis="C02.say", label_en="Give an opinion", records=forms.Given, does=effects.give),
    Step("give_slowly", "提出意见（待查看）", None, SCREENED, by=THE_PUBLIC, basis="C02.say", label_en="Give an opinion, to be looked at", records=forms.Given, does=effects.give),
    Step("enter",       "登记征求到的意见", None, RECEIVED, by=ENTERING,  basis="C02.say", label_en="Enter an opinion on a consultation", records=forms.Entered, does=effects.enter),
    Step("send",        "对征求意见提出意见", None, RECEIVED, by=(DEPUTIES, ORGANS), basis="C02.say", label_en="Answer a consultation", records=forms.Sent, does=effects.send),
    Step("let_through", "查看通过",     SCREENED, RECEIVED, by=DEPUTY_OFFICE, basis="C02.say", label_en="Let it through"),
    Step("sort",        "归类",       (RECEIVED, ANSWERED), None, by=DEPUTY_OFFICE, basis="C03.group", label_en="Put under a theme", records=forms.Theme, does=effects.sort, optional=True, batch=True),
    Step("decide",      "答复是否采纳",   (SCREENED, RECEIVED), ANSWERED, by=DEPUTY_OFFICE, basis="C02.feedback", label_en="Say whether it is adopted", records=forms.Decide, does=effects.decide, tells=(RESIDENT, GIVER, HANDLER), batch=True),
    Step("amend",       "更正答复",     ANSWERED, None, by=DEPUTY_OFFICE, basis="C02.feedback", label_en="Correct the answer", records=forms.Amend, does=effects.decide, tells=(RESIDENT, GIVER, HANDLER), optional=True),
    Step("withdraw",    "撤回",       (SCREENED, RECEIVED), WITHDRAWN, by=(RESIDENT, GIVER), basis="C02.say", label_en="Withdraw", barred_by=(bars.not_her_own,), optional=True, confirm="撤回后不再答复，也不计入件数。"),
    # 姓名和电话
    Step("open_contact", "查看姓名电话",  EVERY, None, by=DEPUTY_OFFICE, basis="A15.contact", label_en="Open name and telephone", records=Reason, barred_by=(no_contact,), optional=True),
    Step("erase_contact", "删除姓名电话", EVERY, None, by=RESIDENT, basis="A15.contact", label_en="Erase name and telephone", barred_by=(no_contact,), does=forget, optional=True),
    Step("forget_contact", "删除姓名电话（保存期满、本人要求）", (ANSWERED, WITHDRAWN), None, by=(THE_CLOCK, DEPUTY_OFFICE), basis="A15.contact", label_en="Forget the contact", barred_by=(no_contact,), does=forget, optional=True, confirm="姓名和电话删除后不能恢复。"),
)
# fmt: on

PROCEDURE = Procedure(
    key="consultation-opinion", label="征求到的意见", label_en="Opinions on consultations", steps=STEPS, record=ConsultationOpinion,
    states=EVERY, body="procedures/consultation_opinion.html", basis="C02.say", stages=(("receive", "收到"), ("tell", "答复")),
    seen_by=SEES, title=title_of,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
