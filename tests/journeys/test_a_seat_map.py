"""A seat map from the clerk's desk: drawn, filled, pressed; a member's own sign-in is on it by itself, and the wall has it before the opening."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from openrenda.activities.hall import Sitting
from tests import sittings

from .conftest import Town

pytestmark = pytest.mark.browser


def test_the_clerk_signs_in_by_the_seat_map(town: Town) -> None:
    cast = town.cast
    sitting = sittings.called(cast)
    chen, lin = cast["chen"].name, cast["lin"].name
    office = town.seated("office").go(f"/hall/{sitting.pk}/").follow("座位图")
    office.fill({"座位排列": "2+2"}).press("画座位图").sees("主席台").press("按姓氏笔画排座").sees("未到 3")
    sittings.take(cast, sitting, "office", "begin_sign_in")
    seats = reverse("hall:seats", args=[sitting.pk])
    page = office.go(seats).page
    page.get_by_role("button", name=chen).focus()
    page.keyboard.press("Enter")
    office.sees("已到 1", "在场 1 人")
    sittings.arrive(cast, sitting, "lin")
    office.sees("已到 2", "在场 2 人")
    page.get_by_role("link", name=lin).click()
    office.sees(f"{lin}已到。要记为离席吗？").press("记为离席").sees("离席 1", "在场 1 人")
    seat = page.get_by_role("button", name=lin).bounding_box()
    assert min(seat["width"], seat["height"]) >= 44
    expect(page.locator(".seat-gone")).to_have_count(1)
    town.seated("chen", phone=True).go(seats).sees("您的座位")
    wall = town.browser().go(reverse("hall:wall", args=["990601", Sitting.objects.get(matter=sitting).wall]))
    wall.sees("主席台", chen)
