"""Who came to a council of chairpersons, what it dealt with and decided."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities import sharing
from openrenda.activities.chairpersons_meeting import KEY_LIST
from openrenda.docket.situation import Situation
from openrenda.web.portal.tests.stage import replied
from tests.cast import Cast

from . import Answers

HALF = 0.5


def attendance(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Everybody came."""
    return {"members": [cast.seats["leader"].pk], "on_leave": [], "organs": [], "deputies": []}


def item(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """The key list, while there are suggestions that are not under supervision: nothing else leads to key ones. Where there is none,
    one is answered by turns, or something else is on the agenda."""
    some = sharing.numbered_suggestions(situation.today).filter(supervisions=None).exists()
    if not some and pick.random() < HALF:
        some = bool(replied(cast))
    return {"kind": KEY_LIST if some else "plan"}


def decision(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """A key list names suggestions that are not key ones yet, anything else none."""
    waiting = sharing.items(situation, undecided=True)
    if not waiting:
        return None
    chosen = pick.choice(waiting)
    found = sharing.numbered_suggestions(situation.today).filter(supervisions=None).values_list("pk", flat=True)[:5]
    if chosen.kind == KEY_LIST and not found:
        return None
    suggestions = [pick.choice(list(found))] if chosen.kind == KEY_LIST else []
    return {"item": str(chosen.pk), "suggestions": suggestions, "organ": cast.organs["roads"].pk}


EXAMPLES: dict[str, Answers] = {"attend": attendance, "add_item": item, "decide": decision}
