"""Words on a project that is carried out."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.procedures.livelihood_voice import watched
from tests.cast import Cast

from . import Answers


def said(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """What one saw; nothing while no project is carried out."""
    project = watched().first()
    return {"project": project.pk, "grade": "", "text": "进度很快。"} if project else None


EXAMPLES: dict[str, Answers] = {"say": said, "say_slowly": said, "rate": said}
