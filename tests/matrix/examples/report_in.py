"""A community of the cast's street."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

from openrenda.docket.situation import Situation
from openrenda.people.models import Community
from tests.cast import BEGAN, Cast

from . import Answers


def reported(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A community to which nobody has reported yet."""
    street = cast.organs["street"]
    row = Community.objects.create(code=f"S-{uuid4().hex[:8]}", name="青石社区", street=street, since=BEGAN)
    return {"community": row.pk, "reported_on": situation.today.isoformat(), "offers": "法律咨询"}


EXAMPLES: dict[str, Answers] = {"report": reported, "again": reported}
