"""A04 三联一共."""

from __future__ import annotations

import pytest

from openrenda.activities.gathering.records import Tag
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.models import Organ
from openrenda.web.tests.stage import address, seat, text
from tests.cast import BEGAN, Cast

from .conftest import Wall
from .gatherings import a_group, recorded, second_street
from .networking import street_of


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a04_1_linkages_are_from_a_closed_list_and_resources_are_kept(cast: Cast) -> None:
    """Must (1)."""
    with pytest.raises(Incomplete):
        recorded(cast, linkages=["somehow"])
    streets = [street_of(cast).pk, second_street().pk]
    made = recorded(cast, linkages=["street_and_street"], organs=streets, resources="会议室\n专家库")
    assert set(Tag.objects.filter(matter=made).values_list("kind", "value")) == {
        ("linkage", "street_and_street"), ("resource", "会议室"), ("resource", "专家库"),
    }  # fmt: skip
    page = text(seat(cast, "office").get(address(made)))
    assert "街街联动" in page
    assert "专家库" in page


def test_a04_2_four_levels_need_two_and_the_missing_ones_are_named(cast: Cast) -> None:
    """Must (2)."""
    with pytest.raises(Refused, match="还没有到场的有：全国代表、省代表、市代表、乡镇代表"):
        recorded(cast, linkages=["four_levels"])
    assert recorded(cast, linkages=["four_levels"], company="市代表 市代表组 2").state == "held"


def test_a04_3_committee_with_group_and_street_with_street(cast: Cast) -> None:
    """Must (3)."""
    urban = Organ.objects.create(code="urban", name="城建环保工作委员会", kind="congress_committee", since=BEGAN)
    group = a_group()
    for there in ({"organs": [urban.pk]}, {"groups": [group.pk]}):
        with pytest.raises(Refused, match="须有一个专工委和一个专业代表小组"):
            recorded(cast, linkages=["committee_and_group"], **there)
    assert recorded(cast, linkages=["committee_and_group"], organs=[urban.pk], groups=[group.pk]).state == "held"
    with pytest.raises(Refused, match="须有两个以上街道"):
        recorded(cast, linkages=["street_and_street"], organs=[street_of(cast).pk])
