"""Who came to a reception day, and what was looked at on site."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities import sharing
from openrenda.docket.situation import Situation
from openrenda.web.portal.tests.stage import replied
from tests.cast import Cast

from . import Answers
from .chairpersons_meeting import attendance


def on_site(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A suggestion that was not chosen before, answered first where there is none; one is fewer than usual, so with a reason."""
    found = list(sharing.numbered_suggestions(situation.today).filter(dealt_with=None).values_list("pk", flat=True)[:5])
    return {"suggestions": [pick.choice(found or [replied(cast).pk])], "number_reason": "本月只有一件需要现场督办"}


def outcome(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Whatever the outcome, an organ and a day are known."""
    return {"organ": cast.organs["roads"].pk, "due_on": situation.today.isoformat()}


def department(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One that has somebody to do it."""
    return {"organ": cast.organs["roads"].pk}


WAY = {"answer": ("book",), "hand_on": ("book",), "settle": ("pick",)}
EXAMPLES: dict[str, Answers] = {"hold": attendance, "pick": on_site, "settle": outcome, "hand_on": department}
