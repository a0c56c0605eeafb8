"""Appointments and removals as everyone may read them: what passed, once it was announced (APP-08), and who holds a post on a day.

A name, a post, what was decided and when: neither ages nor reasons nor votes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openrenda.people.models import Tenure
from openrenda.people.posts import tenures_on
from openrenda.procedures.appointing import AppointmentAct, AppointmentProposal
from openrenda.web.choosing import whole_year
from openrenda.web.posts.register import Line, lines_on

from . import codes

MOST_SHOWN = 500


def published() -> QuerySet[AppointmentAct]:
    """The acts that passed and were announced, the newest in front."""
    rows: QuerySet[AppointmentAct] = AppointmentAct.objects.filter(passed=True, announced_on__isnull=False)
    return rows.select_related("matter").order_by("-announced_on", "-id")


def years() -> list[int]:
    """This year back to the first in which something was announced. One query."""
    first = published().order_by("announced_on").values_list("announced_on", flat=True).first()
    this = timezone.localdate().year
    return list(range(this, (first.year if first else this) - 1, -1))


def of_year(year: int) -> list[dict[str, Any]]:
    """The year's announcements, each with its acts. Two queries."""
    return _announcements(published().filter(announced_on__range=whole_year(year))[:MOST_SHOWN])


def one_of(code: str) -> dict[str, Any] | None:
    """The announcement at that address. Two queries."""
    pk = codes.id_of(code)
    found = _announcements(published().filter(matter__parent=pk)) if pk else []
    return found[0] if found else None


def _announcements(acts: Any) -> list[dict[str, Any]]:
    """Acts under the announcement that made them public."""
    found: dict[Any, dict[str, Any]] = {}
    for row in acts:
        one = found.setdefault(
            row.matter.parent_id,
            {"day": row.announced_on, "voted_on": row.voted_on, "sitting": row.sitting, "acts": []},
        )
        one["acts"].append(row.matter.title)
    rows = AppointmentProposal.objects.filter(matter__in=list(found))
    numbers = dict(rows.values_list("matter", "announcement"))
    return [{**one, "number": numbers.get(pk, ""), "code": codes.code_of(pk)} for pk, one in found.items()]


def announced_lines(day: date) -> list[Line]:
    """The register of a day as if what was voted and not announced yet had not been voted (APP-08). Four queries."""
    silent = set(AppointmentAct.objects.filter(passed=True, announced_on=None).values_list("matter", flat=True))
    held = [row for row in tenures_on(day) if row.matter_id not in silent]
    if silent:
        held += Tenure.objects.filter(ended_by__in=silent, since__lte=day, until__lt=day).with_names()
    return list(lines_on(day, held))
