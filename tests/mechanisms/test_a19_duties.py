"""A19 网格五员与区块治理员: what is done in the grid, and what its governor raises."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete
from openrenda.figures import in_year, split
from openrenda.figures.registry import figure
from openrenda.people.models import Grid, GridMember
from openrenda.procedures.grid_duties import GridDuty
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .gatherings import count, recorded
from .networking import a_grid, street_of
from .new_duties import dispute
from .opining import entered
from .stage import page, take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def by_role() -> dict[str, int]:
    """Duties of the year by role."""
    slices = split(figure("grid_duties"), in_year(2026, timezone.localdate()), "role")
    return {row.key: row.reading.part for row in slices if row.reading.part}


def test_a19_2_a_duty_record_in_the_grid_carries_one_of_the_five_roles(cast: Cast) -> None:
    """Must (2): a grid without a role, and a role without a grid, are refused; each deputy who came has a row."""
    grid = a_grid(street_of(cast))
    for missing in ({"grid": grid.pk}, {"grid_role": "law"}):
        with pytest.raises(Incomplete):
            recorded(cast, "chen", "contact_group", ("chen",), **missing)
    recorded(cast, "chen", "contact_group", ("chen", "lin"), grid=grid.pk, grid_role="law")
    assert set(GridDuty.objects.values_list("name", "role", "grid__number")) == {
        ("陈一鸣", "law", "31"),
        ("林翀", "law", "31"),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        GridDuty.objects.filter(name="林翀").update(role="sixth")


def test_a19_2_counts_by_role_come_from_the_records_themselves(cast: Cast) -> None:
    """Must (2): gatherings, opinions collected and disputes mediated; a gathering entered twice counts once."""
    grid = a_grid(street_of(cast))
    first = recorded(cast, "chen", "contact_group", ("chen",), grid=grid.pk, grid_role="livelihood")
    second = recorded(cast, "lin", "contact_group", ("chen",), grid=grid.pk, grid_role="livelihood")
    entered(cast, "chen", grid=grid.pk, channel="visit")
    dispute(cast, grid=grid.pk)
    assert by_role() == {"opinion": 1, "livelihood": 2, "mediation": 1}
    take(cast, first, "chen", "merge", {"other": str(second.pk), "repeated": []})
    assert (by_role(), count("grid_duties")) == ({"opinion": 1, "livelihood": 1, "mediation": 1}, 3)


def test_a19_3_a_governor_raises_a_matter_to_the_blocks_deputy_and_both_see_its_state(cast: Cast) -> None:
    """Must (3): whoever collects opinions in the block receives it; both pages say the same at every step."""
    (holder,) = cast["governor"].holders
    block = Grid.objects.create(
        pk=holder, number="31", name="31号区块", street=street_of(cast), governor="何平", since=BEGAN
    )
    GridMember.objects.create(grid=block, mandate=cast.mandates["lin"], role="law", since=BEGAN)
    GridMember.objects.create(grid=block, mandate=cast.mandates["chen"], role="opinion", since=BEGAN)
    made = entered(cast, "governor", text="求子桥没有路灯。")
    record = made.opinion.get()
    assert (record.grid, record.deputy) == (block, cast.mandates["chen"])
    assert made.parties.get(role="receiver").holder == cast.mandates["chen"].pk
    for who, step, data in (
        ("street", "sort", {"nature": "trouble", "level": "district"}), ("office", "hand", {"organ": cast.organs["roads"].pk}),
    ):  # fmt: skip
        take(cast, made, who, step, data)
        states = {page(cast, made, who)["state"] for who in ("governor", "chen")}
        assert len(states) == 1
    assert Matter.objects.get(pk=made.pk).state == "handling"


def test_a19_3_without_a_deputy_in_the_block_it_goes_to_the_street_alone(cast: Cast) -> None:
    """Must (3): the vacancy is listed elsewhere (A19 (1)); the matter is not lost."""
    (holder,) = cast["governor"].holders
    Grid.objects.create(pk=holder, number="31", name="31号区块", street=street_of(cast), governor="何平", since=BEGAN)
    made = entered(cast, "governor")
    assert (made.opinion.get().deputy, made.state) == (None, "received")
