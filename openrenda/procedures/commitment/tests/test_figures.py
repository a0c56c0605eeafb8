"""The figures of promises add up, and a day once asked answers the same for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.figures import evidence, in_year, read, read_all, split, splits_of
from openrenda.figures.counting import sides
from openrenda.figures.registry import figure
from openrenda.people.organs import merge_organs
from openrenda.procedures.commitment.figures import FIGURES
from tests.cast import Cast
from tests.mechanisms.conftest import Wall
from tests.promises import DENIED, INSPECTED, Promised, another_street, in_days, leaves

Counts = dict[str, tuple[int | None, ...]]


def counts(day: date, year: int = 2026) -> Counts:
    """All figures of the year as of a day."""
    readings = read_all(FIGURES, in_year(year, day))
    return {one.figure.key: tuple(one.count(side) for side in ("part", "whole", "excluded")) for one in readings}


def ledger(cast: Cast, wall: Wall) -> list[date]:
    """Promises of every kind, and the days between."""
    days = []
    kept, denied, open_, later = (Promised(cast, ("一", 10)), Promised(cast, ("二", 20)), Promised(cast, ("三", 200)),
                                  Promised(cast, ("四", 30)))  # fmt: skip
    days.append(timezone.localdate())
    wall.pass_days(5)
    kept.confirmed()
    later.postponed(100)
    open_.take("office", "give", {"street": another_street(cast).pk})
    days.append(timezone.localdate())
    wall.pass_days(20)
    denied.reported().take("chen", "deny", DENIED)
    days.append(timezone.localdate())
    wall.pass_days(10)
    kept.take("chen", "reopen", {"reason": "没有做牢。"})
    days.append(timezone.localdate())
    wall.pass_days(10)
    kept.confirmed()
    merge_organs([cast.organs["roads"]], cast.organs["parks"], on=timezone.localdate(), basis="机构改革方案",
                 by=cast["registrar"], move_seats=False)  # fmt: skip
    days.append(timezone.localdate())
    wall.pass_days(3)
    return days


def test_each_day_keeps_its_numbers(cast: Cast, wall: Wall) -> None:
    """SUG-19: promised, open, overdue, reported, confirmed, postponed and 落实率 as of every day of the story."""
    days = ledger(cast, wall)
    told = [counts(day) for day in days]
    parts = [{key: found[0] for key, found in one.items()} for one in told]
    assert [one["promises"] for one in parts] == [4, 4, 4, 4, 4]
    assert [one["confirmed_promises"] for one in parts] == [0, 1, 1, 0, 1]
    assert [one["open_promises"] for one in parts] == [4, 3, 3, 4, 3]
    assert [one["overdue_promises"] for one in parts] == [0, 0, 1, 2, 1]
    assert [one["postponed_promises"] for one in parts] == [0, 1, 1, 1, 1]
    assert [one["reopened_promises"] for one in parts] == [0, 0, 0, 1, 1]
    assert [one["fulfilment_rate"] for one in told] == [(0, 0, 4), (0, 0, 4), (1, 2, 2), (0, 2, 2), (1, 2, 2)]
    assert told[-1]["fulfilment_satisfaction"] == (1, 2, 0)
    wall.pass_days(400)
    assert [counts(day) for day in days] == told, "a later step changed what was so"
    assert counts(timezone.localdate())["fulfilment_rate"] == (1, 4, 0)
    assert counts(timezone.localdate(), 2027)["promises"][0] == 0, "a promise belongs to the year in which it was made"


def test_parts_lists_and_splits_agree(cast: Cast, wall: Wall) -> None:
    day = ledger(cast, wall)[-1]
    period = in_year(2026, day)
    for reading in read_all(FIGURES, period):
        for side in sides(reading.figure):
            assert evidence(reading.figure, period, side).count() == reading.count(side)
    for key in ("promises", "fulfilment_rate", "overdue_promises"):
        whole = read(figure(key), period)
        for way in splits_of(figure(key)):
            slices = split(figure(key), period, way.key)
            assert sum(piece.reading.part for piece in slices) == whole.part, (key, way.key)
    assert {way.key for way in splits_of(figure("promises"))} == {"organ", "street", "level", "month", "year"}
    levels = {piece.key: piece.reading.part for piece in split(figure("promises"), period, "level")}
    assert levels == {"district": 3, "street": 1}
    organs = [piece.key for piece in split(figure("promises"), in_year(2026, day - timedelta(days=1)), "organ")]
    assert organs == [str(cast.organs["roads"].pk)], "before the merger it was the other organ's"


def test_an_inspection_is_nobody_s_judgement(cast: Cast, wall: Wall) -> None:
    told = Promised(cast, ("一", 5))
    leaves(cast, "chen")
    told.reported().take("office", "pass_to_office")
    told.take("office", "inspect_kept", {**INSPECTED, "held_on": in_days(0)})
    found = counts(timezone.localdate())
    assert (found["confirmed_promises"][0], found["inspected_promises"][0]) == (1, 1)
    assert found["fulfilment_satisfaction"] == (0, 0, 1)


def test_all_figures_cost_two_queries(cast: Cast, wall: Wall, django_assert_max_num_queries: Any) -> None:
    ledger(cast, wall)
    period = in_year(2026, timezone.localdate())
    read_all(FIGURES, period)
    with django_assert_max_num_queries(2):
        read_all(FIGURES, period)
    assert Matter.objects.filter(procedure="commitment").count() == 4
