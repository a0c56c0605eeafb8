"""CAL-01 to CAL-05: comparisons and periods."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.rulebook import counting
from openrenda.rulebook.calendar import Calendar
from openrenda.rulebook.errors import RulebookError

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
CALENDAR = Calendar({}, ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"])


@pytest.mark.parametrize(
    ("count", "base", "more", "half"),
    [(5, 10, False, True), (6, 10, True, True), (5, 11, False, False), (6, 11, True, True), (0, 0, False, True)],
)
def test_cal_01_more_than_half_is_not_half_or_more(count: int, base: int, more: bool, half: bool) -> None:
    """Trap 2: 过半数 excludes exactly half, 半数以上 includes it."""
    assert counting.more_than_half(count, base) is more
    assert counting.half_or_more(count, base) is half


def test_cal_01_at_least_includes_the_number_and_more_than_does_not() -> None:
    assert counting.at_least(10, 10)
    assert not counting.at_least(9, 10)
    assert not counting.more_than(10, 10)
    assert counting.more_than(11, 10)


@given(st.integers(0, 4000), st.integers(1, 4000))
def test_cal_01_shares_are_compared_without_rounding(count: int, base: int) -> None:
    assert counting.two_thirds_or_more(count, base) == counting.share_or_more(count, base, Fraction(2, 3))
    assert counting.half_or_more(count, base) == counting.share_or_more(count, base, Fraction(1, 2))
    assert counting.two_thirds_or_more(count, base) == (count >= -(-2 * base // 3))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 15), 3, date(2026, 6, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_cal_03_corresponding_day_or_end_of_month(start: date, months: int, end: date) -> None:
    assert counting.add_months(start, months) == end


@given(DAYS, DAYS, st.integers(1, 24))
def test_cal_03_months_are_monotone(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert counting.add_months(first, months) <= counting.add_months(second, months)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 2, 14), True),  # Saturday worked in exchange before the Spring Festival
        (date(2026, 2, 17), False),
        (date(2026, 2, 28), True),  # Saturday worked in exchange after it
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_cal_04_make_up_workdays(day: date, working: bool) -> None:
    assert CALENDAR.is_working_day(day) is working


def test_cal_04_agrees_with_the_package_on_every_day_it_knows() -> None:
    day = date(2022, 1, 1)
    while day.year < 2027:
        assert CALENDAR.is_working_day(day) is chinese_calendar.is_workday(day), day
        free, name = chinese_calendar.get_holiday_detail(day)
        assert CALENDAR.is_named_holiday(day) is bool(free and name), day
        day += timedelta(days=1)


def test_cal_04_a_year_without_a_table_is_uncertain_but_keeps_the_fixed_holidays() -> None:
    assert CALENDAR.is_certain(date(2026, 12, 31))
    assert not CALENDAR.is_certain(date(2031, 5, 1))
    assert not CALENDAR.is_working_day(date(2031, 5, 1))
    assert CALENDAR.is_named_holiday(date(2031, 10, 1))
    assert CALENDAR.is_working_day(date(2031, 5, 5))


def test_cal_04_edited_days_win_and_complete_the_year() -> None:
    calendar = Calendar(
        {date(2031, 1, 1): (False, "元旦"), date(2031, 1, 4): (True, ""), date(2026, 11, 23): (False, "")}
    )
    assert calendar.is_certain(date(2031, 6, 1))
    assert calendar.is_working_day(date(2031, 1, 4))
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert calendar.is_named_holiday(date(2031, 1, 1))
    assert not calendar.is_named_holiday(date(2031, 1, 4))


@given(DAYS, st.integers(1, 300))
def test_cal_04_adding_working_days_is_undone_by_counting_them(day: date, count: int) -> None:
    after, before = CALENDAR.add_working_days(day, count), CALENDAR.add_working_days(day, -count)
    assert CALENDAR.is_working_day(after)
    assert CALENDAR.is_working_day(before)
    assert CALENDAR.working_days_between(day, after) == count
    assert CALENDAR.working_days_between(day, before) == -count


@given(DAYS, DAYS, st.integers(1, 60))
def test_cal_04_working_days_are_monotone_and_additive(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_working_days(first, count) <= CALENDAR.add_working_days(second, count)
    later = CALENDAR.add_working_days(first, count)
    assert CALENDAR.add_working_days(later, 1) == CALENDAR.add_working_days(first, count + 1)


@given(DAYS)
def test_cal_03_rolling_ends_on_a_day_that_is_not_free(day: date) -> None:
    assert CALENDAR.is_working_day(CALENDAR.roll_forward(day, "rest_days"))
    assert not CALENDAR.is_named_holiday(CALENDAR.roll_forward(day, "holidays"))
    assert CALENDAR.roll_forward(day, "none") == day
    assert CALENDAR.roll_back(day, "rest_days") <= day <= CALENDAR.roll_forward(day, "rest_days")


def test_a_calendar_without_working_days_is_refused_instead_of_searched_for_ever() -> None:
    first = date(2040, 1, 1)
    empty = Calendar({first + timedelta(days=number): (False, "") for number in range(12 * 366)})
    with pytest.raises(RulebookError, match="年度工作日表"):
        empty.add_working_days(first, 1)
    with pytest.raises(RulebookError, match="年度工作日表"):
        empty.roll_forward(first, "rest_days")
