"""For deputies: what happened on their matters since they last looked, and what is due next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from openrenda.docket.actor import Actor
from openrenda.docket.models import Act, Party, RunningClock
from openrenda.docket.models.clock import UNPRESSING
from openrenda.docket.offices import doer
from openrenda.docket.reading import visible

from . import cells
from .access import account_of
from .labels import label_of
from .lateness import clock_status
from .models import LastLook

A_LOOK_LASTS = timedelta(minutes=30)
SHOWN = 8
FIRST_LOOK_DAYS = 14


def last_look(actor: Actor) -> datetime:
    """The moment from which news are counted; opening the page again within half an hour does not move it."""
    now = timezone.now()
    look = LastLook.objects.filter(account=account_of(actor)).first()
    if look is None:
        LastLook.objects.bulk_create(
            [LastLook(account=account_of(actor), looked_at=now, before=now - timedelta(days=FIRST_LOOK_DAYS))],
            ignore_conflicts=True,
        )
        return now - timedelta(days=FIRST_LOOK_DAYS)
    if now - look.looked_at > A_LOOK_LASTS:
        look.before, look.looked_at = look.looked_at, now
        look.save(update_fields=["before", "looked_at"])
    return look.before


def mine(actor: Actor, path: str = "matter") -> Exists:
    """The condition that the actor is a party to the matter reached through ``path``."""
    held = Party.objects.filter(matter=OuterRef(path), holder__in=sorted(actor.holders), until=None)
    return Exists(held)


def news(actor: Actor) -> list[dict[str, Any]]:
    """Acts of others on her matters since the last look, newest first."""
    seen = Exists(visible(actor).filter(pk=OuterRef("matter")))
    acts = Act.objects.filter(mine(actor), seen, recorded_at__gt=last_look(actor)).exclude(account=account_of(actor))
    return [_entry(made) for made in acts.select_related("matter").order_by("-recorded_at")[:SHOWN]]


def _entry(made: Act) -> dict[str, Any]:
    table = made.matter.table
    step = table.known_step(made.step)
    return {
        "who": doer(made),
        "what": label_of(step) if step else made.step,
        "title": made.matter.title,
        "url": reverse("web:matter", args=[made.matter_id]),
        "when": timezone.localtime(made.took_effect),
    }


def coming(actor: Actor) -> list[dict[str, Any]]:
    """The next due days on her matters."""
    today = timezone.localdate()
    clocks = RunningClock.objects.filter(mine(actor), stopped_on=None, paused_on=None, due_on__gte=today)
    clocks = clocks.exclude(limit__in=UNPRESSING).select_related("matter").order_by("due_on", "id")
    return [
        {
            "label": label_of(clock) if (clock := row.matter.table.clock(row.key)) else row.key,
            "title": row.matter.title,
            "url": reverse("web:matter", args=[row.matter_id]),
            "due": row.due_on,
            "clock": cells.clock(clock_status(row.due_on, today), (row.due_on - today).days),
        }
        for row in clocks[:SHOWN]
    ]
