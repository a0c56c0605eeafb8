"""A dispute with the roads department, and its document once the parties have agreed."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.models import File
from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers
from .papers import attached

NAMES = "甲某某、乙某某"


def taken(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Names apart from the case."""
    return {
        "names": NAMES,
        "text": "楼上漏水，两户就赔偿没有谈拢。",
        "title": "漏水赔偿",
        "organ": cast.organs["roads"].pk,
    }


def agreed(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """What was agreed, with the paper at hand."""
    attached(situation.matter)
    return {"outcome": "一周内修好，赔偿三千元。"}


def documented(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The paper that is attached."""
    paper = File.objects.filter(matter=situation.matter).first()
    if paper is None:
        return None
    return {"document": paper.pk, "document_name": "调解协议书1号", "document_on": situation.today.isoformat()}


EXAMPLES: dict[str, Answers] = {"take": taken, "agree": agreed, "document": documented}
