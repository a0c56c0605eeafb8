"""What is sent upward names where it comes from."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from tests.cast import Cast

from . import Answers


def from_a_report(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A research report."""
    return {"report": "关于老旧小区改造的调研报告"}


EXAMPLES: dict[str, Answers] = {"send": from_a_report}
