"""A party group with its secretary, and what a meeting deals with."""

from __future__ import annotations

from random import Random
from typing import Any

from openrenda.activities.party_group_meeting import agenda, calling
from openrenda.activities.party_group_meeting.records import OUTCOMES
from openrenda.docket.situation import Situation
from openrenda.people.models import Group, GroupMembership
from tests.cast import BEGAN, Cast, _sit

from . import Answers
from .papers import attached

MEMBERS = ("chen", "lin")


def people(cast: Cast) -> None:
    """Two deputies in the group, and the secretary who keeps its meetings."""
    group = Group.objects.create(kind="party_group", name="区人大常委会党组", since=BEGAN)
    for who in MEMBERS:
        GroupMembership.objects.create(group=group, mandate=cast.mandates[who], since=BEGAN)
    _sit(cast, "secretary", "party_group_office", "group", group.pk, "党组秘书苏宁")


def item(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Study, or something else that one more paper may come for."""
    if not situation.new and pick.random() < 1 / 2:
        attached(situation.matter, "讨论材料.pdf")
    return {"kind": pick.choice(("study", "propose")), "subject": ""}


def no_study(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """A reason, needed or not."""
    return {"no_study": "本次为临时会议。"}


def there(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any]:
    """Everybody came."""
    rows = calling.members_on(situation.record.group, situation.record.held_on)
    return {"present": [row.pk for row in rows], "on_leave": []}


def decision(situation: Situation, pick: Random, cast: Cast) -> dict[str, Any] | None:
    """One of the items that wait."""
    waiting = agenda.items(situation, undecided=True)
    return {"item": str(pick.choice(waiting).pk), "outcome": pick.choice(list(OUTCOMES))} if waiting else None


EXAMPLES: dict[str, Answers] = {"add_item": item, "notify": no_study, "attend": there, "decide": decision}
