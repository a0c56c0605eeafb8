"""Verifying the ledger: a changed act, a removed act, a removed matter and reordered acts all show.

Each matter's acts form a chain that ends at the matter's ``head``; each day's acts of a congress are sealed under one hash
that is chained to the day before. Whoever can rewrite rows must rewrite every later seal as well; a copy of the newest seal kept
elsewhere (``openrenda verify --seal``) shows even that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from openrenda.tenancy import congress_scope

from . import ledger, sealing
from .models import Act, DailySeal, Matter, SealedValue

LATE_WRITES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the ledger should not contain."""

    kind: str
    where: str
    sentence: str


def verify_congress(congress: Any) -> list[Problem]:
    """Check every chain and every seal of a congress; an empty list means that all is as it was written."""
    with congress_scope(congress):
        sealed: set[tuple[UUID, str]] = set()
        return [*_chains(sealed), *_heads(), *_seals(), *_sealed_values(sealed)]


def seal_days(congress: Any, until: date | None = None) -> list[DailySeal]:
    """Seal every finished day, up to the day before ``until``, that has acts and no seal yet.

    A day counts as finished an hour after midnight: a step that was planned before midnight may be written after it.
    """
    with congress_scope(congress):
        last = DailySeal.objects.order_by("-day").first()
        previous = last.hash if last else ""
        made = []
        for day in _days_to_seal(last.day if last else None, until or timezone.localdate(timezone.now() - LATE_WRITES)):
            seal = _sealed(day, previous)
            seal.save()
            previous = seal.hash
            made.append(seal)
        return made


def _days_to_seal(last: date | None, until: date) -> Iterator[date]:
    acts = Act.objects.filter(recorded_at__lt=_start(until))
    if last:
        acts = acts.filter(recorded_at__gte=_start(last + timedelta(days=1)))
    days = {timezone.localdate(moment) for moment in acts.values_list("recorded_at", flat=True).iterator()}
    yield from sorted(days)


def _sealed(day: date, previous: str) -> DailySeal:
    count, root = _root(_acts_of(day))
    return DailySeal(day=day, acts=count, root=root, previous=previous, hash=_seal_hash(day, count, root, previous))


def _acts_of(day: date) -> Iterable[str]:
    rows = Act.objects.filter(recorded_at__gte=_start(day), recorded_at__lt=_start(day + timedelta(days=1)))
    return rows.order_by("id").values_list("hash", flat=True).iterator()


def _root(hashes: Iterable[str]) -> tuple[int, str]:
    total, count = hashlib.sha256(), 0
    for one in hashes:
        total.update(one.encode())
        count += 1
    return count, total.hexdigest()


def _seal_hash(day: date, count: int, root: str, previous: str) -> str:
    return ledger.digest(f"{day.isoformat()}|{count}|{root}|{previous}")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _chains(sealed: set[tuple[UUID, str]]) -> Iterator[Problem]:
    """Every matter's acts, one after the other; ``sealed`` collects the sealed values that should be there."""
    matter, seq, head = None, 0, ""
    for act in Act.objects.order_by("matter_id", "seq").iterator(chunk_size=2000):
        if act.matter_id != matter:
            matter, seq, head = act.matter_id, 0, ""
        where = f"{act.matter_id} #{act.seq}"
        if act.seq != seq + 1:
            yield Problem("removed act", where, f"第{seq + 1}条行为缺失。")
        elif act.previous != head:
            yield Problem("reordered", where, "与前一条行为不相连：次序被改动或前一条被替换。")
        if ledger.digest(ledger.in_words(act)) != act.hash:
            yield Problem("changed act", where, "内容与摘要值不符：这条行为被改动。")
        sealed.update((act.pk, name) for name in sealing.sealed_names(act.data))
        seq, head = act.seq, act.hash


def _heads() -> Iterator[Problem]:
    """Every matter must end where its chain ends; a matter without acts has lost them."""
    ends = {row["matter_id"]: row for row in Act.objects.values("matter_id").annotate(n=Count("id"), last=Max("seq"))}
    last = {
        (act["matter_id"], act["seq"]): act["hash"]
        for act in Act.objects.values("matter_id", "seq", "hash").iterator(chunk_size=5000)
        if ends[act["matter_id"]]["last"] == act["seq"]
    }
    for matter in Matter.objects.only("id", "version", "head", "congress").iterator(chunk_size=2000):
        end = ends.get(matter.pk)
        if end is None or end["last"] != matter.version:
            yield Problem(
                "removed act",
                str(matter.pk),
                f"事项记有{matter.version}条行为，账上只有{end['last'] if end else 0}条。",
            )
        elif last[(matter.pk, matter.version)] != matter.head:
            yield Problem("changed act", str(matter.pk), "事项的末条摘要值与账不符。")


def _seals() -> Iterator[Problem]:
    previous, last, sealed = "", None, 0
    for seal in DailySeal.objects.order_by("day"):
        count, root = _root(_acts_of(seal.day))
        if seal.previous != previous:
            yield Problem("removed seal", seal.day.isoformat(), "与前一日封存值不相连。")
        if count != seal.acts:
            kind = "removed matter" if count < seal.acts else "inserted act"
            yield Problem(kind, seal.day.isoformat(), f"封存时{seal.acts}条行为，现有{count}条。")
        elif root != seal.root:
            yield Problem("changed act", seal.day.isoformat(), "当日行为与封存时不同。")
        if seal.hash != _seal_hash(seal.day, seal.acts, seal.root, seal.previous):
            yield Problem("changed seal", seal.day.isoformat(), "封存记录被改动。")
        previous, last, sealed = seal.hash, seal.day, sealed + seal.acts
    if last:
        yield from _outside_seals(last, sealed)


def _outside_seals(last: date, sealed: int) -> Iterator[Problem]:
    """No act may lie on a day that had none when the days around it were sealed."""
    found = Act.objects.filter(recorded_at__lt=_start(last + timedelta(days=1))).count()
    if found > sealed:
        yield Problem("inserted act", last.isoformat(), f"至这一日共封存{sealed}条行为，现有{found}条。")


def _sealed_values(expected: set[tuple[UUID, str]]) -> Iterator[Problem]:
    for row in SealedValue.objects.select_related("act").iterator(chunk_size=2000):
        if not sealing.is_as_recorded(row, row.act.data):
            yield Problem("changed sealed value", f"{row.act_id} {row.field}", "密存内容与行为中的摘要不符。")
        expected.discard((row.act_id, row.field))
    for act_id, field in sorted(expected):
        yield Problem("removed sealed value", f"{act_id} {field}", "密存内容缺失。")
