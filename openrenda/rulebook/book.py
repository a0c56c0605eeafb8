"""The rulebook of one congress at one time: rules, options, and the days that follow from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from .calendar import Calendar
from .counting import add_months, end_of_month
from .errors import RulebookError
from .rule import Option, Row, Rule, option_from, rule_from, to_json

FIXED_HOLIDAYS = "option.fixed_holidays"
PERIOD_ROLL = "option.period_roll"
MEETING_ROLL = "option.before_meeting_roll"
MEETING_DAY_COUNTED = "option.meeting_day_counted"


class Book:
    """Rules and options as they hold for a congress. Never changes; a change makes a new book with a new version."""

    def __init__(
        self, packs: Iterable[str], rules: Iterable[Rule], options: Iterable[Option], content: str | None = None
    ) -> None:
        """Lay out the rows; ``content`` is given when a kept version is read back, so that it keeps its name."""
        self.packs = tuple(packs)
        self._rules = {rule.id: rule for rule in rules}
        self._options = {option.id: option for option in options}
        self.content = self._written() if content is None else content
        digest = hashlib.sha256(self.content.encode()).hexdigest()[:12]
        self.version = f"{self.packs[-1]}-{digest}"

    def _written(self) -> str:
        data = {
            "packs": self.packs,
            "rules": [to_json(rule) for rule in self._rules.values()],
            "options": [to_json(option) for option in self._options.values()],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_content(cls, content: str) -> Book:
        """The book whose :attr:`content` was kept."""
        data: dict[str, Any] = json.loads(content)
        return cls(data["packs"], map(rule_from, data["rules"]), map(option_from, data["options"]), content)

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule.

        :raises RulebookError: when the book has no such rule.
        """
        try:
            return self._rules[rule_id]
        except KeyError:
            raise RulebookError(f"规则簿中没有规则“{rule_id}”。请检查编号，或者在规则包中补上。") from None

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of the packs."""
        return tuple(self._rules.values())

    def options(self) -> tuple[Option, ...]:
        """All options, in the order of the packs."""
        return tuple(self._options.values())

    def option_row(self, option_id: str) -> Option:
        """The option with its title, basis and choices.

        :raises RulebookError: when the book has no such option.
        """
        try:
            return self._options[option_id]
        except KeyError:
            raise RulebookError(f"规则簿中没有选项“{option_id}”。请检查编号，或者在规则包中补上。") from None

    def option(self, option_id: str) -> Any:
        """The value chosen for an option (``option.…``): true or false, a number, a word, or a list (a copy).

        :raises RulebookError: when the book has no such option.
        """
        value = self.option_row(option_id).value
        return list(value) if isinstance(value, list) else value

    def citation(self, row_id: str) -> str:
        """The basis of a rule or option in words: 《代表法》第五十一条第二款."""
        row: Row = self.option_row(row_id) if row_id in self._options else self[row_id]
        return row.citation

    @property
    def calendar(self) -> Calendar:
        """The working-day calendar as it stands today; it is not part of the version."""
        from .resolution import current_calendar

        return current_calendar(tuple(self.option(FIXED_HOLIDAYS)))

    def due(self, rule_id: str, start: date, anchor: date | None = None) -> date:
        """The day a time limit ends: last day for 至迟, first day for 至少, latest day before a meeting.

        :param start: the day the period runs from (not counted); a moment is taken as its day in Asia/Shanghai.
        :param anchor: first day of the meeting, for limits counted back from one (``start`` when not given).
        :raises RulebookError: when the rule names no time.
        """
        rule = self[rule_id]
        if rule.limit == "before_meeting":
            return self._before_meeting(rule, _day(anchor or start))
        end = self._end(rule, _day(start))
        if rule.unit in ("day", "month"):
            return self.calendar.roll_forward(end, self.option(PERIOD_ROLL))
        return end

    def _end(self, rule: Rule, start: date) -> date:
        count = _whole(rule)
        if rule.unit == "working_day":
            return self.calendar.add_working_days(start, count)
        if rule.unit == "day":
            return start + timedelta(days=count)
        if rule.unit == "month":
            return add_months(start, count)
        if rule.unit == "month_of_year":
            return end_of_month(start.year + (start.month > count), count)
        raise RulebookError(f"规则“{rule.id}”（{rule.title}）不是期限，不能据以计算日期。")

    def _before_meeting(self, rule: Rule, meeting: date) -> date:
        count = _whole(rule) - bool(self.option(MEETING_DAY_COUNTED))
        if rule.unit == "working_day":
            return self.calendar.add_working_days(meeting, -count)
        day = add_months(meeting, -count) if rule.unit == "month" else meeting - timedelta(days=count)
        return self.calendar.roll_back(day, self.option(MEETING_ROLL))


def _day(moment: date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _whole(rule: Rule) -> int:
    if not isinstance(rule.value, int):
        raise RulebookError(f"规则“{rule.id}”（{rule.title}）没有具体天数，不能据以计算日期。")
    return rule.value
