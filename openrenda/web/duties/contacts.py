"""Deputies' contact with the people 联系人民群众 (A23): how often it is required, and what counts, worked out from records that exist.

《代表法》第二十八条 asks that deputies be helped to keep contact with the people; how often is laid down by the congress's own Measures.
Nobody enters a contact for this: gatherings, halls and what deputies heard count by themselves, with their day, place and content.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from openrenda import rulebook
from openrenda.activities.kinds import KINDS, RESEARCH
from openrenda.activities.record import PRESENT, Activity, Item, Participant
from openrenda.activities.sharing import DEPUTY
from openrenda.people.coverage import Covered
from openrenda.people.models import Congress, Mandate
from openrenda.people.rosters import deputies
from openrenda.procedures.opinion import words
from openrenda.procedures.opinion.records import Opinion
from openrenda.tenancy import current_congress_id

RULE, PERIOD = "A23.contacts", "option.contact_period"
MONTHS = {"quarter": 3, "half_year": 6, "year": 12}
MEETINGS = ("gathering", "council-hall")
IN_PERSON = (words.WALK_IN, words.VISIT, words.NIGHT_TALK, words.MOBILE_POINT)
TWELVE = 12


@dataclass(frozen=True)
class Span:
    """One period of the Measures: from a day to a day, and how many contacts it requires."""

    since: datetime.date
    until: datetime.date
    required: int

    @property
    def words(self) -> str:
        """How the period is called."""
        told = {"year": self.since.year, "first": self.since.month, "last": self.until.month}
        return _("%(year)s年%(first)s月至%(last)s月") % told


@dataclass(frozen=True)
class Contact:
    """One contact of a deputy with the people."""

    day: datetime.date
    place: str
    matter: UUID
    title: str


@dataclass(frozen=True)
class Standing:
    """How a deputy stands in a period."""

    span: Span
    contacts: tuple[Contact, ...]

    @property
    def done(self) -> int:
        """How many counted."""
        return len(self.contacts)

    @property
    def missing(self) -> int:
        """How many are still to come."""
        return max(0, self.span.required - self.done)


def spans(year: int) -> list[Span]:
    """The periods of a year. The Measures in force on a period's first day hold for all of it, whatever is changed later."""
    congress = Congress.objects.get(pk=current_congress_id())
    length = MONTHS[str(rulebook.value_on(congress, PERIOD, datetime.date(year, 1, 1)))]
    found = []
    for month in range(1, TWELVE + 1, length):
        since = datetime.date(year, month, 1)
        until = _first(year, month + length) - datetime.timedelta(days=1)
        found.append(Span(since, until, int(rulebook.value_on(congress, RULE, since) or 0)))
    return found


def _first(year: int, month: int) -> datetime.date:
    return datetime.date(year + (month - 1) // TWELVE, (month - 1) % TWELVE + 1, 1)


def span_on(day: datetime.date) -> Span:
    """The period in which a day lies."""
    return next(span for span in spans(day.year) if span.since <= day <= span.until)


def last_span(day: datetime.date) -> Span:
    """The last period that was over on the day."""
    return span_on(span_on(day).since - datetime.timedelta(days=1))


def contacts(span: Span, mandates: Iterable[UUID] | None = None) -> dict[UUID, list[Contact]]:
    """What counts in a period, by deputy, in the order of days; of all deputies when none are named. Two queries."""
    found: dict[UUID, dict[tuple[datetime.date, str], Contact]] = defaultdict(dict)
    named = None if mandates is None else list(mandates)
    for holder, contact in (*_meetings(span, named), *_heard(span, named)):
        # What was heard at a gathering on the same day and place belongs to it, and is no second contact.
        found[holder].setdefault((contact.day, contact.place), contact)
    return {holder: sorted(rows.values(), key=lambda row: row.day) for holder, rows in found.items()}


def _meetings(span: Span, mandates: list[UUID] | None) -> list[tuple[UUID, Contact]]:
    """Gatherings and halls at which she was present, with a place and with content: what was raised, decided or written down."""
    content = Item.objects.filter(matter=OuterRef("matter"), congress_id=current_congress_id())
    days = Activity.objects.filter(matter__procedure__in=MEETINGS, held_on__gte=span.since, held_on__lte=span.until)
    days = days.exclude(matter__state__in=("merged", "cancelled")).exclude(kind=RESEARCH).exclude(place="")
    days = days.filter(Exists(content) | ~Q(note=""))
    held = {row["matter_id"]: row for row in days.values("matter_id", "held_on", "place", "matter__title")}
    came = Participant.objects.filter(kind=DEPUTY, attendance=PRESENT, held_on__gte=span.since, held_on__lte=span.until)
    came = came if mandates is None else came.filter(holder__in=mandates)
    return [
        (holder, Contact(row["held_on"], row["place"], matter, row["matter__title"]))
        for holder, matter in came.values_list("holder", "matter_id")
        if (row := held.get(matter))
    ]


def _heard(span: Span, mandates: list[UUID] | None) -> list[tuple[UUID, Contact]]:
    """What was said to her face, with the station or place where it was; several things of one day and place are one contact."""
    rows = Opinion.objects.filter(heard_on__gte=span.since, heard_on__lte=span.until, channel__in=IN_PERSON)
    rows = rows.exclude(deputy=None).exclude(text="")
    rows = rows if mandates is None else rows.filter(deputy__in=mandates)
    told = rows.order_by("heard_on", "id").values_list(
        "deputy_id", "heard_on", "place", "station__name", "matter_id", "matter__title"
    )
    return [
        (deputy, Contact(day, place, matter, title))
        for deputy, day, spot, station, matter, title in told
        if (place := station or spot)
    ]


def standing(mandate: Mandate, span: Span) -> Standing:
    """How one deputy stands."""
    return Standing(span, tuple(contacts(span, [mandate.pk]).get(mandate.pk, ())))


def met(span: Span) -> Covered:
    """Deputies in office throughout the period, and those who fell short of what it required, in the order of strokes (A23 (4))."""
    found = contacts(span)
    rows = [row for row in deputies(span.until) if row.since <= span.since]
    return Covered(len(rows), [row for row in rows if len(found.get(row.pk, ())) < span.required])


def counting() -> list[Any]:
    """The kinds of gathering that count, in words."""
    return [_(kind.label) for kind in KINDS.values() if kind.key != RESEARCH]
