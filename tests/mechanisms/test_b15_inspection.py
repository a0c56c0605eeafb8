"""B15 专项督查: an inspection of an area, and what follows from what was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.activities.record import Item
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Organ
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import BEGAN, CONTACT, REPLY, Cast

from . import supervising
from .conftest import Wall
from .stage import chain, page, take
from .supervising import today


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    supervising.people(cast)


def inspection(cast: Cast, *subjects: Matter) -> Matter:
    """An inspection of the street, begun."""
    data = {
        "held_on": today(),
        "place": "青石街道",
        "leading": cast.seats["leader"].pk,
        "streets": [cast.organs["street"].pk],
    }
    matter = docket.open_matter("special-inspection", "plan", by=cast["office"], data=data).matter
    take(cast, matter, "office", "pick", {"suggestions": [subject.pk for subject in subjects]})
    take(cast, matter, "office", "begin", {"members": [cast.seats["leader"].pk], "deputies": [cast.mandates["lin"].pk]})
    return Matter.objects.get(pk=matter.pk)


def mark(cast: Cast, matter: Matter, subject: Matter, outcome: str, **more: str) -> None:
    """What was found of one suggestion."""
    row = Item.objects.get(matter=matter, subject=subject)
    take(
        cast,
        matter,
        "office",
        "mark",
        {"item": str(row.pk), "outcome": outcome, "text": "标线已经磨掉，车辆照旧占道。", **more},
    )


def rate(day: date) -> tuple[int, int]:
    """The solved rate as known on a day: solved, of how many."""
    reading = read(figure("solved_rate"), in_year(day.year, day))
    assert reading.whole is not None
    return reading.part, reading.whole


def test_2_an_inspection_covers_a_set_area_and_marks_each_item(cast: Cast) -> None:
    """Must (2): only what was answered in the area can be chosen, and none may be left unmarked."""
    one, two = Way(cast).judged(), Way(cast, title="关于增设公交站的建议").judged()
    elsewhere = Way(cast, title="关于别处的建议").judged()
    elsewhere.matter.suggestion.update(
        street=Organ.objects.create(code="s2", name="红岭街道", kind="street", since=BEGAN)
    )
    with pytest.raises(Incomplete):
        inspection(cast, elsewhere.matter)
    matter = inspection(cast, one.matter, two.matter)
    assert matter.activity.get().area_name == "青石街道"
    mark(cast, matter, one.matter, "confirmed")
    with pytest.raises(Refused, match="还没有登记结果"):
        take(cast, matter, "office", "close")
    mark(cast, matter, two.matter, "confirmed")
    take(cast, matter, "office", "close")
    assert Matter.objects.get(pk=one.pk).state == "closed"
    assert "参加专项督查" in text(seat(cast, "lin").get("/duty/"))
    year = in_year(timezone.localdate().year, timezone.localdate())
    assert (read(figure("inspected_confirmed"), year).part, read(figure("inspected"), year).part) == (2, 2)


def test_2_the_area_of_a_leader_can_be_inspected(cast: Cast) -> None:
    """Must (2): a drawn area or named streets, one of the two."""
    way = Way(cast).judged()
    area = docket.open_matter("area", "set_up", by=cast["office"], data={
        "title": "一片区", "streets": [cast.organs["street"].pk], "leading": cast.seats["leader"].pk,
    }).matter  # fmt: skip
    data: dict[str, Any] = {"held_on": today(), "place": "青石街道"}
    for wrong in ({}, {"area": area.pk, "streets": [cast.organs["street"].pk]}):
        with pytest.raises(Incomplete):
            docket.open_matter("special-inspection", "plan", by=cast["office"], data=data | wrong)
    matter = docket.open_matter("special-inspection", "plan", by=cast["office"], data=data | {"area": area.pk}).matter
    take(cast, matter, "office", "pick", {"suggestions": [way.pk]})
    assert matter.activity.get().area_name == "一片区"


def test_3_closed_but_not_confirmed_is_reopened_and_both_facts_stay(cast: Cast, wall: Wall) -> None:
    """Must (3): with a clock; reply and judgement stay, on the suggestion's page and on the inspection's."""
    way = Way(cast).judged()
    wall.pass_days(30)
    matter = inspection(cast, way.matter)
    mark(cast, matter, way.matter, "not_confirmed")
    again = Matter.objects.get(pk=way.pk)
    assert (again.state, again.closed_on) == ("rehandling", None)
    assert [clock["label"] for clock in page(cast, again, "roads_clerk")["clocks"]] == ["重新办理期限"]
    assert docket.inbox(cast["roads_clerk"]).filter(pk=way.pk).exists()
    shown = text(seat(cast, "chen").get(address(again)))
    assert "已设置临时停靠区并调整配时。" in shown
    assert "标线已经磨掉" in shown
    found = text(seat(cast, "office").get(address(matter)))
    assert "核查前：已办结" in found
    assert "现场不属实" in found
    assert ("督办", address(matter)) in chain(cast, again, "office")


def test_3_not_confirmed_and_not_closed_is_its_organ_s_to_put_right(cast: Cast) -> None:
    """A problem with an owner and a day: the department rectifies, and the deputies' office checks."""
    way = Way(cast).replied()
    matter = inspection(cast, way.matter)
    mark(cast, matter, way.matter, "not_confirmed", due_on=supervising.after(20))
    assert Matter.objects.get(pk=way.pk).state == "replied"
    task = Matter.objects.get(procedure="rectification", parent=matter)
    record = task.rectification.get()
    assert (record.organ, record.source, record.due_on.isoformat()) == (
        cast.organs["roads"], "inspection", supervising.after(20),
    )  # fmt: skip
    assert docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists()


