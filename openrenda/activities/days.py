"""The days of a sitting 会期 (ORG-33; J01, J04): on which it took sign-ins, and who was there, on leave or missing on each. All of it is read from the acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act, Matter
from openrenda.moments import here

from .hall import UNDER_WAY, Attendance
from .record import within_year

CAME, AWAY, MISSED = "came", "away", "missed"
WORDS = {CAME: declared("到会"), AWAY: declared("请假"), MISSED: declared("缺席")}
# Steps of a sitting with which a day of it begins, and steps on a place that say something of a day.
BEGINS = ("begin_sign_in", "begin_day")
TELLS = ("sign_in", "correct", "grant_leave", "grant_day")


def days_of(acts: Iterable[Act]) -> list[date]:
    """The days on which a sitting took sign-ins, by its acts."""
    return sorted({here(made.took_effect).date() for made in acts if made.step in BEGINS})


def told(acts: Iterable[Act], days: Iterable[date], since: date) -> dict[date, str]:
    """What the acts on one place say of each of the days from the one on which she was called: whoever came was there, whatever leave she had."""
    expected = [day for day in days if day >= since]
    came: set[date] = set()
    away: set[date] = set()
    for made in (made for made in acts if made.step in TELLS):
        if made.step == "sign_in":
            came.add(here(made.took_effect).date())
        elif made.step == "correct":
            came.update(map(date.fromisoformat, made.data["days_came"]) if "days_came" in made.data else expected)
        else:
            away.update([date.fromisoformat(made.data["leave_on"])] if "leave_on" in made.data else expected)
    return {day: CAME if day in came else AWAY if day in away else MISSED for day in expected}


def days_words(days: dict[date, str]) -> str:
    """Each day with how it was, as the reader says it."""
    return gettext("、").join(
        gettext("%(day)s%(how)s") % {"day": within_year(day), "how": gettext(WORDS[how])} for day, how in days.items()
    )


def by_place(sitting: Matter, places: Sequence[Attendance]) -> dict[UUID, dict[date, str]]:
    """The days of each place that are over; nothing for a sitting that took sign-ins on one day. Two queries at most."""
    days = days_of(Act.objects.filter(matter=sitting, step__in=BEGINS))
    if len(days) < 2:
        return {}
    if sitting.state in UNDER_WAY:
        days = [day for day in days if day < timezone.localdate()]
    acts: dict[UUID, list[Act]] = defaultdict(list)
    wanted = [place.matter_id for place in places]
    for made in Act.objects.filter(matter__in=wanted, step__in=TELLS).order_by("matter", "seq"):
        acts[made.matter_id].append(made)
    return {place.matter_id: told(acts[place.matter_id], days, place.matter.opened_on) for place in places}
