"""Why a step of an opinion on a consultation may not be taken, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.situation import Situation

from .. import consulting


def not_her_own(situation: Situation) -> str | None:
    """What was entered for somebody else is not withdrawn by whoever entered it."""
    if situation.actor.account is not None and situation.record.channel != consulting.SEATED:
        return gettext("代为登记的意见只能由提出人凭链接撤回。")
    return None
