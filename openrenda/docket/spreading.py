"""A step that very many linked matters take after one: the worker takes it for some of them at a time, until nobody is left.

The step that they follow writes one row of the outbox and is over. Who still waits is asked anew each time, by what stands in the ledger: killed
anywhere, the next round goes on where it was, and nobody is told twice.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openrenda.tenancy import congress_scope, current_congress_id

from . import registry
from .actor import the_kin
from .engine import plan
from .language import LINKED, SPREADS
from .models import Act, Link, Matter, OutboxEntry
from .refusals import Refusal
from .situation import Situation
from .writing import Writing

log = structlog.get_logger("openrenda.docket")
BATCH = 50


def spread(congress: Any) -> int:
    """Take some of the steps that wait in one congress: a batch for each matter that they follow.

    :return: how many were taken.
    """
    with congress_scope(congress):
        entries = OutboxEntry.objects.filter(kind=SPREADS, sent_at=None).select_related("act")
        return sum(_further(entry) for entry in entries.order_by("created_at"))


def _further(entry: OutboxEntry) -> int:
    """One more batch; the entry is done once nobody is left who can be told."""
    rows = list(_waiting(entry).order_by("pk")[:BATCH])
    taken = _together(rows, entry) or sum(_alone(row, entry) for row in rows)
    if not taken:
        # What refuses now has moved on by itself since it was asked for.
        OutboxEntry.objects.filter(pk=entry.pk).update(sent_at=timezone.now())
    return taken


def _waiting(entry: OutboxEntry) -> QuerySet[Matter]:
    """The matters linked before the step, from whose state it may be taken and which have not taken it since."""
    detail = entry.detail
    here, there = ("matter", "origin") if detail["back"] else ("origin", "matter")
    links = Link.objects.filter(**{here: entry.matter_id}, kind__in=detail["kinds"], since__lte=entry.created_at)
    took = Act.objects.filter(
        congress_id=current_congress_id(), matter=OuterRef("pk"), step=detail["step"], recorded_at__gte=entry.created_at
    )
    return Matter.objects.filter(_able(entry), ~Exists(took), pk__in=links.values(there))


def _able(entry: OutboxEntry) -> Q:
    """The states of each table from which the step follows the one that was taken."""
    able = Q(pk__in=())
    for table in registry.procedures():
        step = table.known_step(entry.detail["step"])
        if step and step.after and step.after.whom == LINKED and entry.act and entry.act.step in step.after.steps:
            states = {state.key for state in step.sources}
            left = {step.target.key} if step.target and not entry.detail["anew"] else set()
            able |= Q(procedure=table.key, state__in=sorted(states - left))
    return able


def _together(rows: list[Matter], entry: OutboxEntry) -> int:
    """All of them in one transaction; none when one of them has moved on meanwhile."""
    writing = Writing()
    try:
        for row in rows:
            _plan(row, entry, writing)
        with transaction.atomic():
            writing.flush()
    except Refusal:
        return 0
    return len(rows)


def _alone(row: Matter, entry: OutboxEntry) -> int:
    writing = Writing()
    try:
        _plan(Matter.objects.get(pk=row.pk), entry, writing)
        with transaction.atomic():
            writing.flush()
    except Refusal as refused:
        log.info("a matter did not follow", matter=str(row.pk), step=entry.detail["step"], reason=str(refused))
        return 0
    return 1


def _plan(row: Matter, entry: OutboxEntry, writing: Writing) -> None:
    kin = Situation(row, the_kin(current_congress_id()))
    kin.cause = entry.act
    plan(kin, row.table.step(entry.detail["step"]), entry.detail["data"], None, writing)
