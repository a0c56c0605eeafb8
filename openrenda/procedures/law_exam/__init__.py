"""Law examination before appointment 任前法律知识考试 (APP-03): a paper drawn by chance for each person, sealed answers, marked by the machine.

The candidate needs no account: she sits it by a link of her own and the number handed to her with it. What she answered is sealed; only
the auditor may open it. The result holds for the term; who fails the resit too may not be put forward.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import THE_CLOCK, THE_KIN, THE_PUBLIC, Clock, Office, Procedure, Sealed, State, Step

from ..appointing import PERSONNEL_OFFICE
from ..listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from ..offices import AUDITORS
from ..residents import RESIDENT
from . import effects, forms
from .records import RECORDS, LawExam

# She comes by a link as residents do, and stands in the same relation to what is hers.
CANDIDATE = Office("candidate", "应试人", "the candidate", seats=THE_PUBLIC.seats, relation=RESIDENT.relation)
SEES = (CANDIDATE, PERSONNEL_OFFICE, AUDITORS)

# fmt: off
ARRANGED  = State("arranged",  "待考试", "To be sat",  "sit")
SITTING   = State("sitting",   "考试中", "Being sat",  "sit")
MARKED    = State("marked",    "已判卷", "Marked",     "mark", final=True)
CANCELLED = State("cancelled", "已取消", "Cancelled",  "sit",  final=True)

STEPS = (
    Step("arrange", "安排考试", None,     ARRANGED,  by=THE_KIN,          basis="APP-03", label_en="Call to the examination", records=forms.Arrange, does=effects.arrange, tells=(PERSONNEL_OFFICE,)),
    Step("begin",   "开始考试", ARRANGED, SITTING,   by=CANDIDATE,        basis="APP-03", label_en="Begin", records=forms.Begin, barred_by=(effects.bank_too_small,), does=effects.begin),
    Step("hand_in", "交卷",   SITTING,  MARKED,    by=CANDIDATE,        basis="APP-03", label_en="Hand in", records=forms.HandIn, barred_by=(effects.time_is_up,), does=effects.hand_in, tells=(PERSONNEL_OFFICE,)),
    Step("expire",  "没有交卷", SITTING,  MARKED,    by=THE_CLOCK,        basis="APP-03", label_en="Not handed in", does=effects.expire, tells=(PERSONNEL_OFFICE,)),
    Step("resit",   "补考",   MARKED,   ARRANGED,  by=PERSONNEL_OFFICE, basis="APP-03.resit", label_en="Resit", records=forms.Resit, barred_by=(effects.no_resit,), does=effects.resit, optional=True),
    Step("cancel",  "取消考试", ARRANGED, CANCELLED, by=PERSONNEL_OFFICE, basis="APP-03", label_en="Cancel", records=forms.Reason, optional=True),
)

CLOCKS = (
    Clock("sit",   "应试期限", "APP-03.sit",   starts=("arrange",), stops=("begin", "cancel"), whose=PERSONNEL_OFFICE, label_en="Time to sit it", until="sit_by"),
    Clock("resit", "补考期限", "APP-03.resit", starts=("resit",),   stops=("begin", "cancel"), whose=PERSONNEL_OFFICE, label_en="Time to resit", until="sit_by"),
    Clock("paper", "交卷期限", "APP-03.paper", starts=("begin",),   stops=("hand_in", "expire"), whose=PERSONNEL_OFFICE, label_en="Time to hand in", then="expire"),
)
# fmt: on

LIST = ListOf(
    columns=(TITLE, Column("attempt", _("第几次考试"), "law_exam__attempt", "count"), Column("score", _("成绩"), "law_exam__score", "count"),
             STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="law-exam", label="任前法律知识考试", label_en="Law examinations", steps=STEPS, clocks=CLOCKS, record=LawExam,
    states=(ARRANGED, SITTING, MARKED, CANCELLED), body="procedures/law_exam.html", stages=(("sit", "考试"), ("mark", "判卷")),
    sealed=(Sealed("answers", "答卷", ("answers",), opened_by=(AUDITORS,)),), seen_by=SEES, basis="APP-03",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
