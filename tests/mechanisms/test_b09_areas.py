"""B09 分片包保与多层次督办."""

from __future__ import annotations

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.models import Organ
from openrenda.procedures.area import AreaStreet
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import BEGAN, Cast

from . import supervising
from .stage import chain, take
from .supervising import in_session, led


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    supervising.people(cast)


def area(cast: Cast, *streets: Organ, **more: object) -> Matter:
    """An area held by the leading member."""
    data = {"title": "一片区", "streets": [street.pk for street in streets], "leading": cast.seats["leader"].pk, **more}
    return docket.open_matter("area", "set_up", by=cast["office"], data=data).matter


def another_street() -> Organ:
    """A second street."""
    return Organ.objects.create(code="street2", name="红岭街道", kind="street", since=BEGAN)


def test_1_each_area_has_a_named_leader(cast: Cast) -> None:
    """Must (1): a leading member, or a leader of the district by name; never both, never nobody."""
    street = cast.organs["street"]
    for wrong in ({"leading": ""}, {"leader_name": "副区长马骁"}):
        with pytest.raises(Incomplete):
            area(cast, street, **wrong)
    made = area(cast, street, leading="", leader_name="副区长马骁")
    assert "副区长马骁" in text(seat(cast, "office").get("/lists/area/"))
    take(
        cast, made, "office", "redraw", {"title": "一片区", "streets": [street.pk], "leading": cast.seats["leader"].pk}
    )
    assert made.area.get().leader_name == cast["leader"].name


def test_1_each_suggestion_belongs_to_at_most_one_area(cast: Cast) -> None:
    """Must (1): because its street does; a street taken out may go to another one."""
    street, other = cast.organs["street"], another_street()
    first = area(cast, street, other)
    with pytest.raises(Refused, match="已经在“一片区”"):
        area(cast, street, title="二片区")
    take(
        cast, first, "office", "redraw", {"title": "一片区", "streets": [other.pk], "leading": cast.seats["leader"].pk}
    )
    second = area(cast, street, title="二片区")
    assert {row.street_id: row.matter_id for row in AreaStreet.objects.all()} == {
        street.pk: second.pk,
        other.pk: first.pk,
    }
    take(cast, second, "office", "dissolve", {"reason": "重新划片"})
    area(cast, street, title="三片区")


def test_2_joint_supervision_shows_the_congress_s_and_the_government_s_person(cast: Cast) -> None:
    """Must (2)."""
    made = led(cast, in_session(cast), government_person="副区长马骁")
    page = text(seat(cast, "chen").get(address(made)))
    assert cast["leader"].name in page
    assert "副区长马骁" in page
    assert "协同督办" in page
    board = area(cast, cast.organs["street"], government_person="副区长马骁")
    assert "协同督办" in text(seat(cast, "government").get(address(board)))


def test_3_the_level_is_part_of_each_entry_and_both_levels_are_linked(cast: Cast) -> None:
    """Must (3): each level keeps its own entry; the second one is linked with the first by itself."""
    way = in_session(cast)
    way.take("street", "supervise", {"street_leader": "街道工委主任何川"})
    street_s = Matter.objects.get(procedure="supervision")
    assert (street_s.supervision.get().level, street_s.supervision.get().leading_name) == ("street", "街道工委主任何川")
    district_s = led(cast, way)
    assert district_s.supervision.get().level == "district"
    assert ("另一层级的督办", address(street_s)) in chain(cast, district_s, "office")
    assert ("另一层级的督办", address(district_s)) in chain(cast, street_s, "street")
    with pytest.raises(Refused, match="街道督办由街道人大工委登记"):
        take(cast, street_s, "office", "close_for", {"closing": "已办"})
    take(cast, street_s, "street", "close_for", {"closing": "街道已协调施划标线。"})
    assert Matter.objects.get(pk=district_s.pk).state == "under_way"
    listed = text(seat(cast, "office").get("/lists/supervision/?level=street"))
    assert "何川" in listed
    assert "街道" in listed


def test_4_leaders_see_a_board_of_their_area_with_open_overdue_and_closed(cast: Cast) -> None:
    """Must (4): each number opens its list; another street's suggestions are not among them."""
    made = area(cast, cast.organs["street"])
    in_session(cast)
    Way(cast, title="关于增设公交站的建议").judged()
    late = in_session(cast, title="关于修补青石路的建议")
    Matter.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timezone.timedelta(days=3))
    Matter.objects.filter(pk=in_session(cast, title="关于别处的建议").pk).first().suggestion.update(
        street=another_street()
    )
    assert made.area.get().board(cast["leader"]) == {"open": 2, "overdue": 1, "closed": 1}
    page = text(seat(cast, "leader").get(address(made)))
    for view, title in (
        ("open", "关于改善学府路"),
        ("late", "关于修补青石路的建议"),
        ("closed", "关于增设公交站的建议"),
    ):
        link = f"/lists/suggestion/?area={made.pk}&amp;view={view}"
        assert link in page
        listed = text(seat(cast, "leader").get(link.replace("&amp;", "&")))
        assert title in listed
        assert "关于别处的建议" not in listed
