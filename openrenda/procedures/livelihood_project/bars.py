"""Why a step of a project may not be taken, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.situation import Situation

from .forms import ADJUST, CARRY_OVER, STOP
from .records import BY_DEPUTIES, BY_RESIDENTS, Milestone, Payment, SatisfactionCount


def not_filled(situation: Situation) -> str | None:
    """A candidate on the list has everything that F02 (3) asks."""
    return (
        None
        if situation.record.filled
        else gettext("候选项目还没有填写完整：内容、实施单位、投资、地点、受益人数、时限和节点。")
    )


def milestones_open(situation: Situation) -> str | None:
    """What is done has a real day for every milestone."""
    waiting = [row.name for row in situation.rows(Milestone) if row.done_on is None]
    if waiting:
        return gettext("还有%(count)d个节点没有登记实际日期：%(first)s。") % {
            "count": len(waiting),
            "first": waiting[0],
        }
    return None


def nothing_paid(situation: Situation) -> str | None:
    """There is a payment to strike out."""
    standing = [row for row in situation.rows(Payment) if row.struck_on is None]
    return None if standing else gettext("没有登记过支付。")


def no_milestone_left(situation: Situation) -> str | None:
    """There is a milestone to be reached."""
    if any(row.done_on is None for row in situation.rows(Milestone)):
        return None
    return gettext("节点都已经登记了实际日期。")


def _asked(situation: Situation) -> str:
    acts = situation.took("ask_change")
    return str(acts[-1].data["wish"]) if acts else ""


def not_asked_to_adjust(situation: Situation) -> str | None:
    """The standing committee decides on what it was asked."""
    return None if _asked(situation) == ADJUST else gettext("申请的不是调整。")


def not_asked_to_stop(situation: Situation) -> str | None:
    """The same of stopping."""
    return None if _asked(situation) == STOP else gettext("申请的不是停止实施。")


def not_asked_to_carry_over(situation: Situation) -> str | None:
    """The same of the next year."""
    return None if _asked(situation) == CARRY_OVER else gettext("申请的不是结转。")


def not_rated(situation: Situation) -> str | None:
    """Done needs acceptance and a rating by deputies and residents (F04 (4))."""
    missing = [words for who, words in _asked_for(situation) if not _has_rated(situation, who)]
    if not missing:
        return None
    return gettext("还没有%(who)s的评价（%(article)s）。") % {
        "who": gettext("、").join(missing), "article": situation.book.citation("LIV-12"),
    }  # fmt: skip


def _asked_for(situation: Situation) -> list[tuple[str, str]]:
    asked = [(BY_DEPUTIES, gettext("代表"))]
    if situation.book.option("option.livelihood_residents_rate"):
        asked.append((BY_RESIDENTS, gettext("群众")))
    return asked


def _has_rated(situation: Situation, who: str) -> bool:
    if any(row.who == who for row in situation.rows(SatisfactionCount)):
        return True
    voices = situation.matter.livelihood_voices.filter(matter__state="given", source=who)
    return bool(voices.exclude(grade="").exists())
