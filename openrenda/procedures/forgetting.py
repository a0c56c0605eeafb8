"""Removing what is kept beside the ledger once its time is over: by acts that say so, a number of them at once (个人信息保护法第十九条、第四十七条)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from openrenda import docket
from openrenda.docket.actor import the_clock
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation

AT_ONCE = 500


def remove(situation: Situation, rows: QuerySet[Any]) -> None:
    """The rows are removed with the act, not marked."""

    def gone() -> None:
        rows.delete()

    situation.after_write.append(gone)


def forget_due(due: QuerySet[Matter], step: str, congress: UUID, data: dict[str, Any] | None = None) -> int:
    """Take the step in each matter that is due, those that closed first before others; in how many. Safe twice."""
    found = list(due.order_by("closed_on", "id")[:AT_ONCE])
    for matter in found:
        docket.act(matter, step, by=the_clock(congress), data=data)
    return len(found)
