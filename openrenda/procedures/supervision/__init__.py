"""Supervised handling of a suggestion 督办: led by a leading member, or as a key suggestion 重点督办建议 (代表法第五十二条第二款; SUG-16).

A key suggestion comes from a dated decision of the council of chairpersons; a led one from the suggestion itself. Both may be joint
with the government, and be entered at district or street. None of it holds the suggestion up.
"""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.language import THE_KIN, Clock, Office, Procedure, State, Step
from openrenda.docket.situation import Situation

from ..offices import (
    AUDITORS,
    COMMITTEE,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    HANDLER,
    LEADERS,
    LEADING,
    SPONSOR,
    STREET_REVIEWER,
)
from ..reasons import Reason
from ..telling_back import topic_ended
from . import effects, forms
from .records import KEY, LED, RECORDS, STREET, Supervision

TOOK_PART = Office("took_part", "参加督办的代表", "deputies who took part", seats=("deputy",), relation=("took_part",))
SEES = (LEADING, COMMITTEE, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, SPONSOR, TOOK_PART, STREET_REVIEWER, LEADERS, AUDITORS,
        DEPUTIES)  # fmt: skip
TRUSTED = tuple(office for office in SEES if office not in (DEPUTIES, LEADERS))
SUPERVISORS = (LEADING, COMMITTEE, DEPUTY_OFFICE, STREET_REVIEWER)


def supervised_already(situation: Situation) -> str | None:
    """One led supervision a level; a key one once a year."""
    data, step = situation.data, situation.step
    if not data or step is None:
        return None
    same = Supervision.objects.filter(subject=data["subject"])
    if step.key == "lead":
        found = same.filter(form=LED, level=data["level"], matter__closed_on=None).exists()
        return gettext("这件建议在这一层级已经有人领衔督办，请在督办事项中更换领衔人。") if found else None
    listed = same.filter(form=KEY, year=data.get("year") or situation.today.year).exclude(matter__state="dropped")
    return gettext("这件建议已经列入本年度重点督办。") if listed.exists() else None


def only_key(situation: Situation) -> str | None:
    """Similar suggestions are attached to key ones (B08)."""
    return None if situation.record.form == KEY else gettext("同类建议只并入重点督办建议。")


def nothing_undecided(situation: Situation) -> str | None:
    """There is something to decide."""
    return None if forms.undecided(situation) else gettext("没有等待单独作出结论的同类建议。")


def attached_undecided(situation: Situation) -> str | None:
    """Attached suggestions get a decision of their own before the key one closes (B08)."""
    waiting = forms.undecided(situation)
    if waiting:
        return gettext("同类建议%(name)s等%(count)d件还没有单独作出结论，不能随重点督办自动了结。") % {
            "name": waiting[0].title,
            "count": len(waiting),
        }
    return None


def of_the_street(situation: Situation) -> str | None:
    """The street keeps its own supervision, the district its own (B09)."""
    at_street = situation.actor.seat == "street_reviewer"
    if at_street != (situation.record.level == STREET):
        return gettext("区级督办由人大常委会登记，街道督办由街道人大工委登记。")
    return None


# fmt: off
PLANNING  = State("planning",  "待定督办方案", "Plan to be made", "supervise")
UNDER_WAY = State("under_way", "督办中",    "Under supervision", "supervise")
CLOSED    = State("closed",    "督办结束",   "Supervision closed", "supervise", final=True)
DROPPED   = State("dropped",   "撤销督办",   "Dropped", final=True)

STEPS = (
    Step("lead",      "领衔督办",  None,      UNDER_WAY, by=THE_KIN,       basis="SUG-16.lead", label_en="Led", records=forms.Begin, barred_by=(supervised_already,), does=effects.begin(LED), tells=(LEADING, COMMITTEE, HANDLER, SPONSOR)),
    Step("fix_key",   "列入重点督办", None,    PLANNING,  by=THE_KIN,       basis="REP-08", label_en="Fixed as a key suggestion", records=forms.Begin, barred_by=(supervised_already,), does=effects.begin(KEY), tells=(LEADERS, DEPUTY_OFFICE, HANDLER, SPONSOR)),
    Step("plan",      "制定督办方案", PLANNING, UNDER_WAY, by=DEPUTY_OFFICE, basis="SUG-16.plan", label_en="Make the plan", records=forms.Plan, does=effects.plan, tells=(LEADING, COMMITTEE, HANDLER, SPONSOR)),
    Step("follow",    "登记督办情况", UNDER_WAY, None,     by=SUPERVISORS,   basis="SUG-16.lead", label_en="Record a follow-up", records=forms.Follow, does=effects.follow, tells=(LEADING, HANDLER, SPONSOR), optional=True),
    Step("correct",   "更换领衔人、对口专工委", (PLANNING, UNDER_WAY), None, by=DEPUTY_OFFICE, basis="SUG-16.lead", label_en="Correct leader or committee", records=forms.Leading, barred_by=(of_the_street,), does=effects.correct, tells=(LEADING, COMMITTEE), optional=True),
    Step("attach",    "并入同类建议", UNDER_WAY, None,     by=DEPUTY_OFFICE, basis="SUG-16", label_en="Attach similar suggestions", records=forms.Attach, barred_by=(only_key,), does=effects.attach, tells=(LEADING,), optional=True),
    Step("decide_attached", "对同类建议单独作结论", UNDER_WAY, None, by=(LEADING, DEPUTY_OFFICE), basis="SUG-16", label_en="Decide on an attached one", records=forms.Decide, barred_by=(nothing_undecided,), does=effects.decide_attached, optional=True),
    Step("close",     "结束督办",   UNDER_WAY, CLOSED,    by=LEADING,       basis="SUG-16", label_en="Close", records=forms.Close, barred_by=(attached_undecided,), does=effects.close, opens=topic_ended, tells=(DEPUTY_OFFICE, COMMITTEE, HANDLER, SPONSOR)),
    Step("close_for", "代为结束督办", UNDER_WAY, CLOSED,   by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="SUG-16", label_en="Close for the leader", records=forms.Close, barred_by=(of_the_street, attached_undecided), does=effects.close, opens=topic_ended, tells=(LEADING, COMMITTEE, HANDLER, SPONSOR), optional=True),
    Step("drop",      "撤销督办",   (PLANNING, UNDER_WAY), DROPPED, by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="SUG-16", label_en="Drop", records=Reason, barred_by=(of_the_street,), opens=topic_ended, tells=(LEADING, HANDLER, SPONSOR), optional=True, confirm="督办撤销后不再计入领衔督办和重点督办，已登记的督办情况保留。"),
)

CLOCKS = (
    Clock("plan", "方案制定期限", "SUG-16.plan", starts=("fix_key",), stops=("plan", "drop"), whose=DEPUTY_OFFICE, label_en="Time to make the plan"),
    Clock("done", "督办期限",   "SUG-16.done", starts=("lead", "plan"), stops=("close", "close_for", "drop"), whose=LEADING, label_en="Time to close the supervision", until="due_on"),
)
# fmt: on

PROCEDURE = Procedure(
    key="supervision", label="建议督办", label_en="Supervision of suggestions", steps=STEPS, clocks=CLOCKS, record=Supervision,
    states=(PLANNING, UNDER_WAY, CLOSED, DROPPED), body="procedures/supervision.html", stages=(("supervise", "督"),),
    seen_by=SEES, seen_when_confidential=TRUSTED, basis="SUG-16",
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
