"""Counting rules used everywhere: comparisons, and periods by the calendar (民法典第二百零一条至第二百零三条、第一千二百五十九条).

The Civil Code is applied by analogy: 以上 includes the number, 过半数 does not; the day a period starts from is not counted.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction


def at_least(count: int, number: int | Fraction) -> bool:
    """以上: the number itself is enough."""
    return count >= number


def more_than(count: int, number: int | Fraction) -> bool:
    """超过: the number itself is not enough."""
    return count > number


def more_than_half(count: int, base: int) -> bool:
    """过半数 of a named base: exactly half is not enough."""
    return 2 * count > base


def half_or_more(count: int, base: int) -> bool:
    """半数以上 of a named base: exactly half is enough."""
    return 2 * count >= base


def two_thirds_or_more(count: int, base: int) -> bool:
    """三分之二以上 of a named base."""
    return 3 * count >= 2 * base


def share_or_more(count: int, base: int, share: Fraction) -> bool:
    """Any 几分之几以上 of a named base, compared without rounding."""
    return count * share.denominator >= base * share.numerator


def add_months(day: date, months: int) -> date:
    """The corresponding day some months on, or the last day of that month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
