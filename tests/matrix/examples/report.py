"""What is typed into a report: a day that has come, and words in which every number is bound."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.people.models import Congress
from tests.cast import Cast
from tests.desk import checker_of

from . import Answers


def begin(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """This year until today."""
    year = situation.today.year
    return {"since": f"{year}-01-01", "until": f"{year}-12-31", "as_of": situation.today.isoformat()}


def write(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One figure."""
    return {"text": "接收代表建议{{ figure suggestion.received }}。"}


def part(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A part without numbers."""
    return {"name": pick.choice("甲乙丙"), "text": "自身建设有新进展。"}


EXAMPLES: dict[str, Answers] = {"begin": begin, "write": write, "write_part": part}


def people(cast: Cast) -> None:
    """A second pair of eyes, and a congress above to send figures to."""
    checker_of(cast)
    above = Congress.objects.create(
        division_code="990400", name="试验市人民代表大会", short_name="试验市人大", level="city", fictional=True
    )
    Congress.objects.filter(pk=cast.congress.pk).update(parent=above)
