"""The deputy's duty file 履职档案 (M04, 代表法第五十八条): one file a deputy, one volume a year of office, there without anybody making it.

A volume is what the records say of the year: her acts, where others recorded that she was present, what people told her, and what was added by
hand and is marked so. It closes with the year: what was recorded later about it is an addendum, by the day on which it was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.models import Act, Matter, Party
from openrenda.figures.asof import moment
from openrenda.people.models import Mandate, Seat
from openrenda.procedures.livelihood_project.records import VisitingDeputy
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.supervision.records import TookPart

from .hall import ATTENDANCE, MEMBER, Attendance
from .record import PRESENT, DutyNote, Participant

MOST_ENTRIES = 2000
NOTE = "duty-note"
ADDED, DISPUTED = "add", "dispute"
STRUCK, AMENDED = "strike", "amend"
# Steps that say who was present, and steps that are no duty of themselves.
PRESENCE = ("hold", "record", "attend", "begin", "follow", "look", "sign_in", "correct")
NO_DUTY = ("open_names", "open_sealed", "open_contact")
# What one does about one's own place in a sitting is said once, by having been there.
IN_THE_HALL = ("sign_in", "leave_hall", "return")


@dataclass(frozen=True)
class Entry:
    """One line of a volume. ``recorded_on`` is the day on which it was entered; ``mark`` says what is to be known of it."""

    key: str
    day: date
    what: str
    matter: Matter
    recorded_on: date
    agent: str = ""
    by_hand: bool = False
    mark: str = ""
    struck: bool = False
    addendum: bool = False

    @property
    def words(self) -> str:
        """The line as a choice shows it."""
        return f"{self.day:%Y-%m-%d} {self.what}：{self.matter.title}"[:200]


@dataclass(frozen=True)
class Volume:
    """One year of one deputy."""

    mandate: Mandate
    year: int
    entries: tuple[Entry, ...]
    addenda: tuple[Entry, ...]
    cut: bool

    @property
    def closes_on(self) -> date:
        """The last day on which something is entered in the volume itself."""
        return closes_on(self.mandate, self.year)

    @property
    def closed(self) -> bool:
        """Whether the year is over."""
        return timezone.localdate() > self.closes_on


def closes_on(mandate: Mandate, year: int) -> date:
    """The end of the year."""
    return date(year, 12, 31)


def years_of(mandate: Mandate, today: date | None = None) -> list[int]:
    """The years of office that have begun: each has its volume."""
    last = min(today or timezone.localdate(), mandate.until or date.max)
    return list(range(mandate.since.year, last.year + 1))


def volume(mandate: Mandate, year: int, sees: Any = None) -> Volume:
    """The volume of a year as it stands today.

    :param sees: whether the reader may look into matters of a procedure; everything when left out.
    """
    acts, present = acts_of(mandate, year), presence_of(mandate, year)
    found = [
        _acted(made) for made in acts if made.procedure != NOTE and made.step not in NO_DUTY and not _in_the_hall(made)
    ]
    # What others recorded of her presence is hers to read, whatever else she may look into.
    found = [entry for entry in found if sees is None or sees(entry.matter)]
    found += [
        *present,
        *_supervising(mandate, year),
        *_told(mandate, year, {entry.matter.pk for entry in found}),
        *_by_hand(mandate, year),
    ]
    end = closes_on(mandate, year)
    closed = timezone.localdate() > end
    marked, later = _disputed(mandate, year, found, end if closed else None)
    placed = [replace(entry, addendum=closed and entry.recorded_on > end) for entry in marked]
    rows = sorted(placed, key=lambda entry: (entry.day, entry.recorded_on, entry.key))
    addenda = [entry for entry in rows if entry.addendum] + later
    main = tuple(entry for entry in rows if not entry.addendum)
    return Volume(
        mandate,
        year,
        main,
        tuple(sorted(addenda, key=lambda entry: (entry.recorded_on, entry.day))),
        len(acts) == MOST_ENTRIES,
    )


def acts_of(mandate: Mandate, year: int) -> list[Act]:
    """What the deputy did in a year, oldest first: under her own accounts, or entered for her by staff with proof."""
    accounts = Seat.objects.filter(key="deputy", holder=mandate.pk).values_list("account_id", flat=True)
    hers = Party.objects.filter(holder=mandate.pk).values("matter_id")
    by_herself = Q(seat="deputy", account__in=list(accounts), agent_for="")
    entered_for_her = Q(seat="deputy", agent_for=mandate.person.name, matter__in=hers)
    since, until = moment(date(year, 1, 1), before=True), moment(date(year, 12, 31))
    found = Act.objects.filter(by_herself | entered_for_her, took_effect__gte=since, took_effect__lt=until)
    return list(found.select_related("matter").order_by("took_effect", "seq")[:MOST_ENTRIES])


def _acted(made: Act) -> Entry:
    step = made.matter.table.known_step(made.step)
    agent = _("由%(name)s代为录入") % {"name": made.actor_name} if made.agent_for else ""
    day, recorded = timezone.localdate(made.took_effect), timezone.localdate(made.recorded_at)
    return Entry(f"act-{made.pk}", day, step.words if step else made.step, made.matter, recorded, agent)


def _in_the_hall(made: Act) -> bool:
    return made.procedure == ATTENDANCE and made.step in IN_THE_HALL


def presence_of(mandate: Mandate, year: int) -> list[Entry]:
    """Where the deputy was present by the record of others: follow-ups of supervision (B06), reception days, gatherings."""
    within = {"held_on__gte": date(year, 1, 1), "held_on__lte": date(year, 12, 31)}
    took_part = TookPart.objects.filter(mandate=mandate, **within).select_related("matter")
    # A gathering entered twice is one; a volume that had closed before the two were merged keeps both.
    merged_later = Act.objects.filter(step="merged_into", recorded_at__gte=moment(closes_on(mandate, year)))
    counts = ~Q(matter__state="merged") | Q(matter__in=merged_later.values("matter"))
    came = Participant.objects.filter(counts, holder=mandate.pk, attendance=PRESENT, **within).select_related("matter")
    looked = VisitingDeputy.objects.filter(mandate=mandate, **within).select_related("matter")
    rows: list[tuple[Any, str]] = [(row, _("参加督办")) for row in took_part[:MOST_ENTRIES]]
    rows += [(row, _("视察民生实事项目")) for row in looked[:MOST_ENTRIES]]
    rows += [(row, _("参加%(what)s") % {"what": row.matter.table.words}) for row in came[:MOST_ENTRIES]]
    sat = Attendance.objects.filter(mandate=mandate, came=True, **within).select_related("matter")
    rows += [(row, _("出席会议") if row.kind == MEMBER else _("列席会议")) for row in sat[:MOST_ENTRIES]]
    recorded = _recorded([row.matter_id for row, _what in rows])
    return [
        Entry(
            f"came-{row.pk}",
            row.held_on,
            what,
            row.matter,
            max(made_on(row.pk), recorded.get(row.matter_id, row.held_on)),
        )
        for row, what in sorted(rows, key=lambda pair: (pair[0].held_on, pair[0].pk))
    ]


def _recorded(matters: Iterable[UUID]) -> dict[UUID, date]:
    """When it was first recorded who was there."""
    found: dict[UUID, date] = {}
    acts = Act.objects.filter(matter__in=list(matters), step__in=PRESENCE).order_by("-recorded_at")
    for matter, at in acts.values_list("matter_id", "recorded_at"):
        found[matter] = timezone.localdate(at)
    return found


def made_on(key: UUID) -> date:
    """The day on which a row was written, which its key tells (UUIDv7)."""
    return timezone.localdate(datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC))


def _told(mandate: Mandate, year: int, known: set[Any]) -> list[Entry]:
    """What people told her that a clerk or the person herself entered."""
    rows = Opinion.objects.filter(deputy=mandate, heard_on__year=year).exclude(matter__in=list(known))
    return [
        Entry(f"told-{row.pk}", row.heard_on, _("听取群众意见"), row.matter, made_on(row.pk))
        for row in rows.select_related("matter").order_by("heard_on", "id")[:MOST_ENTRIES]
    ]


def _supervising(mandate: Mandate, year: int) -> list[Entry]:
    """The livelihood projects over which she watches: in the year in which she was named."""
    since, until = moment(date(year, 1, 1), before=True), moment(date(year, 12, 31))
    rows = Party.objects.filter(
        holder=mandate.pk, role="supervisor", matter__procedure="livelihood-project", since__gte=since, since__lt=until
    )
    return [
        Entry(
            f"supervises-{row.pk}",
            timezone.localdate(row.since),
            _("督察民生实事项目"),
            row.matter,
            timezone.localdate(row.since),
        )
        for row in rows.select_related("matter").order_by("since", "id")[:MOST_ENTRIES]
    ]


def _by_hand(mandate: Mandate, year: int) -> list[Entry]:
    """What was added by hand, marked so, with whether somebody has looked at it."""
    rows = DutyNote.objects.filter(mandate=mandate, kind=ADDED, day__year=year).exclude(
        matter__state__in=("declined", "withdrawn")
    )
    found = []
    for row in rows.select_related("matter"):
        mark = _("手工补记，待核对") if row.matter.state == "waiting" else _("手工补记")
        found.append(Entry(f"note-{row.pk}", row.day, row.what, row.matter, made_on(row.pk), by_hand=True, mark=mark))
    return found


def _disputed(
    mandate: Mandate, year: int, entries: list[Entry], closed: date | None
) -> tuple[list[Entry], list[Entry]]:
    """The entries with what was disputed about them; corrections made after the volume had closed, as addenda of their own."""
    notes = DutyNote.objects.filter(mandate=mandate, kind=DISPUTED, year=year).select_related("matter").order_by("id")
    by_key: dict[str, DutyNote] = {row.entry: row for row in notes if row.matter.state != "withdrawn"}
    marked, later = [], []
    for entry in entries:
        note = by_key.get(entry.key)
        if note is None:
            marked.append(entry)
        elif note.decided_on and closed and note.decided_on > closed:
            marked.append(
                replace(entry, mark=_join(entry.mark, _("有更正，见补遗") if note.outcome else _("异议不成立")))
            )
            if note.outcome:
                what = _("更正：%(what)s") % {"what": entry.what}
                later.append(
                    Entry(
                        f"fix-{note.pk}",
                        entry.day,
                        what,
                        note.matter,
                        note.decided_on,
                        mark=_settled(note),
                        addendum=True,
                    )
                )
        else:
            words = _settled(note) if note.decided_on else _("本人有异议，核对中")
            marked.append(replace(entry, mark=_join(entry.mark, words), struck=note.outcome == STRUCK))
    return marked, later


def _settled(note: DutyNote) -> str:
    if note.outcome == STRUCK:
        return _("经核实不计：%(found)s") % {"found": note.found}
    if note.outcome == AMENDED:
        return _("经核实更正为：%(found)s") % {"found": note.found}
    return _("异议不成立")


def _join(*marks: str) -> str:
    return _("；").join(mark for mark in marks if mark)
