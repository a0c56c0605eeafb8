"""Who is in the hall and may vote, and whether enough are there (地方组织法第十四条、第五十一条). Whoever signed in on another day is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import book_of
from openrenda.rulebook import Rule
from openrenda.tenancy import current_congress_id

from .bodies import in_office
from .hall import VOTES, Attendance, Sitting
from .record import Activity

PRESENT = "present"


@dataclass(frozen=True)
class Quorum:
    """How many members there are, how many of them are in the hall, and whether the rule is met."""

    base: int
    present: int
    rule_id: str
    met: bool


def in_the_hall(today: date | None = None) -> Q:
    """The places of those who signed in on the day and are there: a sitting that took no sign-ins today has nobody in its hall."""
    return Q(matter__state=PRESENT, sitting__sitting__signs_on=today or timezone.localdate())


def present_voters(sitting: Matter, today: date | None = None) -> list[UUID]:
    """The mandates of those who are in the hall now and may vote."""
    there = Attendance.objects.filter(in_the_hall(today), sitting=sitting, right=VOTES, mandate__isnull=False)
    return list(there.order_by("mandate").values_list("mandate_id", flat=True))


def quorum(sitting: Matter, today: date | None = None) -> Quorum:
    """The quorum of a sitting as it stands: the base is all members in office on its day, not those who were expected.

    Two queries. No sitting without members has a quorum.
    """
    row = Sitting.objects.select_related("group").get(matter=sitting)
    day = row.signs_on or Activity.objects.values_list("held_on", flat=True).get(matter=sitting)
    base = in_office(row.body, row.group, day).count()
    present = Attendance.objects.filter(in_the_hall(today), sitting=sitting, right=VOTES, mandate__isnull=False).count()
    rule = book_of(current_congress_id())[row.kind.quorum]
    return Quorum(base, present, rule.id, base > 0 and rule.met_by(present, base))


def quorum_words(there: Quorum, rule: Rule) -> str:
    """How many are there of how many, and what the rule says of it."""
    words = {"base": there.base, "present": there.present, "share": rule.amount, "article": rule.citation}
    if there.met:
        return gettext("应到 %(base)d 人，在场 %(present)d 人，符合法定人数（%(article)s）。") % words
    if rule.limit == "more_than":
        return gettext("应到 %(base)d 人，在场 %(present)d 人，须超过 %(share)s，不足法定人数（%(article)s）。") % words
    return gettext("应到 %(base)d 人，在场 %(present)d 人，须达到 %(share)s，不足法定人数（%(article)s）。") % words
