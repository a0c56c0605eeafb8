"""J05 代表列席常委会会议, J06 代表参与常委会工作计划: who is invited, by which rule, and what they said."""

from __future__ import annotations

from datetime import date

import pytest

from openrenda import docket
from openrenda.activities.duty_file import volume
from openrenda.activities.hall import Attendance, FieldPlaces
from openrenda.activities.record import Item
from openrenda.activities.sitting.calling import Invite
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete
from openrenda.docket.situation import Situation
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from openrenda.people.models import Mandate
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from .conftest import Wall


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def sat_in(cast: Cast, *who: str, citizens: str = "") -> Matter:
    """A sitting in which deputies and citizens sat in."""
    sitting = sittings.called(cast)
    take(
        cast, sitting, "office", "invite", {"deputies": [cast.mandates[name].pk for name in who], "citizens": citizens}
    )
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin", *who)
    for line in filter(None, citizens.splitlines()):
        take(cast, sittings.place(sitting, line), "office", "sign_in")
    take(cast, sitting, "office", "open")
    return Matter.objects.get(pk=sitting.pk)


def reasons(cast: Cast, sitting: Matter, step: str) -> list[str]:
    """Why the clerk may not take a step now."""
    situation = Situation(Matter.objects.get(pk=sitting.pk), cast["office"])
    return next(list(offer.reasons) for offer in docket.offers(situation) if offer.step.key == step)


def test_j05_1_kind_and_right_may_speak_may_not_vote(cast: Cast) -> None:
    """Must (1), ORG-31: deputies have the floor, citizens observe and have not."""
    sitting = sat_in(cast, "zhou", citizens="居民甲")
    rights = dict(Attendance.objects.filter(sitting=sitting).values_list("name", "right"))
    assert (rights[cast["zhou"].name], rights["居民甲"], rights[cast["chen"].name]) == ("speaks", "observes", "votes")
    sittings.speak(cast, sitting, "zhou", "建议增加公交线路。")
    with pytest.raises(Incomplete):
        docket.open_matter(
            "speech", "ask_floor", by=cast["office"], data={"who": str(sittings.place(sitting, "居民甲").pk)}
        )


def test_j05_2_person_times_and_distinct_persons_are_both_shown(cast: Cast) -> None:
    """Must (2), dazu-2022-012: one deputy twice and one citizen once are three person-times and two persons; an organ is neither."""
    for citizens in ("", "居民甲"):
        sitting = sat_in(cast, "zhou", citizens=citizens)
        sittings.settle(cast, sitting)
        take(cast, sitting, "office", "close")
    year = in_year(2026, date(2026, 12, 31))
    assert [read(figure(key), year).part for key in ("sat_in", "sat_in_deputies", "sat_in_persons")] == [3, 2, 2]


def test_j05_3_those_not_invited_this_term_are_proposed_first(cast: Cast) -> None:
    """Must (3)."""
    sittings.deputy(cast, "wu", "吴甲")
    sat_in(cast, "wu")
    sitting = sittings.called(cast)
    form = Invite(situation=Situation(sitting, cast["office"]))
    offered = [str(label) for _key, label in form.fields["deputies"].choices]  # type: ignore[attr-defined]
    assert offered[0] == cast["zhou"].name
    assert offered[-1] == "吴甲（本届已邀请1次）"


def test_j05_4_opinions_go_to_the_item_and_to_the_unit(cast: Cast) -> None:
    """Must (4): what she said and confirmed stands under the item, and goes to the organ with the others'; its result comes back to the item."""
    sitting = sat_in(cast, "zhou")
    item = Item.objects.get(matter=sitting)
    sittings.speak(cast, sitting, "chen", "报告实事求是。", item)
    sittings.speak(cast, sitting, "zhou", "建议增加公交线路。", item)
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    take(
        cast,
        sitting,
        "office",
        "opinions",
        {"item": str(item.pk), "organ": cast.organs["roads"].pk, "due_on": sittings.today(90)},
    )
    task = Matter.objects.select_related("parent").get(procedure="task", parent=sitting)
    assert set(task.task.get().text.splitlines()) == {
        f"{cast['chen'].name}：报告实事求是。",
        f"{cast['zhou'].name}（列席代表）：建议增加公交线路。",
    }
    take(cast, task, "roads_clerk", "report", {"result": "已增加两条线路。"})
    take(cast, task, "office", "accept")
    item.refresh_from_db()
    assert (item.owner_name, item.result) == ("区交通运输局", "已增加两条线路。")
    assert any("没有本人核对过" in reason for reason in reasons(cast, sitting, "opinions"))


