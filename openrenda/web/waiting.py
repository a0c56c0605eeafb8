"""What waits for one person, and what she may still have her say on, grouped by what is to be done."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Step
from openrenda.docket.models import Matter, Party
from openrenda.docket.offices import holds
from openrenda.docket.reading import switched_on
from openrenda.docket.situation import book_of

from . import cells
from .labels import label_of
from .lateness import clock_status

MOST_COUNTED = 1000
SHOWN_IN_GROUP = 6
INVITED_DAYS = 90


def groups(actor: Actor) -> list[dict[str, Any]]:
    """Groups of matters by what is to be done, nearest due day first; two queries, none of which counts a table."""
    rows = list(docket.inbox(actor)[:MOST_COUNTED])
    counts = Counter((row.procedure, row.state) for row in rows)
    shown = _first_of_each(rows)
    parties = _parties(shown)
    found: dict[tuple[str, str, str], list[Matter]] = defaultdict(list)
    for row in shown:
        found[row.procedure, row.state, what_to_do(row, actor, parties[row.pk])].append(row)
    divided = Counter(key[:2] for key in found)
    return [
        _group(key, members, counts[key[:2]] if divided[key[:2]] == 1 else len(members), len(rows) == MOST_COUNTED)
        for key, members in found.items()
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
            "rows": [{**row_of(member), "clock": ""} for member in members[:SHOWN_IN_GROUP]],
            "more": len(members) > SHOWN_IN_GROUP,
        }
        for (procedure, step), members in found.items()
    ]


def _first_of_each(rows: list[Matter]) -> list[Matter]:
    taken: Counter[tuple[str, str]] = Counter()
    shown = []
    for row in rows:
        taken[row.procedure, row.state] += 1
        if taken[row.procedure, row.state] <= SHOWN_IN_GROUP:
            shown.append(row)
    return shown


def _parties(matters: list[Matter]) -> dict[Any, list[Party]]:
    found: dict[Any, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(matter_id__in=[row.pk for row in matters], until=None) if matters else ():
        found[party.matter_id].append(party)
    return found


def steps_for(matter: Matter, actor: Actor, parties: list[Party]) -> list[Step]:
    """The steps that wait for this person on the matter."""
    book = book_of(actor.congress)
    return [
        step
        for step in matter.table.steps_from(matter.state)
        if not step.optional and switched_on(step, book) and any(holds(o, actor, parties) for o in step.offices)
    ]


def what_to_do(matter: Matter, actor: Actor, parties: list[Party]) -> str:
    """The steps that wait, in words."""
    return "、".join(dict.fromkeys(label_of(step) for step in steps_for(matter, actor, parties)))


def _group(key: tuple[str, str, str], members: list[Matter], count: int, full: bool) -> dict[str, Any]:
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


def row_of(matter: Matter) -> dict[str, Any]:
    """One matter in a short list: number, title, link and clock."""
    today = timezone.localdate()
    due = matter.due_on
    clock = cells.clock(clock_status(due, today), (due - today).days) if due else ""
    return {
        "title": matter.title,
        "number": matter.number,
        "url": reverse("web:matter", args=[matter.pk]),
        "clock": clock,
        "procedure": label_of(matter.table),
        "state": label_of(matter.state_now),
    }