def test_3_today_s_rate_changes_and_a_published_one_does_not(cast: Cast, wall: Wall) -> None:
    """Must (3): as known on an earlier day the suggestion was solved; today it is not, until it is answered again."""
    way = Way(cast).judged()
    published = timezone.localdate()
    assert rate(published) == (1, 1)
    wall.pass_days(30)
    way.take("office", "reopen", {"reason": "现场不属实"})
    assert (rate(timezone.localdate()), rate(published)) == ((0, 1), (1, 1))
    wall.pass_days(5)
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": today()})
    way.take("roads_clerk", "draft_second_reply", {**REPLY, "done": "改用热熔标线。"})
    way.take("roads_chief", "sign_second_reply")
    way.take("chen", "judge_second", {"attitude": "satisfied", "result": "satisfied"})
    assert way.matter.state == "closed"
    assert [row.round for row in way.matter.replies.order_by("round")] == [1, 2]
    assert [row.round for row in way.matter.judgements.order_by("round")] == [1, 2]
    days = [published, published + timedelta(days=31), timezone.localdate()]
    assert [rate(day) for day in days] == [(1, 1), (0, 1), (1, 1)]
    judged, closed = ([read(figure(key), in_year(day.year, day)).part for day in days] for key in ("judged", "closed"))
    assert (judged, closed) == ([1, 1, 1], [1, 0, 1])


def test_3_it_may_be_reopened_more_than_once(cast: Cast, wall: Wall) -> None:
    """Must (3): every round keeps its reply, whatever was answered before."""
    way = Way(cast).judged()
    for number in (2, 3):
        way.take("office", "reopen", {"reason": "现场不属实"})
        way.take("roads_clerk", "contact", {**CONTACT, "held_on": today()})
        way.take(
            "roads_clerk",
            "draft_second_reply",
            {**REPLY, "result_class": "AB"[number % 2], "done": f"第{number}次办理。", **_promise()},
        )
        way.take("roads_chief", "sign_second_reply")
        way.take("chen", "judge_second", {"attitude": "satisfied", "result": "satisfied"})
        wall.pass_days(10)
    assert [row.round for row in way.matter.replies.order_by("round")] == [1, 2, 3]
    first = date(2026, 3, 2)
    assert [rate(first + timedelta(days=days)) for days in (0, 10, 20)] == [(1, 1), (0, 1), (0, 1)]


def _promise() -> dict[str, str]:
    return {"promise_1": "更换标线", "promise_1_who": "科长", "promise_1_by": supervising.after(90)}


def test_only_the_office_or_an_inspection_reopens(cast: Cast) -> None:
    way = Way(cast).judged()
    for who in ("chen", "roads_chief", "leader"):
        with pytest.raises((Refused, NotVisible)):
            way.take(who, "reopen", {"reason": "不属实"})
    assert way.matter.state == "closed"
