"""A committee of three deputies, one of whom leaves now and then, so that her deputies are given to the others."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from openrenda.docket.situation import Situation
from openrenda.people.models import Group, GroupMembership
from openrenda.people.models.group import STANDING_COMMITTEE
from tests.cast import BEGAN, Cast

from . import Answers

MEMBERS = ("chen", "lin", "ouyang")


def committee(cast: Cast, members: tuple[str, ...] = MEMBERS) -> Group:
    """The group of the Standing Committee's members, all of them in it."""
    group, _made = Group.objects.get_or_create(kind=STANDING_COMMITTEE, name="区人大常委会", since=BEGAN)
    for who in members:
        GroupMembership.objects.update_or_create(
            group=group, mandate=cast.mandates[who], since=BEGAN, defaults={"until": None}
        )
    return group


def drawn(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """As the system proposes it."""
    committee(cast)
    return {"lines": "", "title": "联系代表分工表"}


def changed(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Zhou goes to Lin; Ouyang has left the committee meanwhile."""
    gone = GroupMembership.objects.filter(group__kind=STANDING_COMMITTEE, mandate=cast.mandates["ouyang"], until=None)
    gone.update(until=situation.today - timedelta(days=1))
    return {"deputy": cast.mandates["zhou"].pk, "member": cast.mandates["lin"].pk}


EXAMPLES: dict[str, Answers] = {"draw": drawn, "redraw": drawn, "change": changed}


def people(cast: Cast) -> None:
    """Who sits on the committee."""
    committee(cast)
