"""A broadcast to ask, and somebody without an account."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

from openrenda import docket
from openrenda.activities.broadcast_question import coming
from openrenda.docket.actor import the_public
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def asked(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Of a broadcast that is to come; one is arranged where there is none."""
    found = coming().first()
    if found is None:
        data = {
            "street": cast.organs["street"].pk, "held_on": situation.today.isoformat(), "place": "街道直播间", "topic": "养老服务",
            "deputies": [cast.mandates["chen"].pk],
        }  # fmt: skip
        found = docket.open_matter("broadcast", "arrange", by=cast["office"], data=data).matter
    return {"broadcast": found.pk, "text": "社区食堂晚上开不开？"}


def people(cast: Cast) -> None:
    """Somebody without an account."""
    cast.actors.setdefault("resident", the_public(cast.congress.pk, uuid4()))


EXAMPLES: dict[str, Answers] = {"ask": asked, "enter": asked}
