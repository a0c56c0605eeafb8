"""Three committees with their heads; one of them leads, and what was done is told under a day or an activity."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from tests.cast import BEGAN, Cast, _sit

from . import Answers

COMMITTEES = {"joint_one": "财政经济委员会", "joint_two": "社会建设委员会", "joint_three": "教科文卫委员会"}


def people(cast: Cast) -> None:
    """The committees and those who sit for them."""
    for code, name in COMMITTEES.items():
        cast.organs[code] = Organ.objects.create(code=code, name=name, kind="congress_committee", since=BEGAN)
        _sit(cast, code, "leader", "organ", cast.organs[code].pk, f"{name}主任委员")


def split(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """One leads; one or two others assist, or none."""
    lead, *others = pick.sample(sorted(COMMITTEES), len(COMMITTEES))
    assisting = [cast.organs[code].pk for code in others[: pick.randint(0, len(others))]]
    return {"lead": cast.organs[lead].pk, "assisting": assisting}


def work(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """By itself, today."""
    return {"activity": "", "done_on": situation.today.isoformat()}


EXAMPLES: dict[str, Answers] = {"set_up": split, "change": split, "work": work}
