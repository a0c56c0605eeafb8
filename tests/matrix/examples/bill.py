"""A bill needs many signatures: everybody who may sign is asked."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.people.models import Mandate
from tests.cast import Cast

from . import Answers


def ask_everybody(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """All deputies who have not signed."""
    able = Mandate.objects.able_on(situation.today).exclude(pk__in=[party.holder for party in situation.parties])
    chosen = list(able.values_list("pk", flat=True))
    return {"deputies": chosen} if chosen else None


EXAMPLES: dict[str, Answers] = {"invite": ask_everybody}
