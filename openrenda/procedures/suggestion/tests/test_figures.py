"""The figures of suggestions hold together whatever happens, and a day once asked answers the same for ever (SUG-19, B16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from openrenda.figures import PART, WHOLE, Period, evidence, in_year, read, read_all, split, splits_of
from openrenda.figures.counting import sides
from openrenda.figures.language import EXCLUDED, SIDES
from openrenda.figures.registry import figure
from openrenda.procedures.suggestion.figures import FIGURES
from openrenda.tenancy import congress_scope

from .figure_stage import FIRST_DAY, Wanderers, as_of

SEEDS = (1, 2)
ROUNDS, STEPS_A_ROUND = 48, 8
OUT_OF_LATENESS = ("withdraw", "grant_extension", "extend", "merge", "unmerge")
# Steps that figures depend on. Which of them a walk meets hangs on the order of random keys as well as on its seed.
TELLING = {"merge", "assign_separately", "decline", "grant_extension", "sign_reply", "reject", "publish"}
MOST_TELLING = 5
Numbers = dict[str, tuple[Any, ...]]


def numbers(period: Period) -> Numbers:
    """Every number of every figure."""
    return {each.figure.key: (each.part, each.whole, each.excluded) for each in read_all(FIGURES, period)}


@pytest.fixture
def wall() -> Iterator[time_machine.Coordinates]:
    """The clock on the wall, at nine on the first day."""
    with time_machine.travel(timezone.make_aware(datetime.combine(FIRST_DAY, time(9, 0))), tick=False) as clock:
        yield clock


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_figures_hold_together(db: None, wall: time_machine.Coordinates, seed: int) -> None:
    """Months of steps in any order the law allows; the numbers fit each other on every day and stay what they were."""
    walk = Wanderers(seed, wall)
    asked: dict[date, Numbers] = {}
    with congress_scope(walk.cast.congress):
        for number in range(ROUNDS):
            if number % 12 == 0:
                walk.raise_one()
                walk.raise_one()
            for _step in range(STEPS_A_ROUND):
                walk.wander()
            if number % 9 == 0:
                asked[walk.day] = numbers(as_of(walk.day))
                walk.pass_days(1)
            walk.pass_days(walk.pick.choice((0, 1, 3, 9)))
        assert len(walk.taken & TELLING) >= MOST_TELLING, "the walk was too narrow to tell anything"
        for day, then in asked.items():
            assert numbers(as_of(day)) == then, f"{day}: a later step changed what was so"
            add_up(then)
        lists_are_what_was_counted(as_of(walk.day - timedelta(days=40)))
        splits_add_up(as_of(walk.day))
        organs_read_their_own(walk)


def add_up(then: Numbers) -> None:
    """What belongs together sums: 大会和闭会, 已答复和未答复, 评价和未评价."""
    part = {key: values[0] for key, values in then.items()}
    assert part["received"] == part["in_session"] + part["between_sessions"] + part["time_unknown"]
    assert part["answered"] + part["not_answered"] == then["answer_rate"][1]
    assert then["answer_rate"][1] + then["answer_rate"][2] == part["assigned"]
    assert part["answered"] == part["judged"] + part["silent"] + part["not_yet_judged"]
    assert then["satisfaction_first"][1] == then["satisfaction_first"][0] + part["not_satisfied"]
    assert then["in_time_rate"][1] == then["in_time_rate"][0] + part["late"]
    for key in ("satisfaction", "in_time_rate", "solved_rate", "response_rate"):
        assert part["answered"] <= then[key][1] + then[key][2]


def lists_are_what_was_counted(period: Period) -> None:
    """Count == list; part ⊆ whole; nothing is both counted and left out."""
    for reading in read_all(FIGURES, period):
        rows = {
            side: set(evidence(reading.figure, period, side).values_list("pk", flat=True))
            for side in sides(reading.figure)
        }
        assert {side: reading.count(side) for side in rows} == {side: len(found) for side, found in rows.items()}
        assert rows[PART] <= rows.get(WHOLE, rows[PART])
        assert not rows.get(EXCLUDED, set()) & rows.get(WHOLE, set())


def splits_add_up(period: Period) -> None:
    """T15: by field, street and session the rows sum to the figure; nobody's name is a way to divide one."""
    for key in ("answered", "in_time_rate"):
        whole = read(figure(key), period)
        for way in ("category", "street", "session", "month", "year"):
            slices = split(figure(key), period, way)
            for side in sides(whole.figure):
                assert sum(piece.reading.count(side) or 0 for piece in slices) == whole.count(side), (key, way)
    for one in FIGURES:
        assert not {"deputy", "person", "sponsor"} & {way.key for way in splits_of(one)}


def organs_read_their_own(walk: Wanderers) -> None:
    """What an organ reads of itself is its row in the split; organs stand in the order of the register."""
    order = [str(walk.cast.organs[code].pk) for code in ("parks", "roads")]
    for key in ("answered", "in_time_rate", "promises"):
        slices = [piece for piece in split(figure(key), as_of(walk.day), "organ") if piece.key in order]
        assert [piece.key for piece in slices] == [pk for pk in order if pk in {piece.key for piece in slices}]
        for piece in slices:
            organ = next(row for row in walk.cast.organs.values() if str(row.pk) == piece.key)
            mine = read(figure(key), as_of(walk.day), [organ.pk])
            assert [mine.count(side) for side in SIDES] == [piece.reading.count(side) for side in SIDES]


@pytest.mark.slow
def test_a_late_answer_never_lowers_lateness(db: None, wall: time_machine.Coordinates) -> None:
    """REP-05: answered late is late, as overdue was. Only withdrawal, more time and a merger change it."""
    walk = Wanderers(5, wall)
    with congress_scope(walk.cast.congress):
        for _each in range(6):
            walk.raise_one()
        before = 0
        for step in range(160):
            key = walk.wander()
            walk.pass_days(4 if step % 2 else 0)
            if not key:
                continue
            late = read(figure("late"), as_of(walk.day)).part
            assert key in OUT_OF_LATENESS or before <= late, key
            before = late
        assert before > 0


def test_a_figure_costs_the_same_queries_however_much_there_is(
    db: None, wall: time_machine.Coordinates, django_assert_max_num_queries: Any
) -> None:
    """All figures: one query a population, and three for what has moved since an earlier day. A split: one and its labels."""
    walk = Wanderers(7, wall)
    with congress_scope(walk.cast.congress):
        for _each in range(5):
            walk.raise_one()
            walk.pass_days(2)
        period = in_year(FIRST_DAY.year, walk.day)
        read_all(FIGURES, period)
        with django_assert_max_num_queries(4):
            read_all(FIGURES, period)
        for way in splits_of(figure("in_time_rate")):
            with django_assert_max_num_queries(2):
                split(figure("in_time_rate"), period, way.key)
