"""Answers where not any will do."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def defended(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """In writing."""
    return {"how": "written", "text": "本人说明如下。"}


EXAMPLES: dict[str, Answers] = {"defend": defended}
