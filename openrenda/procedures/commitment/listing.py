"""The ledger of promises as a list: by organ, street, level, how long overdue, and what is due this month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from ..listing import DUE, NUMBER, STATE, TITLE, Column, Filter, ListOf
from .records import DISTRICT, STREET

DECEMBER = 12
OVERDUE = Q(commitment__confirmed_on=None, commitment__reported_on=None)
ANY_AGE = "any"


def levels(book: Book) -> list[tuple[str, Any]]:
    """The two ledgers."""
    return [(DISTRICT, gettext("区级")), (STREET, gettext("街道"))]


def ages(book: Book) -> list[tuple[str, Any]]:
    """The steps of age of overdue promises, as the rulebook draws them."""
    steps = [int(days) for days in book.option("option.promise_ages")]
    found = [
        (ANY_AGE, gettext("逾期，不论长短")),
        (f"1-{steps[0]}", gettext("逾期%(days)d天以内") % {"days": steps[0]}),
    ]
    for low, high in pairwise(steps):
        found.append((f"{low + 1}-{high}", gettext("逾期%(low)d至%(high)d天") % {"low": low + 1, "high": high}))
    return [*found, (f"{steps[-1] + 1}-", gettext("逾期%(days)d天以上") % {"days": steps[-1]})]


def age_heads(book: Book) -> list[str]:
    """The same steps as short headings: 1–30天, 31–90天, 超过90天."""
    steps = [int(days) for days in book.option("option.promise_ages")]
    spans = [f"1–{steps[0]}", *(f"{low + 1}–{high}" for low, high in pairwise(steps))]
    within = [gettext("%(span)s天") % {"span": span} for span in spans]
    return [gettext("合计"), *within, gettext("超过%(days)d天") % {"days": steps[-1]}]


def overdue_for(key: str, today: date) -> Q:
    """Past the day that holds now by so many days, and not reported as kept: whatever else was recorded meanwhile."""
    if key == ANY_AGE:
        return OVERDUE & Q(commitment__due_on__lt=today)
    low, _dash, high = key.partition("-")
    late = OVERDUE & Q(commitment__due_on__lte=today - timedelta(days=int(low)))
    return late & Q(commitment__due_on__gte=today - timedelta(days=int(high))) if high else late


def coming(book: Book) -> list[tuple[str, Any]]:
    """This month and the next."""
    return [("this", gettext("本月到期")), ("next", gettext("下月到期"))]


def due_in(key: str, today: date) -> Q:
    """Due in the month, and not yet confirmed."""
    first = today.replace(day=1)
    months = [first, _following(first), _following(_following(first))]
    since, until = months[0:2] if key == "this" else months[1:3]
    return Q(commitment__confirmed_on=None, commitment__due_on__gte=since, commitment__due_on__lt=until)


def _following(month: date) -> date:
    return date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)


LIST = ListOf(
    columns=(
        NUMBER,
        TITLE,
        Column("who", _("责任人"), "commitment__who", hidden=True),
        Column("organ", _("承办单位"), "commitment__organ__name"),
        Column("promised_day", _("完成期限"), "commitment__due_on", "day"),
        Column("first_day", _("最初期限"), "commitment__first_due_on", "day", hidden=True),
        Column("postponed", _("延期次数"), "commitment__postponed", "count", hidden=True),
        STATE,
        # The nearest of several: the report of the year is one of them.
        replace(DUE, label=_("最近的期限")),
        Column("level", _("台账"), "commitment__level", "choice", choices=levels),
        Column("keeper", _("管理街道"), "commitment__keeper__name", hidden=True),
        Column("street", _("代表所在街道"), "commitment__street__name", hidden=True),
        Column("promised", _("承诺"), "commitment__promised_on", "day", hidden=True),
        Column("reported", _("报告落实"), "commitment__reported_on", "day", hidden=True),
        Column("confirmed", _("确认落实"), "commitment__confirmed_on", "day", hidden=True),
        Column("suggestion", _("建议编号"), "commitment__suggestion__number", hidden=True),
    ),
    filters=(
        Filter("organ", _("承办单位"), "lead", "register", register="organ"),
        Filter("level", _("台账"), "commitment__level", "choice", choices=levels),
        Filter("keeper", _("管理街道"), "commitment__keeper", "register", register="street"),
        Filter("street", _("代表所在街道"), "commitment__street", "register", register="street"),
        Filter("age", _("逾期时间"), "", "choice", choices=ages, asks=overdue_for),
        Filter("month", _("到期月份"), "", "choice", choices=coming, asks=due_in),
        Filter("mine", _("本街道台账"), "commitment__keeper", "mine", seats=("street_reviewer",)),
    ),
    outcome=("organ", "confirmed"),
)