def test_j05_4_words_that_she_did_not_confirm_go_nowhere(cast: Cast) -> None:
    """Must (4), ORG-34: checked and signed by the speaker."""
    sitting = sat_in(cast, "zhou")
    item = Item.objects.get(matter=sitting)
    data = {"who": str(sittings.place(sitting, cast["zhou"].name).pk), "item": str(item.pk)}
    asked = docket.open_matter("speech", "ask_floor", by=cast["zhou"], data=data).matter
    for step, said in (("give_floor", {}), ("end_speech", {}), ("record", {"text": "听错了的话"})):
        take(cast, asked, "office", step, said)
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    assert any("没有本人核对过" in reason for reason in reasons(cast, sitting, "opinions"))
    take(cast, asked, "zhou", "confirm", {"text": "建议增加公交线路。"})
    assert asked.speech.get().text == "建议增加公交线路。"


def test_j05_5_attendance_enters_the_duty_file(cast: Cast) -> None:
    """Must (5), M04: once, though she took several steps about her own place; whoever did not come is not in it."""
    sitting = sat_in(cast, "zhou")
    books = {
        who: volume(Mandate.objects.select_related("person").get(pk=cast.mandates[who].pk), 2026)
        for who in ("chen", "zhou", "ouyang")
    }
    words = {
        who: [entry.what for entry in book.entries if entry.matter.parent_id == sitting.pk]
        for who, book in books.items()
    }
    assert words == {"chen": ["出席会议"], "zhou": ["列席会议"], "ouyang": []}


def test_j06_1_places_by_field(cast: Cast) -> None:
    """Must (1): a field and a number a line; anything else is refused with what to do."""
    sitting = sittings.planned(cast, 9)
    for wrong in ("教育", "教育 零", "教育 0"):
        with pytest.raises(Incomplete, match="看不懂"):
            take(cast, sitting, "office", "offer_places", {"places": wrong})
    take(cast, sitting, "office", "offer_places", {"places": "教育 2\n城市管理 1"})
    take(cast, sitting, "office", "offer_places", {"places": "教育 1\n养老 1"})
    assert dict(FieldPlaces.objects.filter(matter=sitting).values_list("field", "places")) == {"教育": 1, "养老": 1}


@pytest.mark.parametrize(("rule", "taken"), [("least_invited", "周䶮"), ("first_come", "吴甲")])
def test_j06_2_deputies_sign_up_and_choices_follow_a_stored_rule(cast: Cast, wall: Wall, rule: str, taken: str) -> None:
    """Must (2): the one who was invited before comes after one who was not, unless the rule is first come; both are told."""
    sittings.deputy(cast, "wu", "吴甲")
    sat_in(cast, "wu")
    sittings.set_option(cast, "option.sitting_in_choice", rule)
    sitting = sittings.planned(cast, 9)
    take(cast, sitting, "office", "offer_places", {"places": "教育 1"})
    field = str(FieldPlaces.objects.get(matter=sitting).pk)
    for who in ("wu", "zhou"):
        docket.open_matter("attendance", "sign_up", by=cast[who], data={"sitting": field})
        wall.pass_days(1)
    with pytest.raises(Incomplete):
        docket.open_matter("attendance", "sign_up", by=cast["wu"], data={"sitting": field})
    made = take(cast, sitting, "office", "choose")
    assert made.data["rule"] == rule
    states = dict(Attendance.objects.filter(sitting=sitting).values_list("name", "matter__state"))
    assert {name for name, state in states.items() if state == "invited"} == {taken}
    assert set(states.values()) == {"invited", "not_chosen"}


def test_j06_3_planned_and_real_participation_and_4_those_with_none(cast: Cast, wall: Wall) -> None:
    """Must (3), (4): a table by deputy; by mid-year it names those who took part in nothing."""
    sittings.deputy(cast, "wu", "吴甲")
    sat_in(cast, "zhou")
    assert "到年中还没有参加过的代表" not in text(seat(cast, "office").get("/hall/participation/"))
    wall.pass_days(130)
    page = text(seat(cast, "office").get("/hall/participation/"))
    assert "到年中还没有参加过的代表 1 名" in page
    assert page.count("吴甲") >= 2
    assert seat(cast, "chen").get("/hall/participation/").status_code == 404
