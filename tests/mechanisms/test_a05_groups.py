"""A05 代表小组编组."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda.figures import in_year, split
from openrenda.figures.registry import figure
from openrenda.people import coverage, rosters
from openrenda.people.models import Group, GroupMembership
from openrenda.people.testing import sit_down
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .gatherings import count, recorded
from .networking import a_station, a_street
from .stage import take

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def a_group(kind: str, name: str, **more: object) -> Group:
    """A group since the term began."""
    return Group.objects.create(kind=kind, name=name, since=BEGAN, **more)


def test_a05_1_a_deputy_sits_in_a_professional_and_in_a_street_group_with_dates(cast: Cast) -> None:
    """Must (1): at once, each from a day to a day."""
    urban, street = (
        a_group("professional", "城建环保小组"),
        a_group("street", "青石街道代表小组", street=cast.organs["street"]),
    )
    for group, until in ((urban, None), (street, datetime.date(2026, 2, 1))):
        GroupMembership.objects.create(group=group, mandate=cast.mandates["chen"], since=BEGAN, until=until)
    january = GroupMembership.objects.on(datetime.date(2026, 1, 15)).filter(mandate=cast.mandates["chen"])
    assert {row.group.kind for row in january} == {"professional", "street"}
    today = GroupMembership.objects.on(DAY).filter(mandate=cast.mandates["chen"])
    assert [row.group.kind for row in today] == ["professional"]


@pytest.mark.parametrize(
    "wanted",
    [{"professional": 40}, {"professional": 7, "squad": 27, "street": 13, "upper": 3}],
    ids=["hongshan-2023-026", "wuchang-2025-007"],
)
def test_a05_2_rosters_reproduce_the_groups_by_type(cast: Cast, wanted: dict[str, int]) -> None:
    """Must (2): 洪山's 40; 武昌's 7 + 27 + 13 + 3. One that was dissolved counts no more."""
    for kind, many in wanted.items():
        for number in range(many):
            a_group(kind, f"{kind}{number}组")
    a_group("street", "撤销的小组", until=datetime.date(2025, 12, 31))
    # The cast has a delegation of its own.
    assert rosters.groups_by_kind(DAY) == wanted | {"delegation": 1}
    assert rosters.groups_by_kind(datetime.date(2025, 12, 31)).get("street", 0) == wanted.get("street", 0) + 1


def test_a05_3_a_street_with_stations_and_no_group_is_a_warning_and_no_failure(cast: Cast, client: Client) -> None:
    """Must (3): 13 street groups for 14 streets; the missing one is named."""
    streets = [a_street(number) for number in range(14)]
    for street in streets:
        a_station(street, f"Z{street.code}")
    for street in streets[:13]:
        a_group("street", f"{street.name}代表小组", street=street)
    covered = coverage.streets_grouped(DAY)
    assert (covered.part, covered.whole, list(covered.lacking)) == (13, 14, [streets[13]])
    sit_down(client, cast.seats["office"])
    assert streets[13].name in client.get(reverse("stations:lacking", args=["groups"])).content.decode()


def test_a05_4_membership_on_a_past_date_is_read_back(cast: Cast) -> None:
    """Must (4): who sat in it then, heads first."""
    group = a_group("professional", "财政经济小组")
    for who, role, since, until in (
        ("chen", "member", BEGAN, None), ("lin", "head", BEGAN, datetime.date(2025, 6, 30)),
        ("zhou", "head", datetime.date(2025, 7, 1), None),
    ):  # fmt: skip
        GroupMembership.objects.create(group=group, mandate=cast.mandates[who], role=role, since=since, until=until)
    then = [row.mandate.person.name for row in rosters.roster(group, datetime.date(2025, 6, 30))]
    assert then == ["林翀", "陈一鸣"]
    assert [row.mandate.person.name for row in rosters.roster(group, DAY)] == ["周䶮", "陈一鸣"]


def test_a05_5_activity_counts_of_a_group_are_sums_of_its_records(cast: Cast) -> None:
    """Must (5): each gathering that names the group; one entered twice counts once."""
    urban, street = a_group("professional", "城建环保小组"), a_group("street", "青石街道代表小组")
    first = recorded(cast, "office", "contact_group", ("chen",), groups=[urban.pk, street.pk])
    recorded(cast, "office", "research", ("lin",), groups=[urban.pk], carried_by="deputies")
    second = recorded(cast, "office", "contact_group", ("chen",), groups=[urban.pk])
    slices = split(figure("group_gatherings"), in_year(2026, timezone.localdate()), "group")
    assert {row.label: row.reading.part for row in slices} == {"城建环保小组": 3, "青石街道代表小组": 1}
    take(cast, first, "office", "merge", {"other": str(second.pk), "repeated": []})
    assert count("group_gatherings") == 3
