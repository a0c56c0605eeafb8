"""A petition with the roads department, and the paper of its answer."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .mediation import documented
from .papers import attached


def taken(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The name apart from what is asked."""
    return {
        "names": "丙某某",
        "text": "请求补发安置补助。",
        "title": "安置补助",
        "mandate_on": situation.today.isoformat(),
    }


def submitted(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """To the roads department, which has the usual time."""
    return {"organ": cast.organs["roads"].pk, "submitted_on": situation.today.isoformat(), "due_on": None}


def answered(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """An answer, with its paper."""
    attached(situation.matter, "答复意见书.pdf")
    return {"answer": "已补发。", "answered_on": situation.today.isoformat()}


EXAMPLES: dict[str, Answers] = {"take": taken, "submit": submitted, "answer": answered, "document": documented}
