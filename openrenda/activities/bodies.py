"""The bodies that sit 会议的种类: who is a member on a day, and which share of them must be there (地方组织法第十四条、第五十一条).

A member is a mandate: of the congress itself, or of one of its groups by a dated membership. The rule of a quorum is a row of the rulebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from openrenda.people.models import Group, GroupMembership, Mandate
from openrenda.people.models.group import DELEGATION, PRESIDIUM, SPECIAL_COMMITTEE, STANDING_COMMITTEE

CONGRESS = "congress"


@dataclass(frozen=True)
class Body:
    """One kind of body that sits.

    ``group``: the kind of group its members are in; every deputy where there is none. ``in_session``: it sits only while the congress is in session.
    ``quorum``: the rule of how many must be there. ``reports``: reports to it are sent 20, 10 and 7 days ahead (SUP-05). ``plenary``: whoever speaks has the
    time of a plenary meeting, not of a group meeting (ORG-28).
    """

    key: str
    label: str
    quorum: str
    group: str = ""
    in_session: bool = False
    reports: bool = False
    plenary: bool = True

    @property
    def words(self) -> str:
        """The kind in the language now spoken."""
        return gettext(self.label)


BODIES = {
    body.key: body
    for body in (
        Body(CONGRESS, declared("大会全体会议"), "ORG-02", in_session=True),
        Body(PRESIDIUM, declared("主席团会议"), "J04.quorum", PRESIDIUM, in_session=True),
        Body(DELEGATION, declared("代表团会议"), "J04.quorum", DELEGATION, in_session=True, plenary=False),
        Body(STANDING_COMMITTEE, declared("常委会会议"), "ORG-14.quorum", STANDING_COMMITTEE, reports=True),
        Body(SPECIAL_COMMITTEE, declared("专门委员会会议"), "J04.quorum", SPECIAL_COMMITTEE),
    )
}


def choices() -> list[tuple[str, str]]:
    """The kinds as a form offers them."""
    return [(body.key, body.words) for body in BODIES.values()]


def in_office(key: str, group: Group | None, day: date) -> QuerySet[Any]:
    """The mandates of a body's members who are in office on the day, suspended ones too: the base of quorums and majorities."""
    return _members(Mandate.objects.on(day), key, group, day)


def able(key: str, group: Group | None, day: date) -> QuerySet[Any]:
    """Those of them who may act, in the order of strokes."""
    acting = _members(Mandate.objects.able_on(day), key, group, day)
    return acting.select_related("person").order_by("person__stroke_key", "id")


def _members(found: QuerySet[Any], key: str, group: Group | None, day: date) -> QuerySet[Any]:
    """Those of some mandates that are of the body. A deputy belongs to a delegation by her mandate or by a membership, whichever the register has.

    Each table is asked once: a register that was filled a moment ago is one of which PostgreSQL knows nothing yet, and it would go
    through all its rows for each of its rows.
    """
    if not BODIES[key].group:
        return found
    if group is None:
        return found.none()
    sits = GroupMembership.objects.on(day).filter(group=group).values("mandate")
    return found.filter(Q(pk__in=sits) | Q(delegation=group) if key == DELEGATION else Q(pk__in=sits))


def group_of(key: str, day: date) -> QuerySet[Any]:
    """The groups that may sit as such a body on the day."""
    return Group.objects.on(day).filter(kind=BODIES[key].group)
