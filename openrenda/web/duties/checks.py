"""The checks of deputies' contact: each with its sentence, how it is counted, and the list of those who lack something, never ranked."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.activities.record import PRESENT, Participant
from openrenda.activities.sharing import DEPUTY, ORGAN
from openrenda.docket.situation import book_of
from openrenda.people.coverage import Covered
from openrenda.people.rosters import deputies
from openrenda.procedures.contacting import contacted, pairs_in_force, without_member
from openrenda.procedures.counterparts import committees, counterparts
from openrenda.procedures.member_contact import without_contact, without_making_one
from openrenda.procedures.report_in import without_report_in
from openrenda.tenancy import current_congress_id

from ..stations.checks import Check
from . import contacts


def reported_in() -> Covered:
    """Deputies in office, and those without a report-in in the term (A20 (3))."""
    return Covered(deputies().count(), list(without_report_in()))


def assigned() -> Covered:
    """Deputies in office, and those with whom no member of the committee keeps contact (A22 (1), (5))."""
    return Covered(deputies().count(), list(without_member()))


def reached() -> Covered:
    """Deputies of the table, and those whom nobody contacted in the set period (A22 (3))."""
    since, until = set_period()
    return Covered(pairs_in_force().count(), list(without_contact(since, until)))


def reaching() -> Covered:
    """Members with deputies in the table, and those who contacted nobody in the set period (A22 (3))."""
    since, until = set_period()
    whole = contacted(until).order_by().values("member").distinct().count()
    return Covered(whole, list(without_making_one(since, until)))


def set_period() -> tuple[datetime.date, datetime.date]:
    """The months up to today within which a member contacts her deputies at least once."""
    today = timezone.localdate()
    months = int(book_of(current_congress_id())["A22.contact"].value or 0)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    first = datetime.date(year, month + 1, 1)
    return min(first + datetime.timedelta(days=today.day - 1), _last_of(first)), today


def _last_of(first: datetime.date) -> datetime.date:
    return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)


def involved() -> Covered:
    """Committees of the day, and those that involved no counterpart deputy of theirs in an activity this year (A24 (4))."""
    rows = list(committees().order_by("position", "code"))
    year = timezone.localdate().year
    came = Participant.objects.filter(kind=DEPUTY, attendance=PRESENT, held_on__year=year).exclude(
        matter__state__in=("merged", "cancelled")
    )
    theirs: dict[object, set[object]] = {
        row.pk: set(counterparts(row.pk).values_list("holder", flat=True)) for row in rows
    }
    took_part: set[tuple[object, object]] = set(
        came.exclude(matter__activity__committee=None).values_list("matter__activity__committee", "holder")
    )
    there = Participant.objects.filter(
        kind=ORGAN, attendance=PRESENT, matter__in=came.values("matter"), holder__in=list(theirs)
    )
    matters: dict[Any, set[Any]] = {}
    for matter, committee in there.values_list("matter", "holder"):
        matters.setdefault(matter, set()).add(committee)
    for matter, holder in came.filter(matter__in=list(matters)).values_list("matter", "holder"):
        took_part |= {(committee, holder) for committee in matters[matter]}
    with_them = {one for one, holder in took_part if one in theirs and holder in theirs[one]}
    return Covered(len(rows), [row for row in rows if row.pk not in with_them])


def kept() -> Covered:
    """Deputies in office throughout the last period that is over, and those who fell short of it (A23 (4))."""
    return contacts.met(contacts.last_span(timezone.localdate()))


def checks() -> tuple[Check, ...]:
    """Every check, in the order in which the office goes through them."""
    return (
        Check("assigned", _("有常委会组成人员联系的代表"), _("没有联系人的代表"), assigned),
        Check("reached", _("期间内受到联系的代表"), _("期间内没有受到联系的代表"), reached),
        Check("reaching", _("期间内联系过代表的常委会组成人员"), _("期间内没有联系代表的常委会组成人员"), reaching),
        Check("required", _("上一期间达到联系群众次数的代表"), _("上一期间没有达到次数的代表"), kept),
        Check("committees", _("今年邀请过对口代表的专工委"), _("今年没有邀请过对口代表的专工委"), involved),
        Check("report-in", _("到社区报到的代表"), _("本届还没有到社区报到的代表"), reported_in),
    )


def found(key: str) -> Check | None:
    """The check of that key."""
    return next((check for check in checks() if check.key == key), None)
