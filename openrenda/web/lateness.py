"""What is late, and whose move it is: open clocks past their due day, grouped by who has to move."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Clock
from openrenda.docket.models import Party, RunningClock
from openrenda.docket.models.clock import UNPRESSING

from . import cells
from .labels import label_of

SOON_DAYS = 7
HORIZONS = ((0, _("已经超期")), (7, _("7天内到期")), (30, _("30天内到期")))


def by_holder(actor: Actor, *, limit: int, within: int = 0) -> dict[str, Any]:
    """Clocks this person may see that are past due, or due within some days; the longest overdue first. Two queries.

    :returns: ``groups`` (holder, rows), ``count`` of rows and ``more`` when the limit cut the list.
    """
    today = timezone.localdate()
    rows = list(_open_clocks(actor, today + timedelta(days=within))[: limit + 1])
    holders = _holders(rows[:limit])
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows[:limit]:
        found[holders[row.pk]].append(_row(row, today))
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return {
        "groups": [{"holder": holder, "rows": members, "count": len(members)} for holder, members in ordered],
        "count": min(len(rows), limit),
        "more": len(rows) > limit,
    }


def _open_clocks(actor: Actor, until: date) -> Any:
    seen = docket.visible(actor).filter(pk=OuterRef("matter"))
    clocks = RunningClock.objects.filter(Exists(seen), stopped_on=None, paused_on=None, due_on__lte=until)
    clocks = clocks.exclude(limit__in=UNPRESSING).select_related("matter").order_by("due_on", "id")
    return clocks.filter(due_on__lt=timezone.localdate()) if until == timezone.localdate() else clocks


def declared(row: RunningClock) -> Clock | None:
    """The declaration of a running clock."""
    return next((clock for clock in registry.procedure(row.procedure).clocks if clock.key == row.key), None)


def _holders(rows: list[RunningClock]) -> dict[Any, str]:
    """Whose move each clock is: the related parties by name, else the office."""
    offices = {row.pk: clock.whose for row in rows if (clock := declared(row))}
    roles = sorted({role for office in offices.values() for role in office.relation})
    named: dict[Any, list[Party]] = defaultdict(list)
    if roles:
        matters = {row.matter_id for row in rows}
        for party in Party.objects.filter(matter_id__in=matters, role__in=roles, until=None):
            named[party.matter_id].append(party)
    found = {}
    for row in rows:
        office = offices.get(row.pk)
        names = [party.name for party in named[row.matter_id] if office and party.role in office.relation]
        found[row.pk] = _("、").join(dict.fromkeys(names)) or (label_of(office) if office else row.whose)
    return found


def _row(row: RunningClock, today: date) -> dict[str, Any]:
    clock = declared(row)
    left = (row.due_on - today).days
    return {
        "title": row.matter.title,
        "number": row.matter.number,
        "url": reverse("web:matter", args=[row.matter_id]),
        "label": label_of(clock) if clock else row.key,
        "due": row.due_on,
        "days_late": -left,
        "clock": cells.clock(clock_status(row.due_on, today), left),
    }


def clock_status(due: date | None, today: date) -> str:
    """The word for a due day: late, soon or on_time."""
    if due is None:
        return "on_time"
    if due < today:
        return "late"
    return "soon" if (due - today).days <= SOON_DAYS else "on_time"
