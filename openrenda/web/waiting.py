"""What waits for one person, and what she may still have her say on, grouped by what is to be done."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.asking import Asked, parties_of
from openrenda.docket.language import Step
from openrenda.docket.models import Matter, Party
from openrenda.docket.offices import holds
from openrenda.docket.reading import switched_on
from openrenda.docket.situation import book_of
from openrenda.languages import said as _

from . import cells
from .addresses import matter_url
from .labels import label_of
from .lateness import clock_status

MOST_COUNTED = 1000
SHOWN_IN_GROUP = 6
INVITED_DAYS = 90


class Waiting(NamedTuple):
    """What is shown of a matter that waits."""

    id: UUID
    procedure: str
    state: str
    number: str
    title: str
    due_on: date | None


WAITING: Asked[tuple[Any, ...]] = Asked(lambda actor: docket.inbox(actor).values_list(*Waiting._fields)[:MOST_COUNTED])


def groups(actor: Actor) -> list[dict[str, Any]]:
    """Groups of matters by what is to be done, nearest due day first; two queries, none of which counts a table."""
    rows = [Waiting(*row) for row in WAITING.rows(actor)]
    counts = Counter((row.procedure, row.state) for row in rows)
    shown = _first_of_each(rows)
    parties = parties_of(row.id for row in shown)
    found: dict[tuple[str, str, str], list[Waiting]] = defaultdict(list)
    for row in shown:
        found[row.procedure, row.state, what_to_do(row.procedure, row.state, actor, parties[row.id])].append(row)
    divided = Counter(key[:2] for key in found)
    first_due = {key: min(row.due_on or date.max for row in members) for key, members in found.items()}
    return [
        _group(key, members, counts[key[:2]] if divided[key[:2]] == 1 else len(members), len(rows) == MOST_COUNTED)
        for key, members in sorted(found.items(), key=lambda pair: first_due[pair[0]])
    ]


def invited(actor: Actor) -> QuerySet[Matter]:
    """What she may still have her say on, while it is fresh: the step stays open on the matter's page after that."""
    return docket.invited(actor).filter(state_since__gte=timezone.localdate() - timedelta(days=INVITED_DAYS))


def invitations(actor: Actor) -> list[dict[str, Any]]:
    """The same in groups by procedure and step, newest first; nobody is late with it, so no day is shown."""
    found: dict[tuple[str, Step], list[Matter]] = defaultdict(list)
    for row in invited(actor)[:MOST_COUNTED]:
        step = next(step for step in row.table.steps_from(row.state) if step.invites)
        found[row.procedure, step].append(row)
    return [
        {
            "what": label_of(step),
            "count": capped(len(members), full=False),
            "url": f"{reverse('web:list', args=[procedure])}?view=invited",
            "rows": [
                {**row_of(Waiting(member.pk, member.procedure, member.state, member.number, member.title, None))}
                for member in members[:SHOWN_IN_GROUP]
            ],
            "more": len(members) > SHOWN_IN_GROUP,
        }
        for (procedure, step), members in found.items()
    ]


def _first_of_each(rows: list[Waiting]) -> list[Waiting]:
    taken: Counter[tuple[str, str]] = Counter()
    shown = []
    for row in rows:
        kind = row.procedure, row.state
        taken[kind] += 1
        if taken[kind] <= SHOWN_IN_GROUP:
            shown.append(row)
    return shown


def what_to_do(procedure: str, state: str, actor: Actor, parties: list[Party]) -> str:
    """The steps that wait for this person, in words."""
    book = book_of(actor.congress)
    steps = [
        step
        for step in registry.procedure(procedure).steps_from(state)
        if not step.optional and switched_on(step, book) and any(holds(o, actor, parties) for o in step.offices)
    ]
    return _("、").join(dict.fromkeys(map(label_of, steps)))


def _group(key: tuple[str, str, str], members: list[Waiting], count: int, full: bool) -> dict[str, Any]:
    procedure, state, what = key
    table = registry.procedure(procedure)
    return {
        "what": what or label_of(table.state(state)),
        "procedure": label_of(table),
        "state": label_of(table.state(state)),
        "count": capped(count, full),
        "url": f"{reverse('web:list', args=[procedure])}?view=mine&state={state}",
        "rows": [row_of(member) for member in members],
        "more": count > len(members),
    }


def capped(count: int, full: bool) -> str:
    """A number that was counted up to a limit: 12, 12+ when the limit cut the rows, 999+ at most."""
    if count >= MOST_COUNTED:
        return "999+"
    return f"{count}+" if full else str(count)


def row_of(waiting: Waiting) -> dict[str, Any]:
    """One matter in a short list: number, title, link and clock."""
    due, today = waiting.due_on, timezone.localdate()
    clock = cells.clock(clock_status(due, today), (due - today).days) if due else ""
    return {"title": waiting.title, "number": waiting.number, "url": matter_url(waiting.id), "clock": clock}
