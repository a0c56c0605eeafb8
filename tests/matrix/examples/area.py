"""One leader an area, and streets that lie in no other."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.procedures.area import AreaStreet
from tests.cast import Cast

from . import Answers


def drawn(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """The street, while it is free."""
    street = cast.organs["street"].pk
    taken = AreaStreet.objects.filter(street=street).exclude(matter_id=situation.matter.pk).exists()
    return None if taken else {"streets": [street], "leading": None, "leader_name": "副区长马骁"}


EXAMPLES: dict[str, Answers] = {"set_up": drawn, "redraw": drawn}
