"""Who is in the hall and may vote, and whether enough are there (地方组织法第十四条、第五十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from openrenda.docket import registry
from openrenda.docket.models import Matter
from openrenda.docket.situation import book_of

from .bodies import BODIES, in_office
from .record import Activity

ATTENDANCE, VOTES, PRESENT = "attendance", "votes", "present"


@dataclass(frozen=True)
class Quorum:
    """How many members there are, how many of them are in the hall, and whether the rule is met."""

    base: int
    present: int
    rule_id: str
    met: bool


def present_voters(sitting: Matter) -> list[UUID]:
    """The mandates of those who are in the hall now and may vote; none where no attendance is kept."""
    if ATTENDANCE not in {table.key for table in registry.procedures()}:
        return []
    rows: Any = registry.procedure(ATTENDANCE).record
    there = rows.objects.filter(sitting=sitting, right=VOTES, matter__state=PRESENT, mandate__isnull=False)
    return list(there.order_by("mandate").values_list("mandate_id", flat=True))


def quorum(sitting: Matter) -> Quorum:
    """The quorum of a sitting as it stands: the base is all members in office on its day, not those who were expected.

    No sitting without members has a quorum.
    """
    row: Any = registry.procedure(sitting.procedure).record.objects.get(matter=sitting)
    day = Activity.objects.values_list("held_on", flat=True).get(matter=sitting)
    base, present = in_office(row.body, row.group, day).count(), len(present_voters(sitting))
    rule = book_of(cast(UUID, sitting.congress_id))[BODIES[row.body].quorum]
    return Quorum(base, present, rule.id, base > 0 and rule.met_by(present, base))
