"""J07 专工委工作协调机制: the split of a task, the joint calendar with its warnings, the load of each committee, and its year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.activities.engagements import crowded, engagements, in_the_week, monday
from openrenda.activities.joint import CommitteeDay, CommitteePart, CommitteeWork
from openrenda.docket.models import Matter, Party
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation
from openrenda.people.models import Group, Organ, Session
from openrenda.people.testing import sit_down
from openrenda.web.committees.load import years_of
from tests import sittings
from tests.cast import BEGAN, Cast, _sit

from .conftest import Wall
from .gatherings import count, recorded
from .stage import take
from .supervising import FOLLOW, after, in_session, led, today

NAMES = {"urban": "城建环保委", "social": "社会建设委", "finance": "财政经济委"}


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


@pytest.fixture
def three(cast: Cast) -> dict[str, Organ]:
    """Three committees, each with its head."""
    found = {}
    for position, (code, name) in enumerate(NAMES.items()):
        found[code] = Organ.objects.create(
            code=code, name=name, kind="congress_committee", since=BEGAN, position=position
        )
        _sit(cast, code, "leader", "organ", found[code].pk, f"{name}主任委员")
    return found


def task(cast: Cast, three: dict[str, Organ], *assisting: str, lead: str = "urban", **more: Any) -> Matter:
    """A joint task."""
    data = {
        "title": "夜间经济调研", "text": "涉及城管、就业和税收。", "lead": three[lead].pk, "assisting": [three[one].pk for one in assisting],
    }  # fmt: skip
    return docket.open_matter("committee-task", "set_up", by=cast["office"], data=data | more).matter


def arranged(
    cast: Cast, matter: Matter, three: dict[str, Organ], who: str = "urban", days: int = 0, unit: str = "roads"
) -> CommitteeDay:
    """An activity so many days ahead."""
    data = {
        "what": f"{NAMES[who]}走访",
        "unit": cast.organs[unit].pk,
        "held_on": after(days),
        "committee": three[who].pk,
    }
    known = list(CommitteeDay.objects.values_list("pk", flat=True))
    take(cast, matter, who, "arrange", data)
    return CommitteeDay.objects.exclude(pk__in=known).get()


def held(cast: Cast, matter: Matter, row: CommitteeDay, three: dict[str, Organ], *who: str) -> None:
    """It took place."""
    told = {"day": str(row.pk), "committees": [str(three[one].pk) for one in who], "text": "看了三处。"}
    take(cast, matter, "urban", "hold", told)


def advice(cast: Cast, matter: Matter, who: str, step: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the form says while it is filled in."""
    situation = Situation(Matter.objects.get(pk=matter.pk), cast[who])
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    form = matter.table.step(step).records(sent, situation=situation)  # type: ignore[misc]
    return form.advice()  # type: ignore[no-any-return]


def page(client: Client, cast: Cast, who: str, name: str, *args: Any, **asked: Any) -> str:
    """A page as somebody reads it."""
    sit_down(client, cast.seats[who])
    return client.get(reverse(name, args=args), asked).content.decode()


# (1) one lead, any number of assisting committees


