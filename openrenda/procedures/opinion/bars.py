"""Why a step of an opinion may not be taken, in sentences."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from openrenda.docket.situation import Situation

from . import sorting, words
from .effects import RECEIVER


def against_the_rule(route: str) -> Callable[[Situation], str | None]:
    """The rule table sends it elsewhere: then a reason is written down (C04)."""

    def bar(situation: Situation) -> str | None:
        record = situation.record
        if situation.step is None or not record.route or record.route == route or situation.data.get("off_rule"):
            return None
        return gettext("按分级分类规则，%(nature)s、%(level)s级的去向是“%(route)s”；不按规则办理的，请写明理由。") % {
            "nature": record.nature_words,
            "level": record.level_words,
            "route": words.said(sorting.ROUTES, record.route),
        }

    return bar


def highest_level(situation: Situation) -> str | None:
    """Above the city it is sent to the upper level's congress."""
    if situation.record.level == words.AT_CITY:
        return gettext("已经是最高一级，请报上级人大。")
    return None


def not_of_the_city(situation: Situation) -> str | None:
    """Only what the district cannot settle is sent upward."""
    if situation.record.level != words.AT_CITY:
        return gettext("本级能办的不报上级；本级解决不了的，请先逐级上报到“市级以上”。")
    return None


def raised_already(situation: Situation) -> str | None:
    """One suggestion from one opinion; another one when that went no further."""
    raised = len(situation.took("raise_suggestion")) > len(situation.took("go_on_without"))
    return gettext("已由本件转为建议。") if raised else None


def reopened_already(situation: Situation) -> str | None:
    """It is done once more, and then the deputy and the deputies' office look at it."""
    if situation.took("reopen"):
        return gettext("已经重新办理过一次。仍不满意的，请在评价里说明，或者联系代表。")
    return None


def rated_already(situation: Situation) -> str | None:
    """A word that was given stands."""
    return gettext("已经评价过了。") if situation.record.rated_on else None


def no_ticket(situation: Situation) -> str | None:
    """The hotline's answer belongs to a ticket."""
    if not situation.record.ticket:
        return gettext("还没有热线工单号，请先登记工单号，再登记热线的答复。")
    return None


def she_takes_part(situation: Situation) -> str | None:
    """A deputy who takes part already is not asked again."""
    asked = situation.data.get("deputy")
    if asked and any(str(party.holder) == str(asked) for party in situation.holders(RECEIVER)):
        return gettext("这位代表已经参与这件意见。")
    return None


def a_topic_already(situation: Situation) -> str | None:
    """A supervision takes an opinion up once."""
    topic = situation.data.get("topic")
    if topic and any(made.data.get("topic") == str(topic) for made in situation.took("make_topic", "add_topic")):
        return gettext("已列为这一件的议题。")
    return None


def sent_in_already(situation: Situation) -> str | None:
    """One opinion is proposed in a round once."""
    round_ = situation.data.get("round")
    if round_ and any(made.data.get("round") == str(round_) for made in situation.took("to_livelihood")):
        return gettext("已作为这一轮征集的建议项目报送。")
    return None


def not_public(situation: Situation) -> str | None:
    """It stands on the board."""
    return None if situation.matter.public_since else gettext("这件意见没有公开，不用收回。")
