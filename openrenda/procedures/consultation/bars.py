"""Why a step of a consultation may not be taken, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation

from .. import consulting


def some_are_open(situation: Situation) -> str | None:
    """None is left without an answer when it closes (C02)."""
    opinions = Matter.objects.filter(procedure=consulting.OPINION, closed_on=None)
    waiting = opinions.filter(consultation_opinion__consultation_id=situation.matter.pk).count()
    if waiting:
        return gettext("还有%(count)d件意见没有答复，逐件答复以后才能结束。") % {"count": waiting}
    return None
