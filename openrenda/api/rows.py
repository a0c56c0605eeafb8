"""Matters, acts, clocks and files as JSON, built from rows without going through a serializer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.models import Act, File, Matter, RunningClock
from openrenda.docket.sealing import SEALED, sealed_fields
from openrenda.docket.situation import Situation
from openrenda.web.matter_page import may_read

from .declared import by_people, record_names

COLUMNS = ("id", "procedure", "state", "number", "title", "opened_on", "state_since", "due_on", "closed_on",
           "public_since", "confidential", "version", "parent_id")  # fmt: skip


def matters(found: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of a list from the values of :data:`COLUMNS`."""
    return [_labelled(dict(zip(COLUMNS, values, strict=True))) for values in found]


def _labelled(row: dict[str, Any]) -> dict[str, Any]:
    state = registry.procedure(row["procedure"]).state(row["state"])
    row["state_label"], row["stage"] = state.words, state.stage
    row["parent"] = row.pop("parent_id")
    return row


def summary(matter: Matter) -> dict[str, Any]:
    """One matter as a list shows it."""
    return _labelled({name: getattr(matter, name) for name in COLUMNS})


def item(situation: Situation, *, offers: bool) -> dict[str, Any]:
    """One matter with its record, people and limits; with ``offers``, what this seat may do and why not."""
    row = summary(situation.matter)
    names = record_names(situation.table)
    record = situation.record if names else None
    row["record"] = {name: _field(record, name) for name in names}
    row["parties"] = [
        {"role": party.role, "holder": party.holder, "name": party.name, "since": party.since}
        for party in situation.parties
    ]
    today = situation.today
    row["clocks"] = [clock(running, today) for running in situation.clocks]
    row["offers"] = offered(situation) if offers else None
    return row


def _field(record: Any, name: str) -> Any:
    field = record._meta.get_field(name)
    return getattr(record, field.attname)


def clock(running: RunningClock, today: date) -> dict[str, Any]:
    """One time limit that runs or ran."""
    return {
        "key": running.key, "rule": running.rule, "limit": running.limit, "started_on": running.started_on,
        "due_on": running.due_on, "paused_on": running.paused_on, "stopped_on": running.stopped_on,
        "extended": running.extended, "days_late": running.days_late(today),
    }  # fmt: skip


def offered(situation: Situation) -> list[dict[str, Any]]:
    """The steps of the seat's offices from this state, each with the reasons against it."""
    return [
        {"step": offer.step.key, "label": offer.step.words, "live": offer.live, "reasons": list(offer.reasons),
         "article": offer.article, "optional": offer.step.optional, "fresh": offer.step.fresh}
        for offer in docket.offers(situation)
        if by_people(offer.step)
    ]  # fmt: skip


def act(made: Act, *, readable: bool = True, shut: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    """One act. What it recorded is shown to whoever may read it; sealed values never are."""
    return {
        "id": made.pk, "matter": made.matter_id, "seq": made.seq, "step": made.step,
        "from_state": made.from_state, "to_state": made.to_state, "took_effect": made.took_effect, "recorded_at": made.recorded_at,
        "actor": made.actor_name, "office": made.office, "office_name": made.office_name, "agent_for": made.agent_for,
        "basis": made.basis, "rulebook": made.rulebook, "hash": made.hash, "previous": made.previous,
        "data": _open_values(made.data, shut) if readable else None,
    }  # fmt: skip


def _open_values(data: dict[str, Any], shut: frozenset[str] | set[str]) -> dict[str, Any]:
    return {
        name: {SEALED: True} if name in shut or (isinstance(value, dict) and list(value) == [SEALED]) else value
        for name, value in data.items()
    }


def acts(situation: Situation) -> list[dict[str, Any]]:
    """The whole history, oldest first."""
    shut = sealed_fields(situation.table)
    steps = {step.key: step for step in situation.table.steps}
    return [act(made, readable=may_read(situation, steps.get(made.step), made), shut=shut) for made in situation.acts]


def files(situation: Situation) -> list[dict[str, Any]]:
    """The documents of the matter, newest first."""
    found = File.objects.filter(matter_id=situation.matter.pk).order_by("-uploaded_at", "-id")[:200]
    return [file(row) for row in found]


def file(row: File) -> dict[str, Any]:
    """One document, without its content."""
    return {
        "id": row.pk, "name": row.name, "role": row.role, "media_type": row.media_type, "size": row.size,
        "sha256": row.sha256, "uploaded_at": timezone.localtime(row.uploaded_at), "public": row.public,
    }  # fmt: skip
