"""The traps in published figures, each as a story (T4, T15, T16, T18), and past records that must not distort a rate (SUG-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import HISTORY_SEAT, Actor
from openrenda.docket.models import Matter
from openrenda.figures import Reading, in_session_of, in_year, read, split
from openrenda.figures.registry import figure
from openrenda.people.models import Session
from openrenda.rulebook import resolution
from openrenda.tenancy import congress_scope
from tests.cast import CONTACT, REPLY, Cast

from .figure_stage import FIRST_DAY, REASON, Wanderers

YEAR = FIRST_DAY.year


@pytest.fixture
def scene(db: None) -> Iterator[Wanderers]:
    """One day, on which a story is told."""
    start = timezone.make_aware(datetime.combine(FIRST_DAY, time(9, 0)))
    with time_machine.travel(start, tick=False) as wall:
        walk = Wanderers(9, wall)
        with congress_scope(walk.cast.congress):
            yield walk


def now(key: str, walk: Wanderers) -> Reading:
    """A figure of this year as known today."""
    return read(figure(key), in_year(YEAR, walk.day))


def handle(cast: Cast, matter: Matter, who: str, letter: str = "A") -> None:
    """An organ signs for a matter, contacts, drafts and signs."""
    contact = {**CONTACT, "held_on": timezone.localdate().isoformat()}
    reply = {**REPLY, "result_class": letter, "cannot": "条件不足"}
    for seat, step, data in (
        ("clerk", "sign_for", None), ("clerk", "contact", contact), ("clerk", "draft_reply", reply), ("head", "sign_reply", None),
    ):  # fmt: skip
        docket.act(Matter.objects.get(pk=matter.pk), step, by=cast[f"{who}_{seat}"], data=data)


def judge(cast: Cast, matter: Matter, result: str) -> None:
    """The deputy judges."""
    step = "reject" if result == "dissatisfied" else "judge"
    data = {"attitude": "satisfied", "result": result, "reasons": "还不够。"}
    docket.act(Matter.objects.get(pk=matter.pk), step, by=cast["chen"], data=data)


def assign(walk: Wanderers, matter: Matter) -> None:
    """To the roads."""
    docket.act(matter, "assign", by=walk.cast["office"], data={"organ": walk.cast.organs["roads"].pk})


def test_t18_every_suggestion_answered_is_not_every_one_solved(scene: Wanderers) -> None:
    """T18: 办结、答复 100 % beside a lower 解决率: they measure different things, and both keep their lists."""
    for letter in ("A", "C"):
        matter = scene.raise_one()
        assign(scene, matter)
        handle(scene.cast, matter, "roads", letter)
    assert now("answer_rate", scene).rate == "100.00%"
    assert now("solved_rate", scene).rate == "50.00%"


def test_t16_received_answered_solved_and_confirmed_are_counted_apart(scene: Wanderers) -> None:
    """T16: no one number for two states (“收集、解决36个”)."""
    open_one, answered, confirmed = (scene.raise_one() for _each in range(3))
    for matter in (answered, confirmed):
        assign(scene, matter)
        handle(scene.cast, matter, "roads")
    judge(scene.cast, confirmed, "basically")
    assert [now(key, scene).part for key in ("received", "assigned", "answered", "judged")] == [3, 2, 2, 1]
    assert open_one.pk


def test_t4_what_is_solved_cannot_exceed_what_was_received(scene: Wanderers) -> None:
    """T4: 152 opinions and 210 problems are two kinds of record: promises are items, suggestions are cases, no rate mixes them."""
    for _each in range(2):
        matter = scene.raise_one()
        assign(scene, matter)
        handle(scene.cast, matter, "roads")
    assert now("solved_rate", scene).part <= now("received", scene).part
    assert figure("promises").unit != figure("solved_rate").unit


def test_handled_separately_is_one_suggestion_and_waits_for_every_part(scene: Wanderers) -> None:
    """SUG-06: one suggestion, two organs: answered when both have, counted once for each organ in the split."""
    whole = scene.raise_one()
    organs = {"organs": [scene.cast.organs[code].pk for code in ("roads", "parks")]}
    docket.act(whole, "assign_separately", by=scene.cast["office"], data=organs)
    parts = list(Matter.objects.filter(parent_id=whole.pk))
    by_organ = {"roads": None, "parks": None}
    for part in parts:
        by_organ["roads" if part.parties.get(role="handler").holder == scene.cast.organs["roads"].pk else "parks"] = (
            part
        )
    handle(scene.cast, by_organ["roads"], "roads")
    assert [now(key, scene).part for key in ("received", "assigned", "answered", "not_answered")] == [1, 1, 0, 1]
    handle(scene.cast, by_organ["parks"], "parks", "C")
    assert [now(key, scene).part for key in ("received", "answered", "not_answered")] == [1, 1, 0]
    assert now("solved_rate", scene).rate == "0.00%"
    judge(scene.cast, by_organ["roads"], "satisfied")
    assert now("judged", scene).part == 0
    judge(scene.cast, by_organ["parks"], "dissatisfied")
    assert (now("judged", scene).part, now("satisfaction", scene).rate, now("not_satisfied", scene).part) == (
        1,
        "0.00%",
        1,
    )
    counted = [
        (piece.label, piece.reading.part) for piece in split(figure("answered"), in_year(YEAR, scene.day), "organ")
    ]
    assert sorted(counted) == [("区交通运输局", 1), ("区园林局", 1)]


def test_a_merged_suggestion_is_whole_and_follows_its_main_one(scene: Wanderers) -> None:
    """SUG-18: received, handed over, timed and answered for itself; nothing is lost from the rates."""
    main, other = scene.raise_one(), scene.raise_one()
    docket.act(other, "merge", by=scene.cast["office"], data={"main": main.pk})
    assert [now(key, scene).part for key in ("received", "assigned", "merged", "not_assigned")] == [2, 0, 1, 1]
    assign(scene, main)
    assert now("assigned", scene).part == 2
    scene.pass_days(400)
    period = in_year(YEAR, scene.day)
    assert read(figure("late"), period).part == 2
    handle(scene.cast, main, "roads")
    period = in_year(YEAR + 1, scene.day).within(FIRST_DAY, scene.day, "")
    assert [read(figure(key), period).value for key in ("answer_rate", "in_time_rate", "contact_rate")] == [
        "100.00%", "0.00%", "100.00%",
    ]  # fmt: skip


def test_withdrawn_after_hand_over_leaves_the_rate_and_is_shown(scene: Wanderers) -> None:
    """SUG-05: handling stops; nobody is late with it, and it stands beside the rate."""
    kept, dropped = scene.raise_one(), scene.raise_one()
    for matter in (kept, dropped):
        assign(scene, matter)
    docket.act(Matter.objects.get(pk=dropped.pk), "withdraw", by=scene.cast["chen"], data=REASON)
    handle(scene.cast, kept, "roads")
    reading = now("answer_rate", scene)
    assert (reading.part, reading.whole, reading.excluded) == (1, 1, 1)


def past(walk: Wanderers, step: str, **record: Any) -> Matter:
    """A record of a past year is brought in."""
    history = Actor(account=None, congress=walk.cast.congress.pk, seat=HISTORY_SEAT, name="历史导入")
    return docket.open_matter("suggestion", step, by=history, data={"title": "关于路灯的建议", **record}).matter


def test_a_past_record_counts_by_its_own_days(scene: Wanderers) -> None:
    """SUG-20: brought in today, received and answered three years ago; no contact or due day is made up for it."""
    past(
        scene,
        "import_replied",
        number="31",
        received_on="2023-02-01",
        reply_date="2023-07-18",
        result_class="A",
        reply_text="已办。",
    )
    then = in_year(2023, scene.day)
    assert [read(figure(key), then).part for key in ("received", "assigned", "answered", "time_unknown")] == [
        1,
        1,
        1,
        1,
    ]
    assert read(figure("answered"), in_year(2023, date(2023, 7, 17))).part == 0
    for key in ("contact_rate", "in_time_rate", "response_rate", "satisfaction_first"):
        reading = read(figure(key), then)
        assert (reading.whole, reading.excluded, reading.rate) == (0, 1, None), key
    assert read(figure("solved_rate"), then).rate == "100.00%"
    assert now("received", scene).part == 0


def test_a_past_record_without_days_distorts_no_year(scene: Wanderers) -> None:
    """SUG-20: without a day of receipt it belongs to no year and is listed apart; by session it counts, if it names one."""
    past(scene, "import_closed", number="7", result_class="Z", reply_text="已办。")
    assert now("received", scene).part == 0
    assert now("undated", scene).part == 1
    matter = past(scene, "import_closed", number="8", result_class="C", reply_text="已办。")
    session = Session.objects.get()
    matter.suggestion.update(session=session)
    by_session = in_session_of(session, scene.day)
    assert [read(figure(key), by_session).part for key in ("received", "answered")] == [1, 1]
    reading = read(figure("solved_rate"), by_session)
    assert (reading.part, reading.whole, reading.excluded) == (0, 1, 0)


def test_the_rounding_rule_is_the_congress_s(scene: Wanderers) -> None:
    """T2, B16: the rule is a stored setting and travels with the number."""
    for letter in ("A", "A", "C"):
        matter = scene.raise_one()
        assign(scene, matter)
        handle(scene.cast, matter, "roads", letter)
    assert (now("solved_rate", scene).rate, now("solved_rate", scene).rounding) == ("66.67%", "四舍五入")
    resolution.set_local_value(
        scene.cast.congress, "option.rate_rounding", "truncate", basis="主任会议决定", set_by="office"
    )
    assert (now("solved_rate", scene).rate, now("solved_rate", scene).rounding) == ("66.66%", "截断")
    resolution.forget()


def test_t15_small_groups_are_not_compared(scene: Wanderers) -> None:
    """T15: a figure is divided so that nothing is pooled, and a group of fewer than ten is marked."""
    matter = scene.raise_one()
    assign(scene, matter)
    handle(scene.cast, matter, "roads")
    (piece,) = split(figure("solved_rate"), in_year(YEAR, scene.day), "organ")
    assert piece.reading.too_few
