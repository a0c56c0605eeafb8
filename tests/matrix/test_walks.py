"""Every row of every table can be taken, no matter is ever stuck, and the ledger verifies, whatever people do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest
import time_machine

from openrenda.docket.language import BUILT_IN_STEPS, Procedure, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.verify import verify_congress
from openrenda.tenancy import congress_scope

from . import examples
from .chance import Drawn
from .examples.commitment import all_in_office
from .ground import every_table
from .walk import FIRST_DAY, Walk, assert_sound, by_people, company, dead_ends, distances, live, pursue

STEPS_OF_A_WALK, STRETCHES = 60, 4
ATTEMPTS = 24
# Walked in congresses of their own: each takes its time, and a session lasts only so many days. What opens their matters is walked with them.
APART = {
    "personnel": ("appointment", "appointment-act", "law-exam", "duty-appraisal"),
    "livelihood": ("opinion", "livelihood-round", "livelihood-proposal", "livelihood-project", "livelihood-voice"),
    "votes": ("vote",),
    "ratings": ("report-rating",),
    "sittings": ("sitting", "attendance", "speech", "resolution"),
}
LINGERING = (0.0, 0.3, 0.6, 0.9)
SEED = int(os.environ.get("OPENRENDA_SEED", "1"))


@pytest.fixture
def walk(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """A congress on the first day of its session, in which nothing is left to chance: the same seed makes the same walk."""
    monkeypatch.setattr("os.urandom", Drawn(SEED))
    with time_machine.travel(f"{FIRST_DAY}T02:00:00Z", tick=False) as wall:
        cast = company()
        with congress_scope(cast.congress):
            yield Walk(cast, SEED, wall)


def of_part(part: str) -> list[Procedure]:
    """The tables that are walked in one congress."""
    apart = {key for keys in APART.values() for key in keys} - {"opinion"}
    return [
        table
        for table in every_table()
        if table.key in APART.get(part, ()) or (part not in APART and table.key not in apart)
    ]


def goals_of(table: Procedure, walk: Walk, part: str) -> list[Step]:
    """The rows that are to be taken in this congress; of opinions beside livelihood projects the one that opens a proposal."""
    rows = live(table, walk.cast)
    return (
        [row for row in rows if row.key == "to_livelihood"] if (table.key, part) == ("opinion", "livelihood") else rows
    )


def openings(walk: Walk, tables: tuple[Procedure, ...]) -> list[Matter]:
    """A matter by each row that somebody of the cast may open."""
    rows = [(table, step) for table in tables for step in live(table, walk.cast) if step.source is None]
    return [matter for table, step in rows if (matter := walk.open(table, step))]


def a_beginning(walk: Walk, table: Procedure, goal: Step, attempt: int) -> Matter | None:
    """By turns the matter that is nearest to the goal, and one newly opened, in each way it can be opened."""
    if goal.source is None:
        return walk.open(table, goal)
    rows = [s for s in live(table, walk.cast) if s.source is None and by_people(s)]
    if way := examples.way(table.key, goal.key):
        return led(walk, walk.open(table, rows[attempt % len(rows)]), way)
    if attempt % 2 == 1:
        return walk.open(table, rows[attempt // 2 % len(rows)]) if rows else a_child(walk, table, attempt)
    away = distances(table, goal)
    found = Matter.objects.filter(procedure=table.key, state__in=away)
    nearest = sorted(found, key=lambda row: (away[row.state], row.closed_on is not None, walk.pick.random()))
    ready = next((matter for matter in nearest if not away[matter.state] and walk.can(matter, goal)), None)
    if ready is not None:
        return ready
    # Now and then one that is not the very nearest: that may be one which leads nowhere.
    return walk.pick.choice(nearest[: 1 + attempt // 2 % 3]) if nearest else a_child(walk, table, attempt)


def led(walk: Walk, matter: Matter | None, way: tuple[str, ...]) -> Matter | None:
    """The matter, led from step to step."""
    if matter is not None and all(pursue(walk, matter, matter.table.step(key)) for key in way):
        return Matter.objects.get(pk=matter.pk)
    return None


def a_child(walk: Walk, table: Procedure, attempt: int) -> Matter | None:
    """A matter of a kind that only other matters open: by turns one of those is led to the step that opens it."""
    if table.key not in walk.opened_by:
        return None
    ways = list(walk.opened_by[table.key].values())
    above, step = ways[attempt // 2 % len(ways)]
    parent = next(
        (m for s in live(above, walk.cast) if s.source is None and by_people(s) and (m := walk.open(above, s))), None
    )
    if parent is None or not pursue(walk, parent, step):
        return None
    return Matter.objects.filter(procedure=table.key, closed_on=None).order_by("-id").first()


@pytest.mark.slow
@pytest.mark.parametrize("part", [*APART, "everything else"])
def test_every_row_can_be_taken_and_every_state_reached(walk: Walk, part: str) -> None:
    """A congress in which every step of these procedures happens at least once."""
    # What only a related matter opens comes last, when there are such.
    tables = sorted(of_part(part), key=lambda table: not any(by_people(step) for step in table.opening_steps))
    for table in tables:
        for goal in goals_of(table, walk, part):
            for attempt in range(ATTEMPTS):
                if walk.taken[table.key, goal.key]:
                    break
                walk.lingering = LINGERING[attempt // 2 % len(LINGERING)]
                all_in_office()
                matter = a_beginning(walk, table, goal, attempt)
                if matter is not None and goal.source is not None:
                    pursue(walk, matter, goal)
    never = [f"{t.key} {s.key}" for t in tables for s in goals_of(t, walk, part) if not walk.taken[t.key, s.key]]
    assert not never, "、".join(never)
    reached = set(Act.objects.values_list("procedure", "to_state"))
    whole = [table for table in tables if goals_of(table, walk, part) == live(table, walk.cast)]
    assert {(t.key, s.key) for t in whole for s in t.states} - reached == set()
    assert dead_ends(walk) == []
    assert verify_congress(walk.cast.congress) == []


@pytest.mark.slow
@pytest.mark.parametrize("stretch", range(STRETCHES))
def test_whatever_people_do_nothing_gets_stuck(walk: Walk, stretch: int) -> None:
    """Each stretch is walked by other chances. One that fails is walked again by its number; a smaller one could not be looked for,
    because a seed has no smaller seeds."""
    seed = SEED * STRETCHES + stretch
    walk.pick, walk.usual = Random(seed), False
    pick = walk.pick
    openings(walk, every_table())
    for _ in range(STEPS_OF_A_WALK):
        matter = pick.choice(walk.open_matters() or openings(walk, every_table()))
        moves = [s for s in matter.table.steps_from(matter.state) if by_people(s) and s.key not in BUILT_IN_STEPS]
        if pick.random() < 0.15 or not moves:
            walk.wait(pick.randint(1, 20))
        else:
            walk.take(matter, pick.choice(moves))
    for matter in Matter.objects.all():
        assert_sound(matter)
    assert dead_ends(walk) == []
    assert verify_congress(walk.cast.congress) == []
