"""Who is where: what the committees do on which day and at which unit, read from everything that is entered already (J07).

Nothing is entered for this calendar. It reads the days arranged under joint tasks, gatherings and reception days that a committee holds or an organ attends,
sittings with the organs they hear, inspections with their streets, and the supervision of suggestions on site or in a meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter, Party
from openrenda.people.models import Organ
from openrenda.people.models.group import SPECIAL_COMMITTEE, STANDING_COMMITTEE
from openrenda.procedures.area import AreaStreet
from openrenda.procedures.counterparts import COMMITTEE_KIND
from openrenda.procedures.supervision.records import FollowUp

from .hall import ORGAN as SITS_IN
from .hall import SITTING, Attendance, Sitting
from .joint import CALLED_OFF, CommitteeDay
from .record import PRESENT, Activity, Item, Participant
from .sharing import ORGAN

TASK, GATHERING, RECEPTION, INSPECTION, SUPERVISION = (
    "committee-task", "gathering", "reception-day", "special-inspection", "supervision",
)  # fmt: skip
SOURCES = (TASK, GATHERING, RECEPTION, INSPECTION, SITTING, SUPERVISION)
# The congress's own organs are no unit that is visited.
OWN_KINDS = (COMMITTEE_KIND, "congress_office")
AT_THE_UNIT = ("site", "meeting")
GONE = ("cancelled", "merged", "dropped")
COMMITTEES_SIT = (SPECIAL_COMMITTEE, STANDING_COMMITTEE)
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Engagement:
    """One thing on one day: which committees, at which units. ``key`` tells it from all others."""

    key: UUID
    day: date
    matter: Matter
    title: str
    committees: tuple[Organ, ...] = ()
    units: tuple[Organ, ...] = ()
    starts_at: str = ""
    place: str = ""
    open: bool = True
    """Whether the reader may open the matter; that it takes place she may know."""

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return monday(self.day)


Found = dict[Any, set[Any]]


def monday(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def engagements(since: date, until: date) -> list[Engagement]:
    """Everything from a day to a day that a committee does or a unit is called to, in order; what is confidential left out. Twelve queries at most."""
    organs = {row.pk: row for row in Organ.objects.all()}
    found = [*_arranged(since, until), *_supervised(since, until, organs), *_activities(since, until, organs)]
    return sorted(found, key=lambda one: (one.day, one.starts_at, one.key))


def as_seen_by(actor: Actor, found: Iterable[Engagement]) -> list[Engagement]:
    """The same, each marked with whether this person may open it. One query; none where there is nothing."""
    rows = list(found)
    if not rows:
        return rows
    visible = docket.visible(actor, *SOURCES).filter(pk__in={one.matter.pk for one in rows})
    opened = set(visible.values_list("pk", flat=True))
    return [replace(one, open=one.matter.pk in opened) for one in rows]


def _arranged(since: date, until: date) -> Iterator[Engagement]:
    """The days of joint tasks."""
    rows = CommitteeDay.objects.filter(held_on__range=(since, until), matter__confidential=False)
    rows = rows.exclude(outcome=CALLED_OFF).exclude(matter__state__in=GONE)
    for row in rows.select_related("matter", "committee", "unit"):
        yield Engagement(
            row.pk, row.held_on, row.matter, row.what, (row.committee,), (row.unit,), row.starts_at, row.place
        )


def _supervised(since: date, until: date, organs: dict[UUID, Organ]) -> Iterator[Engagement]:
    """Suggestions that were looked at where they are handled."""
    rows = FollowUp.objects.filter(
        held_on__range=(since, until), way__in=AT_THE_UNIT, matter__confidential=False
    ).exclude(matter__state__in=GONE)
    seen = list(rows.select_related("matter").prefetch_related("matter__supervision"))
    handlers = _parties("handler", {row.matter_id for row in seen})
    for row in seen:
        led = next(iter(row.matter.supervision.all()), None)
        committees = [led.committee_id] if led and led.committee_id else []
        yield Engagement(
            row.pk, row.held_on, row.matter, row.matter.title, _named(committees, organs), _units(handlers[row.matter_id], organs)
        )  # fmt: skip


def _activities(since: date, until: date, organs: dict[UUID, Organ]) -> Iterator[Engagement]:
    """What is held on a day: of gatherings and reception days those with a committee or an organ, and the sittings that concern the committees."""
    organ_there = Exists(Participant.objects.filter(matter=OuterRef("matter"), kind=ORGAN, attendance=PRESENT))
    concerns = Q(matter__procedure__in=(SITTING, INSPECTION)) | Q(committee__isnull=False) | organ_there
    rows = Activity.objects.filter(
        concerns, held_on__range=(since, until), matter__procedure__in=SOURCES, matter__confidential=False
    )
    days = list(rows.exclude(matter__state__in=GONE).select_related("matter"))
    there, groups = _there(days), _sitting_groups(days)
    by_name = {organ.name: organ.pk for organ in organs.values() if organ.kind == COMMITTEE_KIND}
    for row in days:
        if row.matter.procedure == SITTING and row.matter_id not in groups:
            continue
        holders = there[row.matter_id] | {row.committee_id, by_name.get(groups.get(row.matter_id, ""))} - {None}
        holders |= {row.street_id} if row.committee_id and row.street_id else set()
        committees, units = _named(holders, organs, own=True), _units(holders, organs)
        if committees or units or row.matter.procedure in (SITTING, INSPECTION):
            yield Engagement(
                row.pk, row.held_on, row.matter, row.matter.number or row.matter.title, committees, units, row.starts_at, row.place
            )  # fmt: skip


def _there(days: list[Activity]) -> Found:
    """The organs of each activity, wherever it names them: those that came, are heard, sit in, or are inspected."""
    matters = [row.matter_id for row in days]
    came = Participant.objects.filter(matter__in=matters, kind=ORGAN, attendance=PRESENT)
    sit_in = Attendance.objects.filter(sitting__in=matters, kind=SITS_IN).exclude(matter__state__in=GONE)
    heard = Item.objects.filter(matter__in=matters, organ__isnull=False)
    found, streets = _parties("inspected_street", matters), _streets_of({row.area_id for row in days if row.area_id})
    for matter, organ in (
        *came.values_list("matter", "holder"), *sit_in.values_list("sitting", "organ"), *heard.values_list("matter", "organ"),
    ):  # fmt: skip
        found[matter].add(organ)
    for row in days:
        found[row.matter_id] |= streets[row.area_id]
    return found


def _streets_of(areas: set[Any]) -> Found:
    found: Found = defaultdict(set)
    if areas:
        for area, street in AreaStreet.objects.filter(matter__in=areas).values_list("matter", "street"):
            found[area].add(street)
    return found


def _parties(role: str, matters: Iterable[Any]) -> Found:
    found: Found = defaultdict(set)
    wanted = list(matters)
    if wanted:
        for matter, holder in Party.objects.filter(role=role, until=None, matter__in=wanted).values_list(
            "matter", "holder"
        ):
            found[matter].add(holder)
    return found


def _sitting_groups(days: Iterable[Activity]) -> dict[Any, str]:
    """The sittings of the standing committee and of special committees, each with the name of its group: a special committee bears its organ's name."""
    matters = [row.matter_id for row in days if row.matter.procedure == SITTING]
    rows = Sitting.objects.filter(matter__in=matters, body__in=COMMITTEES_SIT) if matters else Sitting.objects.none()
    return {matter: name or "" for matter, name in rows.values_list("matter", "group__name")}


