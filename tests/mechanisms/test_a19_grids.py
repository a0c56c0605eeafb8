"""A19 网格五员与区块治理员."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from openrenda.people import coverage
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Grid, GridMember
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .networking import a_grid, street_of

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_1_a_grid_has_a_number_a_governor_and_a_deputy_and_vacancies_are_listed(cast: Cast) -> None:
    """Must (1): whoever leaves office leaves a vacancy."""
    full, empty = a_grid(street_of(cast), "31"), a_grid(street_of(cast), "32", governor="")
    GridMember.objects.create(grid=full, mandate=cast.mandates["chen"], role="opinion", since=BEGAN)
    assert list(coverage.grids_governed(DAY).lacking) == [empty]
    assert list(coverage.grids_with_deputy(DAY).lacking) == [empty]
    end_mandate(cast.mandates["chen"], until=BEGAN, reason="resigned", basis="公告〔2022〕2号")
    assert list(coverage.grids_with_deputy(DAY).lacking) == [full, empty]
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(number="31", name="又一个", street=street_of(cast), since=BEGAN)


def test_2_a_role_is_one_of_five(cast: Cast) -> None:
    """Must (2), the register side: one deputy may hold several of the five, and no sixth."""
    grid = a_grid(street_of(cast))
    for role in ("law", "opinion", "oversight", "livelihood", "mediation"):
        GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role=role, since=BEGAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role="sixth", since=BEGAN)
