"""A04 三联一共: what one street offers and another books."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openrenda import docket
from openrenda.activities.record import SharedResource
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.people.testing import sit_down
from tests.cast import Cast, _sit
from tests.matrix.examples.shared_resource import people as another_street

from .conftest import Wall
from .gatherings import count
from .stage import take
from .supervising import after, today


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def offered(cast: Cast, who: str = "street", title: str = "多功能厅", kind: str = "venue") -> Matter:
    """A street offers something."""
    another_street(cast)
    data = {"title": title, "kind": kind, "text": "可容纳八十人，有投影。", "times": "工作日"}
    return docket.open_matter("shared-resource", "offer", by=cast[who], data=data).matter


def booked(cast: Cast, resource: Matter, who: str = "other_street", **more: Any) -> Matter:
    """Another street asks for it."""
    row = SharedResource.objects.get(matter=resource)
    data = {"resource": row.pk, "held_on": after(5), "part": "morning", "purpose": "代表小组学习", **more}
    return docket.open_matter("resource-booking", "ask", by=cast[who], data=data).matter


def test_a04_4_a_streets_resources_are_visible_to_another_street(cast: Cast, client: Client) -> None:
    """Must (4): venue and expert stand in the other street's list; who takes no part in a booking does not see it."""
    hall = offered(cast)
    offered(cast, title="物业管理专家", kind="expert")
    sit_down(client, cast.seats["other_street"])
    shown = client.get(reverse("web:list", args=["shared-resource"])).content.decode()
    assert "多功能厅" in shown
    assert "物业管理专家" in shown
    assert client.get(reverse("web:matter", args=[hall.pk])).status_code == 200
    sit_down(client, cast.seats["roads_clerk"])
    assert client.get(reverse("web:matter", args=[hall.pk])).status_code == 404
    assert count("shared_resources") == 2


def test_a04_4_another_street_books_it_and_nobody_is_promised_what_is_taken(cast: Cast, client: Client) -> None:
    """Must (4): asked, agreed; a part of the day that is taken is refused, and free again once cancelled."""
    hall = offered(cast)
    made = booked(cast, hall)
    for part in ("morning", "day"):
        with pytest.raises(Refused, match="已经有预约"):
            booked(cast, hall, part=part)
    booked(cast, hall, part="evening")
    with pytest.raises(Refused, match="同意预约由"):
        take(cast, made, "other_street", "agree")
    take(cast, made, "street", "agree")
    sit_down(client, cast.seats["street"])
    assert "白石街道" in client.get(reverse("web:matter", args=[hall.pk])).content.decode()
    take(cast, made, "other_street", "cancel", {"reason": "活动改期。"})
    again = booked(cast, hall)
    take(cast, again, "street", "decline", {"reason": "当天检修。"})
    booked(cast, hall)


def test_a04_4_its_own_and_what_is_withdrawn_is_not_to_be_booked(cast: Cast) -> None:
    """Must (4): what one has needs no booking; a day that is over neither."""
    hall = offered(cast)
    for who, more in (("street", {}), ("other_street", {"held_on": "2026-03-01"})):
        with pytest.raises(Incomplete):
            booked(cast, hall, who, **more)
    take(cast, hall, "street", "withdraw", {"reason": "改作他用。"})
    with pytest.raises(Incomplete):
        booked(cast, hall)


def test_a04_4_what_was_used_is_counted_and_a_third_street_sees_no_booking(cast: Cast, wall: Wall) -> None:
    """Must (4): by the day of use, agreed and not cancelled."""
    hall = offered(cast)
    made = booked(cast, hall, held_on=today())
    take(cast, made, "street", "agree")
    booked(cast, hall, held_on=today(), part="evening")
    assert count("resource_bookings") == 1
    third = cast.organs["committee"]
    _sit(cast, "third", "street_reviewer", "organ", third.pk, "第三街道人大工委")
    with pytest.raises(NotVisible):
        take(cast, made, "third", "cancel", {"reason": "无关"})
