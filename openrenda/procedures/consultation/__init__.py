"""Consultations 公开征求意见 and calls for topics of supervision 监督议题征集 (C02, C03): announced, open for a time, answered one by one, told to all.

How a local congress asks the public is its own practice and stands in the rulebook as such; what people say on it is a matter of its own
(``consultation_opinion``), so that each ends by itself. A call closes for good only when no opinion on it is left open.
"""

from __future__ import annotations

from openrenda.docket.language import THE_CLOCK, THE_PUBLIC, Clock, Procedure, State, Step

from ..offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    HANDLER,
    LEADERS,
    STATION_CLERKS,
    STREET_REVIEWERS,
)
from ..reasons import Reason
from . import bars, effects, forms
from .records import RECORDS, PublicConsultation

SEES = (DEPUTY_OFFICE, DEPUTIES, STREET_REVIEWERS, STATION_CLERKS, GOVERNMENT_OFFICE, HANDLER, LEADERS, AUDITORS)

# fmt: off
ANNOUNCED = State("announced", "征求意见中",   "Open for opinions", "collect")
SORTING   = State("sorting",   "整理采纳中",   "Opinions being weighed", "weigh")
CLOSED    = State("closed",    "已反馈、结束",  "Answered and closed", "tell", final=True)
CANCELLED = State("cancelled", "已撤销",     "Called off", "collect", final=True)

STEPS = (
    Step("announce", "公告征求意见",  None,      ANNOUNCED, by=DEPUTY_OFFICE, basis="C02.announce", label_en="Announce a consultation", records=forms.Announce, does=effects.announce),
    Step("call",     "公告征集监督议题", None,     ANNOUNCED, by=DEPUTY_OFFICE, basis="C03.call", label_en="Call for topics of supervision", records=forms.Announce, does=effects.call),
    Step("change",   "更改公告、延期", (ANNOUNCED, SORTING), ANNOUNCED, by=DEPUTY_OFFICE, basis="C02.announce", label_en="Change it, or keep it open longer", records=forms.Change, does=effects.change, optional=True),
    Step("end",      "征求期满",    ANNOUNCED, SORTING,   by=THE_CLOCK,     basis="C02.announce", label_en="The time is over", tells=(DEPUTY_OFFICE,)),
    Step("close",    "公布采纳情况，结束", SORTING, CLOSED, by=DEPUTY_OFFICE, basis="C02.feedback", label_en="Publish what came of it, and close", records=forms.Close, barred_by=(bars.some_are_open,), does=effects.close, confirm="结束后不再接收意见；数字和总的说明在门户公开。"),
    Step("cancel",   "撤销",      (ANNOUNCED, SORTING), CANCELLED, by=DEPUTY_OFFICE, basis="C02.announce", label_en="Call it off", records=Reason, barred_by=(bars.some_are_open,), does=effects.cancel, optional=True, confirm="撤销后门户页面注明已撤销和理由。"),
)

CLOCKS = (
    Clock("collect",  "征求意见期限", "C02.announce", starts=("announce", "call", "change"), stops=("change", "end", "cancel"), whose=THE_PUBLIC, label_en="Open until", until="closes_on", right=True, then="end"),
    Clock("feedback", "采纳反馈期限", "C02.feedback", starts=("end",), stops=("close", "cancel", "change"), whose=DEPUTY_OFFICE, label_en="Time to answer every opinion"),
)
# fmt: on

PROCEDURE = Procedure(
    key="consultation", label="公开征求意见", label_en="Consultations", steps=STEPS, clocks=CLOCKS, record=PublicConsultation,
    states=(ANNOUNCED, SORTING, CLOSED, CANCELLED), body="procedures/consultation.html", basis="C02.announce", seen_by=SEES,
    stages=(("collect", "征求"), ("weigh", "整理采纳"), ("tell", "反馈")),
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
