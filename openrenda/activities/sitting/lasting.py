"""The days of a sitting that lasts several 会期: which it is called for, that everybody signs in anew on each, and that it goes on longer only when somebody says so and why (ORG-14, ORG-33)."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Session
from openrenda.procedures.fields import Day
from openrenda.procedures.reasons import Reason

from .. import sharing
from ..days import days_of
from .agenda import sitting_row

CODE_NUMBERS = 1_000_000
MOST_DAYS = 31


class Arrange(sharing.Arrange):
    """When, where and led by whom; the last day where there are several."""

    ends_on = Day(label=_("结束日期"), required=False, help_text=_("开一天的不填。通知和材料的期限从第一天往前算。"))
    field_order = ["held_on", "ends_on"]

    def prepare(self) -> None:
        """What was arranged before stands in place."""
        super().prepare()
        if not self.situation.new and not self.is_bound:
            self.initial["ends_on"] = self.situation.record.ends_on

    def clean(self) -> dict[str, Any]:
        """It ends on or after the day on which it begins; one day is written once."""
        cleaned = super().clean()
        first, last = cleaned.get("held_on"), cleaned.get("ends_on")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.add_error("ends_on", _("结束日期不能早于第一天，会期也不超过三十一天。请核对。"))
        elif first == last:
            cleaned["ends_on"] = None
        return cleaned


class Extend(Reason):
    """The new last day, and why."""

    ends_on = Day(label=_("新的结束日期"))
    field_order = ["ends_on"]

    def prepare(self) -> None:
        """The next day that it may go on."""
        if not self.is_bound and not self.situation.new:
            self.initial["ends_on"] = max(self.situation.record.last_day + timedelta(days=1), self.situation.today)

    def clean_ends_on(self) -> date:
        """It is later than before and not over yet; what sits only in session does not outlast the session."""
        day, record = self.cleaned_data["ends_on"], self.situation.record
        if day <= record.last_day or day < self.situation.today or (day - record.held_on).days >= MOST_DAYS:
            raise ValidationError(_("新的结束日期要晚于原定的结束日期，也不能是已经过去的日子。"))
        if sitting_row(self.situation).kind.in_session and Session.objects.on(day).first() is None:
            raise ValidationError(_("这一天不在大会会期内。请先登记延长后的大会会期。"))
        return day  # type: ignore[no-any-return]


def arrange(situation: Situation, act: Act) -> None:
    """Keep its days, place and leader."""
    sharing.arrange(situation, act)
    last = situation.data.get("ends_on")
    situation.note(ends_on=date.fromisoformat(last) if last else None)


def begin_sign_in(situation: Situation, act: Act) -> None:
    """The code of the day, and the address of the screen in the hall. Neither is in the act, which many may read."""
    sitting = sitting_row(situation)
    situation.change(
        sitting, signs_on=situation.today, code=f"{secrets.randbelow(CODE_NUMBERS):06}",
        wall=sitting.wall or secrets.token_urlsafe(24),
    )  # fmt: skip


def extend(situation: Situation, act: Act) -> None:
    """It lasts until the new day."""
    situation.note(ends_on=date.fromisoformat(situation.data["ends_on"]))


def end(situation: Situation, act: Act) -> None:
    """The days on which it took sign-ins are in the act, from which every place follows; days that were left over are none of it."""
    record = situation.record
    act.data["days"] = [day.isoformat() for day in days_of(situation.acts)]
    if record.last_day > situation.today:
        situation.note(ends_on=situation.today if situation.today > record.held_on else None)


def already_today(situation: Situation) -> str | None:
    """A day has one beginning."""
    if sitting_row(situation).signs_on == situation.today:
        return gettext("今天的签到已经开始。")
    return None


def another_day(situation: Situation) -> str | None:
    """Whoever signed in on another day is not there today (ORG-33)."""
    if sitting_row(situation).signs_on != situation.today:
        return gettext("今天还没有开始签到。每天会前，全体人员重新签到，请先点“开始今日签到”。")
    return None


def beyond_its_last_day(situation: Situation) -> str | None:
    """It does not go on for longer than it was called for."""
    if situation.record.last_day < situation.today:
        return gettext("会议定于%(day)s结束。继续开会的，请先点“延长会期”，写明新的结束日期和理由。") % {
            "day": date_format(situation.record.last_day)
        }
    return None
