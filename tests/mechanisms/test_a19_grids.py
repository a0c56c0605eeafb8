"""A19 网格五员与区块治理员."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from openrenda.people import coverage
from openrenda.people.mandates import end_mandate
from openrenda.people.models import Grid, GridMember, Mandate
from openrenda.web.portal.codes import code_of
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .networking import a_grid, street_of

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a19_1_a_grid_has_a_number_a_governor_and_a_deputy_and_vacancies_are_listed(cast: Cast) -> None:
    """Must (1): whoever leaves office leaves a vacancy."""
    full, empty = a_grid(street_of(cast), "31"), a_grid(street_of(cast), "32", governor="")
    GridMember.objects.create(grid=full, mandate=cast.mandates["chen"], role="opinion", since=BEGAN)
    assert list(coverage.grids_governed(DAY).lacking) == [empty]
    assert list(coverage.grids_with_deputy(DAY).lacking) == [empty]
    end_mandate(cast.mandates["chen"], until=BEGAN, reason="resigned", basis="公告〔2022〕2号")
    assert list(coverage.grids_with_deputy(DAY).lacking) == [full, empty]
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(number="31", name="又一个", street=street_of(cast), since=BEGAN)


def test_a19_2_a_role_is_one_of_five(cast: Cast) -> None:
    """Must (2), the register side: one deputy may hold several of the five, and no sixth."""
    grid = a_grid(street_of(cast))
    for role in ("law", "opinion", "oversight", "livelihood", "mediation"):
        GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role=role, since=BEGAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        GridMember.objects.create(grid=grid, mandate=cast.mandates["chen"], role="sixth", since=BEGAN)


def test_a19_4_the_grid_s_page_shows_residents_their_deputies_with_their_levels(cast: Cast, client: Client) -> None:
    """Must (4): of this congress and of other levels; of her telephone nothing."""
    grid = a_grid(street_of(cast))
    guest = Mandate.guests.get()
    guest.person.phone = "13800000000"
    guest.person.save()
    for mandate in (cast.mandates["chen"], guest):
        GridMember.objects.create(grid=grid, mandate=mandate, role="opinion", since=BEGAN)
    page = client.get(f"/c/{cast.congress.division_code}/grids/{code_of(grid.pk)}/").content.decode()
    for words in (
        "陈一鸣",
        "县、自治县、不设区的市、市辖区人大代表",
        guest.person.name,
        "设区的市、自治州人大代表",
        "社情民意收集员",
    ):
        assert words in page, words
    assert "13800000000" not in page
