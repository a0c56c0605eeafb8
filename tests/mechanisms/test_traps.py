"""T1 to T20: what a real year's reports got wrong, as far as reports and counters can get it wrong.

T1, T4, T8, T15, T16 and T20 block or warn (``test_n02.py``, ``test_d12.py``); the others are told here.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openrenda import docket
from openrenda.figures import in_year, percent, read
from openrenda.figures.counters import counters, shared
from openrenda.figures.registry import figure
from openrenda.figures.reports.numbers import loose
from openrenda.web.tests.stage import Way
from tests.cast import CONTACT, REPLY, Cast
from tests.desk import Desk


def kinds(desk: Desk) -> set[str]:
    """The kinds of all that was found."""
    return {kind for _grade, kind in desk.found()}


def test_t2_the_one_fraction_behind_a_truncated_percentage() -> None:
    assert [part for part in range(158) if percent(part, 157, rule="truncate") == "84.07%"] == [132]
    assert [part for part in range(158) if percent(part, 157) == "84.07%"] == []


def test_t3_two_actors_are_two_counters(cast: Cast) -> None:
    words = "专题调研{{ typed 7 次 as=专题调研 by=常委会 source=a }}，专题调研{{ typed 8 次 as=专题调研 by=代表 source=a }}。"
    assert "T1" not in kinds(Desk(cast, words))


def test_t5_two_numbers_run_together_are_two() -> None:
    assert [one.text for one in loose("征求社会公众意见建议500多条建设基层人大代表联络点35个")] == ["500多", "35"]


def test_t6_the_overlap_of_counters_is_known_and_not_guessed(cast: Cast) -> None:
    """Four opinion counters with no word on overlap: here it is a list."""
    Way(cast).handling()
    data: dict[str, Any] = {
        "title": "甲",
        "key": "one",
        "unit": "条",
        "kinds": ["figure:suggestion.received"],
        "since": "2026-01-01",
    }
    docket.open_matter("counter", "define", by=cast["office"], data=data)
    docket.open_matter(
        "counter", "define", by=cast["office"], data={**data, "key": "two", "kinds": ["figure:suggestion.assigned"]}
    )
    one, two = (each for _counter, _version, each in counters())
    assert len(shared(one, two, in_year(timezone.localdate().year, timezone.localdate()))) == 1


def test_t7_a_part_may_not_outgrow_its_whole_unseen(cast: Cast) -> None:
    """13 street groups, 14 streets with stations."""
    words = "街道代表小组{{ typed 13 个 as=小组 source=a }}，设站街道{{ typed 14 个 as=设站街道 of=小组 source=a }}。"
    assert ("blocks", "T4") in Desk(cast, words).found()


def test_t9_t12_numbers_in_names_of_systems_are_named_not_counted() -> None:
    assert [one.text for one in loose("落实“3+N”机制和“一制度两台账三评价”")] == []


def test_t10_parts_of_a_many_to_many_need_not_add_up(cast: Cast) -> None:
    """10 questions, 11 departments: only what is declared as a sum is checked as one."""
    words = "问题{{ typed 10 个 as=问题 source=a }}，答复部门{{ typed 11 家 as=部门 source=a }}。"
    assert kinds(Desk(cast, words)).isdisjoint({"sum", "T4"})


def test_t11_drafted_is_not_received(cast: Cast) -> None:
    Way(cast)
    assert read(figure("received"), in_year(timezone.localdate().year, timezone.localdate())).part == 0


def test_t13_t14_what_lies_inside_another_is_said_and_checked(cast: Cast) -> None:
    words = "活动{{ typed 121 次 as=活动 source=a }}，其中执法检查{{ typed 17 次 as=执法检查 of=活动 source=a }}。"
    assert "T4" not in kinds(Desk(cast, words))


def test_t17_a_rate_nobody_printed_is_there_with_its_sides() -> None:
    assert percent(571, 780, digits=1) == "73.2%"
    assert percent(430, 528, digits=1) == "81.4%"


def test_t18_closed_answered_and_solved_are_three(cast: Cast) -> None:
    way = Way(cast).handling()
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    way.take("roads_clerk", "draft_reply", {**REPLY, "result_class": "C", "cannot": "条件不足"})
    way.take("roads_head", "sign_reply")
    this_year = in_year(timezone.localdate().year, timezone.localdate())
    assert [read(figure(key), this_year).part for key in ("answered", "closed", "solved_rate")] == [1, 0, 0]
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert [read(figure(key), this_year).part for key in ("answered", "closed", "solved_rate")] == [1, 1, 0]


def test_t19_another_congress_s_figure_is_not_ours(cast: Cast) -> None:
    """What is somebody else's is typed, with whose it is."""
    words = "民生项目{{ typed 10 个 as=民生项目 by=下级人大 source=简报 }}，民生项目{{ typed 4 个 as=民生项目 by=本级 source=台账 }}。"
    assert "T1" not in kinds(Desk(cast, words))


@pytest.mark.parametrize("words", ["今年以来接待{{ figure received }}", "{{ figure received as_of=2999-01-01 }}"])
def test_t20_no_number_is_asked_of_a_day_to_come(cast: Cast, words: str) -> None:
    found = Desk(cast, words).found()
    assert (("blocks", "unreadable") in found) is ("2999" in words)
