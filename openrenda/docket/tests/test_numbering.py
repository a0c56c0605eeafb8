"""Official numbers: one after another, none twice, none left out."""

from __future__ import annotations

import pytest
from django.db import transaction

from openrenda.docket.models import Matter, Series
from openrenda.docket.numbering import take
from openrenda.docket.refusals import Incomplete
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from .stage import Stage, performance
from .threads import at_once

TAKERS = 50


def test_numbers_follow_one_another_in_each_series_of_each_congress(stage: Stage) -> None:
    other = Congress.objects.create(division_code="990203", name="丙", short_name="丙", level="county")
    first, second = stage.congress.pk, other.pk
    assert [take(first, "a"), take(first, "a"), take(first, "b"), take(second, "a"), take(first, "a")] == [
        1,
        2,
        1,
        1,
        3,
    ]


def test_a_rolled_back_step_gives_its_number_back(stage: Stage) -> None:
    def taken_and_lost() -> int:
        with transaction.atomic():
            number = take(stage.congress.pk, "a")
            raise RuntimeError(number)

    assert take(stage.congress.pk, "a") == 1
    for _ in range(3):
        with pytest.raises(RuntimeError, match="2"):
            taken_and_lost()
    assert take(stage.congress.pk, "a") == 2


def test_a_refused_opening_takes_no_number(stage: Stage) -> None:
    stage.open()
    with pytest.raises(Incomplete):
        stage.open(title="")
    assert stage.open().number == "信〔2〕"
    assert Series.objects.get().last == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_gap_and_no_duplicate() -> None:
    with performance() as stage:

        def open_one(number: int) -> object:
            with congress_scope(stage.congress):
                return stage.open(title=f"第{number}封").number

        numbers = at_once(TAKERS, open_one)
        assert sorted(numbers) == sorted(f"信〔{number}〕" for number in range(1, TAKERS + 1))
        assert Series.objects.get().last == Matter.objects.count() == TAKERS
