"""Unified activity day 代表统一活动日 (A03): one a month by itself, guidance beforehand, each street's own day under it.

The day ends by its clock, which opens the next month's. It moves only by a decision that is recorded.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import LINKED, THE_CLOCK, THE_KIN, After, Clock, Procedure, State, Step
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS
from openrenda.procedures.reasons import Reason

from .. import sharing
from . import bars, effects, forms
from .records import RECORDS, ActivityDay

SEES = (DEPUTIES, sharing.STREETS, sharing.STATIONS, LEADERS, DEPUTY_OFFICE, AUDITORS)
ON = ("option.gatherings", True)

# fmt: off
SET     = State("set",     "待印发指导意见", "Awaiting guidance", "prepare")
GUIDED  = State("guided",  "已印发指导意见", "Guidance issued", "prepare")
OVER    = State("over",    "已结束",     "Over", "hold", final=True)
STOPPED = State("stopped", "不再开展",    "Stopped", "hold", final=True)

STEPS = (
    Step("begin",  "设立统一活动日", None,   SET,  by=DEPUTY_OFFICE, basis="A03.day", label_en="Begin monthly activity days", only_if=ON, records=forms.Begin, barred_by=(bars.begun_already,), does=effects.begin, tells=(sharing.STREETS,)),
    Step("follow", "开设当月活动日", None,   SET,  by=THE_KIN,       basis="A03.day", label_en="Open the month's day", records=forms.Follow, does=effects.begin, tells=(DEPUTY_OFFICE, sharing.STREETS)),
    Step("guide",  "印发指导意见",  SET,    GUIDED, by=DEPUTY_OFFICE, basis="A03.guidance", label_en="Issue the guidance", records=forms.Guide, does=effects.guide, tells=(sharing.STREETS, sharing.STATIONS)),
    Step("read",   "已阅指导意见",  GUIDED, None, by=sharing.STREETS, basis="A03.guidance", label_en="Guidance read", barred_by=(bars.read_already,), does=effects.read, optional=True),
    Step("choose_points", "选定小切口", GUIDED, None, by=sharing.STREETS, basis="A03.points", label_en="Choose entry points", records=forms.Points, barred_by=(bars.wrong_number,), does=effects.choose_points, tells=(DEPUTY_OFFICE,), optional=True),
    Step("move",   "调整活动日期",  (SET, GUIDED), None, by=DEPUTY_OFFICE, basis="A03.day", label_en="Move the day", records=forms.Move, does=effects.move, tells=(sharing.STREETS, sharing.STATIONS), optional=True),
    Step("street_held", "街道已开展", (GUIDED, OVER), None, by=THE_KIN, basis="A03.day", label_en="A street held its day", records=forms.StreetHeld, after=After(LINKED, ("hold", "record")), does=effects.street_held),
    Step("end",    "活动日结束",   (SET, GUIDED), OVER, by=THE_CLOCK, basis="A03.day", label_en="The day is over", does=effects.end, opens=effects.next_month, tells=(DEPUTY_OFFICE, sharing.STREETS)),
    Step("stop",   "不再开展",    (SET, GUIDED), STOPPED, by=DEPUTY_OFFICE, basis="A03.day", label_en="Stop activity days", records=Reason, tells=(sharing.STREETS,), optional=True, confirm="停止后不再自动开设下个月的活动日。"),
)

CLOCKS = (
    Clock("day", "活动日", "A03.day", starts=("begin", "follow", "move"), stops=("move", "end", "stop"), whose=DEPUTY_OFFICE, label_en="The day", until="held_on", right=True, then="end"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("held_on", _("日期"), "activity_day__held_on", "day"), Column("theme", _("主题"), "activity_day__theme"),
             Column("guided_on", _("印发指导意见日期"), "activity_day__guided_on", "day"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="activity-day", label="代表统一活动日", label_en="Unified activity days", steps=STEPS, clocks=CLOCKS, record=ActivityDay,
    states=(SET, GUIDED, OVER, STOPPED), body="activities/activity_day.html", seen_by=SEES, basis="A03.day",
    stages=(("prepare", "筹备"), ("hold", "开展")),
)  # fmt: skip

__all__ = ["LIST", "PROCEDURE", "RECORDS"]
