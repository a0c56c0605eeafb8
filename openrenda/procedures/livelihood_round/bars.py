"""Why a step of a round may not be taken, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation

from .. import livelihood


def proposals_wait(situation: Situation) -> str | None:
    """Each proposal has its answer before a list is drawn up (F02 (2))."""
    waiting = situation.record.waiting
    return (
        gettext("还有%(count)d件建议项目没有结果，逐件列入候选、合并或者说明理由以后再办。") % {"count": waiting}
        if waiting
        else None
    )


def not_voted_here(situation: Situation) -> str | None:
    """Small tiers are not put to the vote."""
    if livelihood.is_voted(situation.book, situation.record.tier):
        return None
    return gettext("%(tier)s不经代表票决，用“确定一批项目”。") % {"tier": situation.record.tier_words(situation.book)}


def voted_here(situation: Situation) -> str | None:
    """What deputies vote on is not settled without them (F01 (2))."""
    if not livelihood.is_voted(situation.book, situation.record.tier):
        return None
    return gettext("%(tier)s须经代表票决，不能直接确定（%(article)s）。") % {
        "tier": situation.record.tier_words(situation.book), "article": situation.book.citation("LIV-05"),
    }  # fmt: skip


def no_result(situation: Situation) -> str | None:
    """The list follows the vote: every project on the ballot has its result."""
    rows = Matter.objects.filter(procedure=livelihood.PROJECT, livelihood_project__round=situation.matter.pk)
    states = list(rows.filter(state__in=(livelihood.ON_BALLOT, livelihood.VOTED)).values_list("state", flat=True))
    waiting = states.count(livelihood.ON_BALLOT)
    if waiting or not states:
        return gettext("大会票决还没有宣布结果（%(count)d项待票决）。") % {"count": waiting}
    return None


def projects_wait(situation: Situation) -> str | None:
    """A round of small projects ends when none of its candidates is left."""
    rows = Matter.objects.filter(procedure=livelihood.PROJECT, livelihood_project__round=situation.matter.pk)
    waiting = rows.filter(state=livelihood.CANDIDATE).count()
    return (
        gettext("还有%(count)d个候选项目没有确定，也没有说明不列入的理由。") % {"count": waiting} if waiting else None
    )


def projects_under_way(situation: Situation) -> str | None:
    """A round that led to projects is not called off."""
    rows = Matter.objects.filter(procedure=livelihood.PROJECT, livelihood_project__round=situation.matter.pk)
    return (
        gettext("已有项目在编制或者实施，先逐项说明不列入的理由，再撤销。")
        if rows.filter(closed_on=None).exists()
        else None
    )