def test_j07_1_one_leads_and_any_number_assist(cast: Cast, three: dict[str, Organ]) -> None:
    """Each sees it as a party; nobody may lead and assist, and the database itself refuses a second lead."""
    matter = task(cast, three, "social", "finance")
    parts = CommitteePart.objects.filter(matter=matter, until=None)
    assert {(row.committee.code, row.leads) for row in parts} == {
        ("urban", True),
        ("social", False),
        ("finance", False),
    }
    roles = Party.objects.filter(matter=matter, until=None).values_list("role", "name")
    assert set(roles) == {("lead_committee", "城建环保委"), ("assisting", "社会建设委"), ("assisting", "财政经济委")}
    assert task(cast, three).committee_task.get().lead == three["urban"]
    with pytest.raises(Incomplete):
        task(cast, three, "urban")
    with pytest.raises(Incomplete):
        task(cast, three, lead="urban", due_on=after(-1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteePart.objects.create(matter=matter, committee=cast.organs["roads"], leads=True, since=BEGAN)


def test_j07_1_each_committee_knows_its_part_and_only_the_lead_divides(cast: Cast, three: dict[str, Organ]) -> None:
    """The split is the task's first output."""
    matter = task(cast, three, "social")
    told = {"committee": str(three["social"].pk), "part": "摸清就业人数。", "due_on": after(20)}
    take(cast, matter, "urban", "divide", told)
    assert CommitteePart.objects.get(matter=matter, leads=False).part == "摸清就业人数。"
    with pytest.raises(docket.refusals.Refusal):
        take(cast, matter, "social", "divide", told)
    with pytest.raises(Incomplete):
        take(cast, matter, "urban", "divide", {**told, "committee": str(three["finance"].pk)})


def test_j07_1_another_split_ends_the_parts_that_left_and_keeps_the_others(
    cast: Cast, three: dict[str, Organ], wall: Wall
) -> None:
    """Whoever led and now assists has both in its year."""
    matter = task(cast, three, "social")
    take(cast, matter, "urban", "divide", {"committee": str(three["social"].pk), "part": "摸清就业人数。"})
    wall.pass_days(7)
    change = {"lead": three["finance"].pk, "assisting": [three["urban"].pk, three["social"].pk], "reason": "侧重税收"}
    take(cast, matter, "office", "change", change)
    now = {(row.committee.code, row.leads, row.part) for row in CommitteePart.objects.filter(matter=matter, until=None)}
    assert now == {("finance", True, ""), ("urban", False, ""), ("social", False, "摸清就业人数。")}
    assert CommitteePart.objects.get(matter=matter, leads=True, until__isnull=False).committee == three["urban"]
    assert matter.committee_task.get().lead == three["finance"]
    take(cast, matter, "finance", "divide", {"committee": str(three["urban"].pk), "part": "现场察看。"})


# (2) two activities for the same unit in the same week are warned of


def test_j07_2_the_form_warns_and_bars_nothing(cast: Cast, three: dict[str, Organ], client: Client) -> None:
    """Within the same Monday to Sunday, at the same unit; the week after is none of it."""
    matter, other = task(cast, three), task(cast, three, lead="social")
    first = arranged(cast, other, three, "social", days=6)
    typed = {"unit": str(cast.organs["roads"].pk), "held_on": today()}
    found = advice(cast, matter, "urban", "arrange", typed)
    assert [one.key for one in found["others"]] == [first.pk]
    assert found["asked"]
    assert advice(cast, matter, "urban", "arrange", {**typed, "held_on": after(7)})["others"] == []
    assert advice(cast, matter, "urban", "arrange", {**typed, "unit": str(cast.organs["parks"].pk)})["others"] == []
    assert advice(cast, matter, "urban", "arrange", {**typed, "unit": "x"}) == {"asked": False, "others": []}
    sit_down(client, cast.seats["urban"])
    piece = client.post(reverse("web:advice", args=[matter.pk, "arrange"]), typed, headers={"HX-Request": "true"})
    assert "社会建设委走访" in piece.content.decode()
    assert arranged(cast, matter, three, days=2).held_on.isoformat() == after(2)


def test_j07_2_the_pages_say_so_until_one_is_moved_or_called_off(
    cast: Cast, three: dict[str, Organ], client: Client
) -> None:
    """On the task and in the joint calendar; what is moved is not warned of itself."""
    matter, other = task(cast, three), task(cast, three, lead="social")
    first = arranged(cast, matter, three, days=1)
    second = arranged(cast, other, three, "social", days=3)
    assert "同一周，区交通运输局还有" in page(client, cast, "urban", "web:matter", matter.pk)
    calendar = page(client, cast, "office", "committees:calendar")
    assert "同一周到同一单位 1 处" in calendar
    assert "区交通运输局另有 1 次" in calendar
    move = {"day": str(second.pk), "held_on": after(9)}
    assert advice(cast, other, "social", "move", {**move, "held_on": after(4)})["others"][0].key == first.pk
    assert advice(cast, other, "social", "move", move) == {"asked": True, "others": []}
    take(cast, other, "social", "move", move)
    assert "同一周到同一单位" not in page(client, cast, "office", "committees:calendar")
    third = arranged(cast, matter, three, days=10)
    assert "同一周到同一单位 1 处" in page(client, cast, "office", "committees:calendar")
    take(cast, matter, "urban", "call_off", {"day": str(third.pk), "reason": "并入社建委的活动"})
    assert "同一周到同一单位" not in page(client, cast, "office", "committees:calendar")


def test_j07_2_what_is_entered_already_counts_too(cast: Cast, three: dict[str, Organ]) -> None:
    """A sitting that hears the unit, a gathering it came to, and supervision on site; nothing is entered for the calendar."""
    roads = cast.organs["roads"]
    sitting = sittings.called(cast, "听取道路养护报告", days=5)
    take(cast, sitting, "office", "change_item", {
        "item": str(sitting.items.get().pk), "kind": "report", "title": "听取道路养护报告", "organ": roads.pk,
    })  # fmt: skip
    recorded(cast, "office", "contact_group", ("chen",), organs=[roads.pk, three["finance"].pk])
    supervised = led(cast, in_session(cast))
    take(cast, supervised, "office", "follow", {**FOLLOW, "held_on": today()})
    take(cast, supervised, "office", "follow", {**FOLLOW, "held_on": today(), "way": "asking"})
    found = in_the_week([roads.pk], timezone.localdate())
    assert sorted(one.matter.procedure for one in found) == ["gathering", "sitting", "supervision"]
    assert next(one for one in found if one.matter.procedure == "gathering").committees == (three["finance"],)
    assert (
        advice(cast, task(cast, three), "urban", "arrange", {"unit": str(roads.pk), "held_on": after(6)})["others"]
        == found
    )
    change = {"item": str(sitting.items.get().pk), "organ": str(roads.pk)}
    others = advice(cast, sitting, "office", "change_item", change)["others"]
    assert {one.matter.procedure for one in others} == {"gathering", "supervision"}


def test_j07_2_an_inspection_of_an_area_concerns_its_streets(
    cast: Cast, three: dict[str, Organ], client: Client
) -> None:
    """The streets named, or those of the area; each is warned of for itself."""
    street = cast.organs["street"]
    area = docket.open_matter("area", "set_up", by=cast["office"], data={
        "title": "东片区", "streets": [street.pk], "leading": cast.seats["leader"].pk,
    }).matter  # fmt: skip
    plan = {"held_on": after(2), "place": "东片区", "leading": cast.seats["leader"].pk}
    docket.open_matter("special-inspection", "plan", by=cast["office"], data={**plan, "area": area.pk})
    named = docket.open_matter(
        "special-inspection", "plan", by=cast["office"], data={**plan, "streets": [street.pk]}
    ).matter
    found = engagements(date(2026, 3, 2), date(2026, 3, 8))
    assert list(crowded(found)) == [(monday(timezone.localdate()), street.pk)]
    typed = {**plan, "held_on": after(1), "streets": [str(street.pk)]}
    assert [one.title for one in advice(cast, named, "office", "change", typed)["others"]] == [
        one.title for one in found if one.matter != named
    ]
    assert "同一周，这些单位还有下面的活动" in page(client, cast, "office", "web:matter", named.pk)
    take(cast, named, "office", "cancel", {"reason": "并入片区督查"})
    assert crowded(engagements(date(2026, 3, 2), date(2026, 3, 8))) == {}


def test_j07_2_a_sitting_of_a_special_committee_is_its_own(cast: Cast, three: dict[str, Organ], client: Client) -> None:
    """The group bears the organ's name; a delegation's sitting is none of the committees'."""
    for kind, body in (("special_committee", "special_committee"), ("delegation", "delegation")):
        group = Group.objects.create(kind=kind, name="财政经济委", since=BEGAN)
        data = {
            "body": body,
            "group": group.pk,
            "held_on": after(1),
            "place": "会议室",
            "leading": cast.seats["leader"].pk,
        }
        Session.objects.update(since=BEGAN, until=date(2026, 12, 31))
        docket.open_matter("sitting", "plan", by=cast["office"], data=data)
    found = engagements(date(2026, 3, 2), date(2026, 3, 8))
    assert [one.committees for one in found] == [(three["finance"],)]
    shown = page(client, cast, "office", "committees:calendar", committee=str(three["finance"].pk))
    assert found[0].title in shown


def test_j07_2_the_calendar_costs_the_same_however_full_it_is(
    cast: Cast, three: dict[str, Organ], client: Client, django_assert_max_num_queries: Any
) -> None:
    """Queries counted; of one committee alone, and as a file for any calendar."""
    matter = task(cast, three, "social")
    for days in range(12):
        arranged(cast, matter, three, "social" if days % 2 else "urban", days=days)
    sit_down(client, cast.seats["office"])
    client.get(reverse("committees:calendar"))
    with django_assert_max_num_queries(24):
        every = client.get(reverse("committees:calendar")).content.decode()
    assert "城建环保委走访" in every
    assert "社会建设委走访" in every
    one = client.get(reverse("committees:calendar"), {"committee": str(three["social"].pk)}).content.decode()
    assert one.count("社会建设委走访</a></td>") == 6
    assert "城建环保委走访</a></td>" not in one
    file = client.get(reverse("committees:feed"), {"committee": str(three["social"].pk)})
    assert file["Content-Type"].startswith("text/calendar")
    assert file.content.decode().count("BEGIN:VEVENT") == 6


# (3) load per committee is visible


def test_j07_3_each_number_of_the_load_has_its_list_and_nobody_is_ranked(
    cast: Cast, three: dict[str, Organ], client: Client, wall: Wall
) -> None:
    """In the order of the register; a task that was dropped is no load."""
    first = task(cast, three, "finance")
    task(cast, three, "finance", lead="social")
    take(cast, task(cast, three, lead="finance"), "office", "drop", {"reason": "并入另一项"})
    held(cast, first, arranged(cast, first, three), three, "urban", "finance")
    shown = page(client, cast, "leader", "committees:load")
    assert shown.index("城建环保委") < shown.index("社会建设委") < shown.index("财政经济委")
    found = {one.organ.code: one for one in _years(cast, three)}
    counts = {code: (len(one.led), len(one.assisted), len(one.assist_work)) for code, one in found.items()}
    assert counts == {"urban": (1, 0, 0), "social": (1, 0, 0), "finance": (0, 2, 1)}
    listed = page(client, cast, "leader", "committees:committee", three["finance"].pk)
    assert "协助任务 2" in listed
    assert "协助工作 1" in listed
    assert listed.count("夜间经济调研") >= 3
    assert count("committee_tasks") == 2
    assert count("assist_work") == 1


def _years(cast: Cast, three: dict[str, Organ], year: int = 2026) -> Any:
    from types import SimpleNamespace

    request: Any = SimpleNamespace(actor=cast["office"])
    return years_of(request, year, three.values())


def test_j07_3_the_load_costs_the_same_for_many_committees(
    cast: Cast, three: dict[str, Organ], client: Client, django_assert_max_num_queries: Any
) -> None:
    """Queries counted, over a dozen tasks."""
    for _number in range(12):
        task(cast, three, "social", "finance")
    sit_down(client, cast.seats["leader"])
    client.get(reverse("committees:load"))
    with django_assert_max_num_queries(24):
        client.get(reverse("committees:load"))
    with django_assert_max_num_queries(24):
        client.get(reverse("committees:committee", args=[three["social"].pk]))


def test_j07_3_the_staff_of_a_committee_read_them_and_others_find_no_such_page(
    cast: Cast, three: dict[str, Organ], client: Client
) -> None:
    """A clerk of a committee knows what the others do, with a way only to what she may open; a department knows nothing of it."""
    _sit(cast, "clerk", "organ_clerk", "organ", three["social"].pk, "社会建设委干部")
    mine, other = task(cast, three, "social"), task(cast, three, "finance")
    arranged(cast, other, three, days=1)
    shown = page(client, cast, "clerk", "committees:calendar")
    assert "城建环保委走访" in shown
    assert str(other.pk) not in shown
    listed = page(client, cast, "clerk", "committees:committee", three["urban"].pk)
    assert "牵头任务 2" in listed
    assert str(mine.pk) in listed
    assert str(other.pk) not in listed
    sit_down(client, cast.seats["roads_office"])
    assert client.get(reverse("committees:load")).status_code == 404
    sit_down(client, cast.seats["office"])
    assert client.get(reverse("committees:committee", args=[cast.organs["roads"].pk])).status_code == 404


# (4) assist work is recorded and shown in the year


def test_j07_4_who_was_there_has_it_in_the_year_and_no_task_ends_without_it(
    cast: Cast, three: dict[str, Organ], wall: Wall
) -> None:
    """Recorded once with the activity; what an assistant did must be known before the task ends, or it is taken off."""
    matter = task(cast, three, "social", "finance")
    row = arranged(cast, matter, three, days=3)
    with pytest.raises(Incomplete):
        held(cast, matter, row, three, "urban")
    with pytest.raises(Refused, match="还没有登记情况"):
        take(cast, matter, "urban", "close", {"summary": "完成。"})
    wall.pass_days(3)
    held(cast, matter, row, three, "urban", "social")
    with pytest.raises(Refused, match="财政经济委做了什么还没有登记"):
        take(cast, matter, "urban", "close", {"summary": "完成。"})
    told = {"committee": str(three["finance"].pk), "done_on": today(), "text": "核对税收数据。"}
    take(cast, matter, "finance", "work", told)
    take(cast, matter, "urban", "close", {"summary": "完成。"})
    done = {(work.committee.code, work.leads) for work in CommitteeWork.objects.filter(matter=matter)}
    assert done == {("urban", True), ("social", False), ("finance", False)}
    assert count("committee_tasks_done") == 1
    assert count("committee_days") == 1


def test_j07_4_what_is_recorded_elsewhere_is_not_entered_again(cast: Cast, three: dict[str, Organ]) -> None:
    """Research of the committee itself: chosen, with its day, and once."""
    matter = task(cast, three, "social")
    research = recorded(
        cast, "office", "research", (), carried_by="committee", committee=three["social"].pk, note="调研"
    )
    told = {"committee": str(three["social"].pk), "activity": str(research.pk), "text": "召开座谈会。"}
    take(cast, matter, "social", "work", told)
    row = CommitteeWork.objects.get(matter=matter)
    assert (row.activity, row.done_on, row.leads) == (research, timezone.localdate(), False)
    for wrong in (told, {**told, "activity": ""}, {**told, "activity": "", "done_on": after(1)}):
        with pytest.raises(Incomplete):
            take(cast, matter, "social", "work", wrong)


def test_j07_4_the_year_stays_with_the_committee_that_left_and_ends_with_the_year(
    cast: Cast, three: dict[str, Organ], client: Client, wall: Wall
) -> None:
    """What was done is shown in its year; a task that goes on is load in the next one too."""
    matter = task(cast, three, "social")
    take(
        cast, matter, "social", "work", {"committee": str(three["social"].pk), "done_on": today(), "text": "提供名册。"}
    )
    take(cast, matter, "office", "change", {"lead": three["urban"].pk, "assisting": [], "reason": "另有任务"})
    wall.pass_days(330)
    assert timezone.localdate().year == 2027
    now, before = ({one.organ.code: one for one in _years(cast, three, year)} for year in (2027, 2026))
    assert [row.text for row in before["social"].assist_work] == ["提供名册。"]
    assert (len(before["social"].assisted), len(now["social"].assisted)) == (1, 0)
    assert (len(now["urban"].led), now["social"].busy) == (1, False)
    shown = page(client, cast, "auditor", "committees:committee", three["social"].pk, year=2026)
    assert "提供名册。" in shown
