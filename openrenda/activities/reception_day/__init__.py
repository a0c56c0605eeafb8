"""Director reception day 主任接待日 (C01) with supervision on site 现场督办 (B07).

A leading member receives deputies; each opinion is answered on the spot or handed to a department. Suggestions chosen for the
month and promises past their day are looked at face to face, and each leaves as solved, committed with a day, or explained. What is
committed about a suggestion enters the ledger of promises.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.procedures.listing import CLOSED, STATE, TITLE, Column, ListOf
from openrenda.procedures.offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, LEADERS, LEADING
from openrenda.procedures.reasons import Reason
from openrenda.procedures.telling_back import topic_ended

from .. import sharing
from ..figures import RECEPTION_FIGURES
from ..record import Activity
from . import bars, effects, forms
from .forms import ANSWERED, HANDED, LOOKED_AT, ON_SITE

BOOKING = Office("booked", "预约的代表", "deputies who booked", seats=("deputy",), relation=("booked",))
SPEAKER = Office("speaker", "提出意见的代表", "deputies who spoke", seats=("deputy",), relation=("speaker",))
SEES = (DEPUTIES, BOOKING, SPEAKER, LEADING, LEADERS, DEPUTY_OFFICE, AUDITORS)

# fmt: off
ARRANGED  = State("arranged",  "已安排",  "Arranged", "arrange", untimed="在确定的日期举行")
HELD      = State("held",      "已接待",  "Held", "supervise")
CLOSED_   = State("closed",    "已结束",  "Concluded", "supervise", final=True)
CANCELLED = State("cancelled", "已取消",  "Cancelled", "arrange", final=True)

STEPS = (
    Step("arrange", "安排主任接待日", None,   ARRANGED, by=DEPUTY_OFFICE, basis="C01.day", label_en="Arrange a reception day", only_if=("option.reception_days", True), records=forms.Arrange, barred_by=(bars.another_leader,), does=sharing.arrange, tells=(LEADING,)),
    Step("change",  "更改安排",    ARRANGED, None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Change it", records=forms.Arrange, barred_by=(bars.another_leader,), does=sharing.arrange, tells=(LEADING, BOOKING), optional=True),
    Step("book",    "预约",      ARRANGED, None,   by=DEPUTIES,      basis="C01.day", label_en="Book a place", records=forms.Book, barred_by=(bars.booked_out, bars.booked_already), does=effects.book, tells=(DEPUTY_OFFICE,), optional=True, agent=True),
    Step("unbook",  "取消预约",    ARRANGED, None,   by=BOOKING,       basis="C01.day", label_en="Give the place back", does=effects.unbook, optional=True, agent=True),
    Step("pick",    "选定现场督办事项", ARRANGED, None, by=DEPUTY_OFFICE, basis="B07.site", label_en="Choose for the site", records=forms.Pick, barred_by=(bars.chosen_this_year,), does=effects.pick, tells=(LEADING,), optional=True),
    Step("hold",    "登记接待情况",  ARRANGED, HELD,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Record that it was held", records=sharing.Attendance, barred_by=(sharing.not_before_its_day, bars.no_leader), does=effects.hold, tells=(LEADING,)),
    Step("answer",  "登记当场答复的意见", HELD, None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Opinion answered on the spot", records=forms.OnTheSpot, does=effects.answer, tells=(SPEAKER,), optional=True),
    Step("hand_on", "登记交办的意见", HELD,     None,   by=DEPUTY_OFFICE, basis="C01.day", label_en="Opinion handed to a department", records=forms.HandOn, does=effects.hand_on, opens=effects.opinion_task, tells=(SPEAKER,), optional=True),
    Step("settle",  "登记现场督办结果", HELD,   None,   by=DEPUTY_OFFICE, basis="B07.site", label_en="Outcome on site", records=forms.OnSite, barred_by=(bars.nothing_on_site,), does=effects.settle, opens=effects.promise, optional=True),
    Step("raise_suggestion", "转为建议", (HELD, CLOSED_), None, by=SPEAKER, basis="REP-02", label_en="Raise as a suggestion", records=forms.Raise, barred_by=(bars.raised_already,), opens=effects.as_suggestion, optional=True, agent=True),
    Step("close",   "登记完毕",    HELD,     CLOSED_, by=DEPUTY_OFFICE, basis="C01.record", label_en="Conclude", barred_by=(sharing.undecided_items,), opens=topic_ended, tells=(LEADING, SPEAKER)),
    Step("cancel",  "取消接待日",   ARRANGED, CANCELLED, by=DEPUTY_OFFICE, basis="C01.day", label_en="Cancel", records=Reason, opens=topic_ended, tells=(LEADING, BOOKING), optional=True, confirm="取消后告知预约的代表，年度安排中会标明取消。"),
)

CLOCKS = (
    Clock("record", "登记整理期限", "C01.record", starts=("hold",), stops=("close",), whose=DEPUTY_OFFICE, label_en="Time for the record"),
)
# fmt: on

FIGURES = RECEPTION_FIGURES
LIST = ListOf(
    columns=(TITLE, Column("held_on", _("接待日期"), "activity__held_on", "day"), Column("place", _("地点"), "activity__place"),
             Column("leader", _("接待领导"), "activity__leader_name"), STATE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="reception-day", label="主任接待日", label_en="Director reception days", steps=STEPS, clocks=CLOCKS, record=Activity,
    states=(ARRANGED, HELD, CLOSED_, CANCELLED), body="activities/reception_day.html", seen_by=SEES, basis="C01.day",
    stages=(("arrange", "安排"), ("supervise", "督办")),
)  # fmt: skip

__all__ = ["ANSWERED", "HANDED", "LOOKED_AT", "ON_SITE", "PROCEDURE"]
