"""A call to answer, and what cannot be any valid answer."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from openrenda import docket
from openrenda.docket.actor import the_public
from openrenda.docket.situation import Situation
from openrenda.procedures.consultation_opinion.forms import taking
from tests.cast import Cast

from . import Answers


def given(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Words on a call that takes them, and a number to call."""
    call = taking(situation.today).first()
    if call is None:
        closes = (situation.today + timedelta(days=20)).isoformat()
        data = {"title": "关于停车管理的意见", "text": "征求意见", "opens_on": situation.today.isoformat(), "closes_on": closes,
                "channels": ["portal"]}  # fmt: skip
        call = docket.open_matter("consultation", "announce", by=cast["office"], data=data).matter
    return {"text": "学校门口早晚要有人管停车。", "consultation": call.pk, "name": "王", "phone": "13800138000"}


def decided(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To the roads department, where it is passed on."""
    outcome = pick.choice(["adopted", "partly", "not_adopted", "passed_on"])
    return {"outcome": outcome, "organ": cast.organs["roads"].pk}


def people(cast: Cast) -> None:
    """Somebody without an account."""
    cast.actors.setdefault("resident", the_public(cast.congress.pk, uuid4()))


EXAMPLES: dict[str, Answers] = {
    "give": given, "give_slowly": given, "enter": given, "send": given, "decide": decided, "amend": decided,
}  # fmt: skip