def _named(holders: Iterable[Any], organs: dict[UUID, Organ], *, own: bool = False) -> tuple[Organ, ...]:
    """The organs themselves, in the order of the register; with ``own`` only the committees among them."""
    rows = [organs[pk] for pk in holders if pk in organs]
    kept = [organ for organ in rows if not own or organ.kind == COMMITTEE_KIND]
    return tuple(sorted(kept, key=lambda organ: (organ.position, organ.code)))


def _units(holders: Iterable[Any], organs: dict[UUID, Organ]) -> tuple[Organ, ...]:
    return tuple(organ for organ in _named(holders, organs) if organ.kind not in OWN_KINDS)


def crowded(found: Iterable[Engagement]) -> dict[tuple[date, UUID], list[Engagement]]:
    """Two and more at the same unit in the same week, by the week's Monday and the unit."""
    together: dict[tuple[date, UUID], list[Engagement]] = defaultdict(list)
    for one in found:
        for unit in one.units:
            together[one.week, unit.pk].append(one)
    return {key: rows for key, rows in together.items() if len(rows) > 1}


def in_the_week(units: Collection[Any], day: date, besides: Iterable[Any] = ()) -> list[Engagement]:
    """What is on at one of the units in the week of the day, but for what has one of these keys or belongs to one of these matters."""
    wanted, left_out = set(units), set(besides)
    return [
        one
        for one in engagements(monday(day), monday(day) + WEEK)
        if wanted & {row.pk for row in one.units} and not left_out & {one.key, one.matter.pk}
    ]


def of_the_same_week(record: Activity, actor: Actor) -> list[Engagement]:
    """For an activity that is still to come what else is on at its units in its week."""
    if record.held_on < monday(timezone.localdate()) or record.matter.closed_on:
        return []
    found = engagements(monday(record.held_on), monday(record.held_on) + WEEK)
    mine = {unit.pk for one in found if one.matter.pk == record.matter_id for unit in one.units}
    others = [one for one in found if one.matter.pk != record.matter_id and mine & {unit.pk for unit in one.units}]
    return as_seen_by(actor, others)


def beside(days: Iterable[CommitteeDay], actor: Actor) -> dict[UUID, list[Engagement]]:
    """For each day that is arranged what else is on at its unit in that week. No query where there is none."""
    rows = list(days)
    if not rows:
        return {}
    since, until = monday(min(row.held_on for row in rows)), monday(max(row.held_on for row in rows)) + WEEK
    together = crowded(as_seen_by(actor, engagements(since, until)))
    return {
        row.pk: [one for one in together.get((monday(row.held_on), row.unit_id), ()) if one.key != row.pk]
        for row in rows
    }


class WarnsOfTheWeek(StepForm):
    """A form that names a unit and a day: what else is on there in the same week is shown beside it, and nothing is barred (J07 (2))."""

    advice_template = "activities/same_week.html"

    def visit(self) -> tuple[Collection[Any], date | None, tuple[Any, ...]]:
        """The units, the day, and what is not to be warned of because it is the very thing."""
        unit = self.typed("unit")
        return [unit.pk] if unit else [], self.typed("held_on"), ()

    def typed(self, name: str) -> Any:
        """What is typed into a field so far, if it will do."""
        field = self.fields[name]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
        except ValidationError:
            return None

    def advice(self) -> dict[str, Any]:
        """The others of the week."""
        units, day, besides = self.visit() if self.is_bound else ([], None, ())
        others = in_the_week(units, day, besides) if units and day else []
        return {"asked": bool(units and day), "others": as_seen_by(self.situation.actor, others)}


def of_committees(found: Iterable[Engagement], committee: UUID) -> list[Engagement]:
    """Those of one committee."""
    return [one for one in found if committee in {organ.pk for organ in one.committees}]
