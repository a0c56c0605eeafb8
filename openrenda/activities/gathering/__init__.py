"""Gatherings of deputies 代表活动 (A02, A04, A11, A18, A21): planned, invited to, held, recorded once, counted once.

One table for every kind (``kinds.py``): what a kind requires, whom it needs and what it must yield is data, and the bars read it. One
entry fills the deputy's duty file, the list of its station and the figures. Deputies are linked with the people and inspect and
research between sessions (代表法第二十五条、第二十六条、第二十七条).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import LINKED, THE_KIN, After, Clock, Numbering, Office, Procedure, State, Step
from openrenda.procedures.listing import CLOSED, NUMBER, STATE, TITLE, Column, Filter, ListOf
from openrenda.procedures.offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GUEST_DEPUTIES,
    LEADERS,
    RECEIVING_SEATS,
    STREET_REVIEWER,
)
from openrenda.procedures.reasons import Reason

from .. import sharing
from ..kinds import CARRIERS, choices, offered
from ..record import Activity
from . import bars, effects, forms
from .attending import attended_by, levels
from .figures import FIGURES
from .records import RECORDS

ORGANISER = Office(
    "organiser", "组织者", "whoever organises it", seats=("deputy_office", "street_reviewer", "station_clerk", "deputy", "leader"),
    relation=("organiser",),
)  # fmt: skip
STATION = Office("station", "所在站点", "the station", seats=("station_clerk",), relation=("station", "street"))
ATTENDING = Office("attending", "参加的代表", "deputies who take part", seats=RECEIVING_SEATS, relation=("attending",))
BEGIN = (DEPUTY_OFFICE, sharing.STREETS, sharing.STATIONS, DEPUTIES, LEADERS)
SIGNING_UP = (DEPUTIES, GUEST_DEPUTIES)
KEEPS = (ORGANISER, DEPUTY_OFFICE)
SEES = (DEPUTIES, GUEST_DEPUTIES, ATTENDING, ORGANISER, STATION, STREET_REVIEWER, LEADERS, DEPUTY_OFFICE, AUDITORS)
ON = ("option.gatherings", True)

# fmt: off
PLANNED   = State("planned",   "已安排", "Planned", "arrange", untimed="在确定的日期举行")
HELD      = State("held",      "已举行", "Held", "record")
CLOSED_   = State("closed",    "已登记完毕", "Recorded", "record", final=True)
CANCELLED = State("cancelled", "已取消", "Cancelled", "arrange", final=True)
MERGED    = State("merged",    "已并入另一条记录", "Merged", "record", final=True)

STEPS = (
    Step("plan",    "安排代表活动",  None,    PLANNED, by=BEGIN, basis="A02.gathering", label_en="Plan a gathering", only_if=ON, records=forms.Plan, barred_by=bars.ARRANGED, does=effects.plan, tells=(ATTENDING, STATION), agent=True),
    Step("record",  "登记已经举行的活动", None, HELD,  by=BEGIN, basis="A02.gathering", label_en="Record a gathering that was held", only_if=ON, records=forms.Record, barred_by=(*bars.ARRANGED, *bars.ATTENDED, bars.not_yet, bars.invited_first), does=effects.record, opens=effects.street_held, tells=(ATTENDING, STATION), agent=True),
    Step("change",  "更改安排",     PLANNED, None,    by=KEEPS, basis="A02.gathering", label_en="Change it", records=forms.Plan, barred_by=bars.ARRANGED, does=effects.plan, tells=(ATTENDING, STATION), optional=True, agent=True),
    Step("sign_up", "报名参加",     PLANNED, None,    by=SIGNING_UP, basis="A02.gathering", label_en="Sign up", barred_by=(bars.signed_up,), does=effects.sign_up, optional=True, agent=True),
    Step("leave",   "请假",       PLANNED, None,    by=ATTENDING, basis="A02.gathering", label_en="Ask for leave", records=Reason, does=effects.leave, tells=(ORGANISER,), optional=True, agent=True),
    Step("invite",  "发出邀请",     PLANNED, None,    by=KEEPS, basis="A11.talk", label_en="Invite", records=forms.Invite, barred_by=(bars.not_at_a_hub,), does=effects.invite, numbers=Numbering(effects.letter_series, effects.letter_number), optional=True),
    Step("answer_invitation", "登记邀请回复", PLANNED, None, by=KEEPS, basis="A11.talk", label_en="Record a reply to an invitation", records=forms.Answer, barred_by=(bars.nobody_to_answer,), does=effects.answer, optional=True),
    Step("hold",    "登记到场情况",  PLANNED, HELD,    by=KEEPS, basis="A02.gathering", label_en="Record that it was held", records=forms.Attend, barred_by=(sharing.not_before_its_day, bars.campaign_not_issued, bars.not_invited, *bars.ATTENDED), does=effects.hold, opens=effects.street_held, tells=(ATTENDING, STATION)),
    Step("opinion", "登记意见或者问题", HELD,   None,    by=KEEPS, basis="A02.gathering", label_en="Record an opinion or problem", records=forms.Opinion, barred_by=(bars.outcome_not_allowed,), does=effects.opinion, opens=effects.opinion_task, optional=True),
    Step("report",  "登记调研报告",  (HELD, CLOSED_), None, by=KEEPS, basis="A21.research", label_en="Record a research report", records=forms.Report, barred_by=(bars.no_research,), opens=effects.report, optional=True),
    Step("merge",   "合并重复登记",  (HELD, CLOSED_), None, by=KEEPS, basis="A18.merge", label_en="Merge a second record of it", records=forms.Merge, barred_by=(bars.none_alike,), does=effects.merge, opens=effects.take_other, optional=True, confirm="另一条记录保留，注明并入本条，不再计数。"),
    Step("merged_into", "并入另一条记录", (HELD, CLOSED_), MERGED, by=THE_KIN, basis="A18.merge", label_en="Merged into another record", records=forms.MergedInto, after=After(LINKED, ("merge",)), does=effects.merged_into, tells=(ORGANISER,)),
    Step("close",   "登记完毕",     HELD,    CLOSED_, by=KEEPS, basis="A02.record", label_en="Conclude", barred_by=(bars.nothing_yielded,), tells=(ATTENDING,)),
    Step("cancel",  "取消活动",     PLANNED, CANCELLED, by=KEEPS, basis="A02.gathering", label_en="Cancel", records=Reason, tells=(ATTENDING, STATION), optional=True, agent=True, confirm="取消后告知报名的代表。"),
)

CLOCKS = (
    Clock("record", "登记整理期限", "A02.record", starts=("record", "hold"), stops=("close", "merged_into"), whose=ORGANISER, label_en="Time for the record"),
)
# fmt: on

LIST = ListOf(
    columns=(
        NUMBER, TITLE, Column("kind", _("种类"), "activity__kind", "choice", choices=lambda _book: choices()),
        Column("held_on", _("日期"), "activity__held_on", "day"), Column("place", _("地点"), "activity__place"),
        Column("station", _("站点"), "activity__station__name"), Column("street", _("街道"), "activity__street__name", hidden=True),
        Column("committee", _("组织的专工委"), "activity__committee__name", hidden=True),
        Column("carried_by", _("开展者"), "activity__carried_by", "choice", choices=lambda _book: offered(CARRIERS), hidden=True),
        STATE, CLOSED,
    ),
    filters=(
        Filter("kind", _("种类"), "activity__kind", "choice", choices=lambda _book: choices()),
        Filter("level", _("参加代表的层级"), "", "choice", choices=levels, asks=attended_by),
    ),
)  # fmt: skip
PROCEDURE = Procedure(
    key="gathering", label="代表活动", label_en="Gatherings of deputies", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(PLANNED, HELD, CLOSED_, CANCELLED, MERGED), body="activities/gathering.html", seen_by=SEES, basis="A02.gathering",
    stages=(("arrange", "安排"), ("record", "登记")),
)  # fmt: skip

__all__ = ["FIGURES", "LIST", "PROCEDURE", "RECORDS"]
