"""Percentages carry their rule, 余 says no more than is true, and a figure that contradicts itself does not start the server."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as some

from openrenda.figures import Figure, Period, Population, in_year, more_than, percent
from openrenda.figures.checks import problems
from openrenda.figures.language import CASES
from openrenda.figures.registry import figure, figures, grouped
from openrenda.figures.rounding import HALF_UP, TRUNCATE


def nothing(period: Period) -> Any:
    """No rows; the checks do not ask for any."""
    raise NotImplementedError


def always(period: Period) -> Q:
    """True of every row."""
    return Q()


THINGS = Population("things", "事物", CASES, nothing, facts={"good": always, "known": always})


def a_rate(**changes: Any) -> Figure:
    """A sound rate."""
    sound = {"key": "rate", "label": "率", "formula": "好的 ÷ 已知的。", "population": THINGS, "part": Q(good=True),
             "whole": Q(known=True), "part_label": "好的", "whole_label": "已知的", "group": "办"}  # fmt: skip
    return Figure(**{**sound, **changes})


def test_t2_a_percentage_is_printed_by_a_stated_rule() -> None:
    """T2: 132 of 157 is 84.07 % truncated and 84.08 % rounded half up."""
    assert percent(132, 157, rule=TRUNCATE) == "84.07%"
    assert percent(132, 157, rule=HALF_UP) == "84.08%"
    assert percent(0, 0) is None


@given(some.integers(0, 10**6), some.integers(1, 10**6))
def test_truncation_never_says_more_and_the_rules_differ_by_one_digit_at_most(part: int, whole: int) -> None:
    cut, rounded = (percent(min(part, whole), whole, rule=rule) for rule in (TRUNCATE, HALF_UP))
    assert cut is not None
    assert rounded is not None
    difference = float(rounded[:-1]) - float(cut[:-1])
    assert -1e-9 < difference < 0.0101


def test_somewhat_more_than_needs_more() -> None:
    """“360余” is at least 361, and less than the next round number."""
    assert more_than(361, 360) == "360余"
    for value in (359, 360, 370):
        with pytest.raises(ValueError, match="不能写作"):
            more_than(value, 360)


@given(some.integers(1, 10**6), some.integers(1, 10**6))
def test_more_than_is_never_said_of_less(value: int, base: int) -> None:
    try:
        more_than(value, base)
    except ValueError:
        return
    assert value > base


def test_t20_an_unfinished_year_is_marked() -> None:
    """T20: 今年以来 ends at the cut-off day; it must not be compared with a whole year."""
    assert in_year(2025, date(2025, 9, 11)).unfinished
    assert not in_year(2024, date(2025, 9, 11)).unfinished
    with pytest.raises(ValueError, match="起始日期晚于截止日期"):
        Period(date(2025, 2, 1), date(2025, 1, 1), date(2025, 2, 1))


@pytest.mark.parametrize(
    ("broken", "number"),
    [
        ({"formula": " "}, 2),
        ({"group": ""}, 2),
        ({"basis": "NO-SUCH-RULE"}, 3),
        ({"whole_label": ""}, 4),
        ({"excluded": Q(known=True)}, 5),
        ({"part": Q(unheard_of=True)}, 6),
    ],
)
def test_a_figure_that_contradicts_itself_is_named(broken: dict[str, Any], number: int) -> None:
    assert list(problems([a_rate()])) == []
    assert [message.id for message in problems([a_rate(**broken)])] == [f"figures.E{number:03}"]


def test_a_key_is_used_once() -> None:
    assert [message.id for message in problems([a_rate(), a_rate()])] == ["figures.E001"]


def test_the_installation_s_figures_are_sound() -> None:
    """Each has its formula, its basis in the rulebook and its place among 提交办复督评公开; what is no suggestion stands after."""
    assert list(problems(figures())) == []
    names = [name for name, _listed in grouped()]
    assert names[:8] == ["提", "交", "办", "复", "督", "评", "承诺", "公开"]
    assert set(names[8:]) == {
        "报送",
        "主任会议",
        "民生实事",
        "表决",
        "会议",
        "人事任免",
        "群众意见",
        "征求意见",
        "掌上直通车",
        "直播间",
        "代表活动",
        "代表联系",
        "专工委协同",
        "四项履职新机制",
    }
    with pytest.raises(LookupError):
        figure("no-such-figure")
