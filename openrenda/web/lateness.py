"""What is late, and whose move it is: open clocks past their due day, grouped by who has to move."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.asking import Asked, parties_of
from openrenda.docket.language import Clock
from openrenda.docket.models import RunningClock
from openrenda.docket.models.clock import UNPRESSING

from . import cells
from .addresses import matter_url
from .labels import label_of

SOON_DAYS = 7
HORIZONS = ((0, _("已经超期")), (7, _("7天内到期")), (30, _("30天内到期")))


def by_holder(actor: Actor, *, limit: int, within: int = 0) -> dict[str, Any]:
    """Clocks this person may see that are past due, or due within some days; the longest overdue first. Two queries.

    :returns: ``groups`` (holder, rows), ``count`` of rows and ``more`` when the limit cut the list.
    """
    today = timezone.localdate()
    until = today + timedelta(days=within)
    rows = [OpenClock(*row) for row in OPEN_CLOCKS.rows(actor, within == 0, limit + 1, until=until)]
    shown = rows[:limit]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, holder in zip(shown, _holders(shown), strict=True):
        found[holder].append(_row(row, today))
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return {
        "groups": [{"holder": holder, "rows": members, "count": len(members)} for holder, members in ordered],
        "count": min(len(rows), limit),
        "more": len(rows) > limit,
    }


class OpenClock(NamedTuple):
    """A clock that runs, with what is shown of its matter."""

    matter: UUID
    procedure: str
    key: str
    whose: str
    due_on: date
    number: str
    title: str

    @property
    def declared(self) -> Clock | None:
        """The declaration of the clock."""
        return registry.procedure(self.procedure).clock(self.key)


def _open_clocks(actor: Actor, past_only: bool, limit: int, until: date) -> QuerySet[Any]:
    seen = docket.visible(actor).filter(pk=OuterRef("matter"))
    clocks = RunningClock.objects.filter(Exists(seen), stopped_on=None, paused_on=None).exclude(limit__in=UNPRESSING)
    clocks = clocks.filter(due_on__lt=until) if past_only else clocks.filter(due_on__lte=until)
    shown = ("matter_id", "procedure", "key", "whose", "due_on", "matter__number", "matter__title")
    return clocks.order_by("due_on", "id").values_list(*shown)[:limit]


OPEN_CLOCKS: Asked[tuple[Any, ...]] = Asked(_open_clocks, until=date(1000, 1, 1))


def _holders(rows: list[OpenClock]) -> list[str]:
    """Whose move each clock is: the related parties by name, else the office."""
    parties = parties_of(row.matter for row in rows)
    found = []
    for row in rows:
        office = clock.whose if (clock := row.declared) else None
        names = [party.name for party in parties[row.matter] if office and party.role in office.relation]
        found.append(_("、").join(dict.fromkeys(names)) or (label_of(office) if office else row.whose))
    return found


def _row(row: OpenClock, today: date) -> dict[str, Any]:
    clock = row.declared
    left = (row.due_on - today).days
    return {
        "title": row.title,
        "number": row.number,
        "url": matter_url(row.matter),
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
