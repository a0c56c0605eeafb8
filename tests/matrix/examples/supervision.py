"""A committee that may follow fields of concern, and how similar suggestions are attached."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.supervision.forms import others
from tests.cast import BEGAN, Cast

from . import Answers


def people(cast: Cast) -> None:
    """The committee for urban construction."""
    cast.organs["urban"] = Organ.objects.create(
        code="urban", name="城建环保工作委员会", kind="congress_committee", since=BEGAN
    )


def attach(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """One other suggestion, if there is one."""
    chosen = list(others(situation).values_list("pk", flat=True)[:5])
    return {"suggestions": [pick.choice(chosen)]} if chosen else None


EXAMPLES: dict[str, Answers] = {"attach": attach}
