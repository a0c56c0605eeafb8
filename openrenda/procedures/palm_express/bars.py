"""Why a step of a conversation may not be taken, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from openrenda.docket.situation import Situation


def nothing_left(situation: Situation) -> str | None:
    """It was erased already."""
    return gettext("内容已经删除。") if situation.record.erased else None
