"""Working days and days of rest (工作日、法定休假日), make-up working days (调休) included.

Three layers, the last one wins: weekends and the fixed-date holidays of the pack; the State Council's yearly
arrangement as kept by the chinesecalendar package; the rows of :class:`~openrenda.rulebook.models.CalendarDay`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from chinese_calendar import constants

from .errors import RulebookError

ONE_DAY = timedelta(days=1)
LIBRARY_YEARS = frozenset(day.year for day in constants.holidays)
LONGEST_SEARCH = 3660


class Calendar:
    """Which days are worked. Days are legal days (Asia/Shanghai), without a time."""

    def __init__(self, edited: Mapping[date, tuple[bool, str]], fixed_holidays: Iterable[str] = ()) -> None:
        self._edited = dict(edited)
        self._fixed = frozenset(fixed_holidays)
        self._years = frozenset(day.year for day in self._edited if (day.month, day.day) == (1, 1))

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked: a working weekday, or a weekend day worked in exchange."""
        edited = self._edited.get(day)
        if edited is not None:
            return edited[0]
        if day.year in LIBRARY_YEARS:
            return day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)
        return day.weekday() < 5 and f"{day:%m-%d}" not in self._fixed

    def is_named_holiday(self, day: date) -> bool:
        """Whether the day is free because of a holiday, and not merely a weekend."""
        if day in self._edited:
            working, name = self._edited[day]
            return bool(name) and not working
        if day.year in LIBRARY_YEARS:
            return day in constants.holidays
        return f"{day:%m-%d}" in self._fixed

    def is_certain(self, day: date) -> bool:
        """Whether that year's arrangement is known: by the package, or by a loaded table (it names 1 January)."""
        return day.year in LIBRARY_YEARS or day.year in self._years

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is ``count`` working days after ``day`` (before, when negative); ``day`` is not counted."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        limit = LONGEST_SEARCH + left * 7
        while left:
            day += step
            limit -= 1
            if limit < 0:
                raise RulebookError("日历中连续十年没有工作日，请检查年度工作日表。")
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative, and counted with ``end``, when it lies before.

        It undoes :meth:`add_working_days` in both directions.
        """
        if end < start:
            return -self._count(end, start - ONE_DAY)
        return self._count(start + ONE_DAY, end)

    def _count(self, first: date, last: date) -> int:
        days = (last - first).days + 1
        return sum(self.is_working_day(first + timedelta(days=number)) for number in range(days))

    def roll_forward(self, day: date, over: str) -> date:
        """The first day from ``day`` on that is not free.

        ``over`` is ``rest_days`` (weekends and holidays), ``holidays`` (holidays only) or ``none``.
        """
        return self._roll(day, over, ONE_DAY)

    def roll_back(self, day: date, over: str) -> date:
        """The last day up to ``day`` that is not free; ``over`` as in :meth:`roll_forward`."""
        return self._roll(day, over, -ONE_DAY)

    def _roll(self, day: date, over: str, step: timedelta) -> date:
        if over == "none":
            return day
        free = self.is_named_holiday if over == "holidays" else self._is_free
        for _ in range(LONGEST_SEARCH):
            if not free(day):
                return day
            day += step
        raise RulebookError("日历中连续十年没有工作日，请检查年度工作日表。")

    def _is_free(self, day: date) -> bool:
        return not self.is_working_day(day)
