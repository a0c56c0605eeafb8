"""What the pages of a sitting show: who is there, whether that is enough, what is dealt with, who speaks and how long. The same rows for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from openrenda import docket
from openrenda.activities.days import by_place, days_words
from openrenda.activities.hall import OPEN as SITS
from openrenda.activities.hall import RECESS, SITTING, UNDER_WAY, VOTE, Attendance, Paper, Sitting, Speech, places_of
from openrenda.activities.quorum import Quorum, quorum, quorum_words
from openrenda.activities.record import Activity, Item
from openrenda.activities.sitting.agenda import numbered
from openrenda.docket.actor import Actor
from openrenda.docket.models import Act, Matter
from openrenda.docket.reading import visible_to
from openrenda.docket.situation import Situation, book_of
from openrenda.tenancy import current_congress_id

from ..access import Request, acting, matter_of

STAFF = ("deputy_office",)
SECONDS = 60
IN_HALL = (SITS, RECESS)


@dataclass
class Floor:
    """Who speaks, since when, and how many seconds are left; fewer than none when the time is over."""

    speech: Speech
    left: int

    @property
    def over(self) -> bool:
        """Whether the time has run out."""
        return self.left < 0

    @property
    def clock(self) -> str:
        """Minutes and seconds left, or over."""
        minutes, seconds = divmod(abs(self.left), SECONDS)
        return f"{minutes}:{seconds:02}"


@dataclass
class Hall:
    """One sitting as it is now. Lists are asked once, when they are first wanted."""

    matter: Matter
    record: Activity
    sitting: Sitting
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its number once it was called, else its title."""
        return self.matter.number or self.matter.title

    @property
    def under_way(self) -> bool:
        """Whether people sign in, sit, or rest."""
        return self.matter.state in UNDER_WAY

    @property
    def sits(self) -> bool:
        """Whether it is open now."""
        return self.matter.state == SITS

    def once(self, name: str, ask: Any) -> Any:
        """Ask once a page."""
        if name not in self.kept:
            self.kept[name] = ask()
        return self.kept[name]

    @property
    def quorum(self) -> Quorum:
        """Who is there, on the right base."""
        return self.once("quorum", lambda: quorum(self.matter))  # type: ignore[no-any-return]

    @property
    def quorum_words(self) -> str:
        """The quorum in one sentence."""
        return quorum_words(self.quorum, book_of(current_congress_id())[self.quorum.rule_id])

    @property
    def agenda(self) -> list[tuple[str, Item]]:
        """The items with their numbers."""
        return self.once("agenda", lambda: numbered(Item.objects.filter(matter=self.matter)))  # type: ignore[no-any-return]

    @property
    def current(self) -> tuple[str, Item] | None:
        """What is dealt with now."""
        return next((row for row in self.agenda if row[1].pk == self.sitting.current_id), None)

    @property
    def speeches(self) -> list[Speech]:
        """Everybody who asked for the floor, in that order."""
        rows = Speech.objects.filter(sitting=self.matter).select_related("matter", "item").order_by("id")
        return self.once("speeches", lambda: list(rows))  # type: ignore[no-any-return]

    @property
    def waiting(self) -> list[Speech]:
        """Those who wait for the floor."""
        return [row for row in self.speeches if row.matter.state == "asked"]

    @property
    def floor(self) -> Floor | None:
        """Who has the floor."""
        row = next((row for row in self.speeches if row.matter.state == "speaking"), None)
        return Floor(row, left(row, timezone.now())) if row else None

    @property
    def places(self) -> list[Attendance]:
        """Everybody's place."""
        return self.once("places", lambda: list(places_of(self.matter)))  # type: ignore[no-any-return]

    @property
    def another_day(self) -> bool:
        """Whether it is another day than the one on which people signed in, so that nobody is there yet."""
        return self.under_way and self.sitting.signs_on != timezone.localdate()

    @property
    def takes_sign_ins(self) -> bool:
        """Whether people may sign in now."""
        return self.under_way and not self.another_day

    def whereabouts(self, place: Attendance) -> str:
        """Where somebody is; whoever was there on another day is not there yet."""
        if self.another_day and place.came:
            return gettext("今日还没有签到")
        return place.matter.state_now.words

    @property
    def kept_days(self) -> dict[UUID, dict[date, str]]:
        """Who was there, on leave or missing on each day of a sitting of several."""
        return self.once("days", lambda: by_place(self.matter, self.places))  # type: ignore[no-any-return]

    def days_words(self, place: Attendance) -> str:
        """Her days in words."""
        return days_words(self.kept_days.get(place.matter_id, {}))

    @property
    def papers(self) -> list[Paper]:
        """The papers."""
        rows = Paper.objects.filter(matter=self.matter).select_related("organ").order_by("due_on", "id")
        return self.once("papers", lambda: list(rows))  # type: ignore[no-any-return]

    @property
    def votes(self) -> list[dict[str, Any]]:
        """The votes with their announced results: sentences, never who or what in secret ones."""
        return self.once("votes", lambda: votes_of(self.matter))  # type: ignore[no-any-return]


def left(row: Speech, now: datetime) -> int:
    """How many seconds of a speech are left."""
    if row.began_at is None:
        return row.minutes * SECONDS
    return row.minutes * SECONDS - int((now - row.began_at).total_seconds())


def votes_of(matter: Matter) -> list[dict[str, Any]]:
    """The votes with what was announced; the sentence is kept with the count and shown only once it was announced. Two queries."""
    rows = list(Matter.objects.filter(procedure=VOTE, origins__origin=matter).order_by("id"))
    acts = list(Act.objects.filter(matter__in=rows, step__in=("close", "announce")).order_by("seq"))
    announced = {made.matter_id for made in acts if made.step == "announce"}
    told = {made.matter_id: str(made.data["sentence"]) for made in acts if made.data.get("sentence")}
    return [
        {
            "matter": row,
            "sentence": told.get(row.pk, "") if row.pk in announced else "",
            "announced": row.pk in announced,
        }
        for row in rows
    ]


def hall_of(matter: Matter) -> Hall:
    """The sitting of a matter.

    :raises Http404: when it is none.
    """
    if matter.procedure != SITTING:
        raise Http404
    sitting = Sitting.objects.select_related("group").get(matter=matter)
    return Hall(matter, Activity.objects.get(matter=matter), sitting)


def entered(request: Request, matter_id: UUID) -> tuple[Hall, Attendance | None]:
    """The sitting, and the reader's own place in it. Whoever has a place may enter, and whoever may see the matter.

    :raises Http404: for anybody else.
    """
    matter, actor = matter_of(matter_id), acting(request)
    hall, mine = hall_of(matter), own_place(matter, actor)
    if mine is None and not visible_to(Situation(matter, actor)):
        raise Http404
    return hall, mine


def own_place(matter: Matter, actor: Actor) -> Attendance | None:
    """Her place, unless she was not taken."""
    held = docket.models.Party.objects.filter(holder__in=sorted(actor.holders), role="member", until=None)
    rows = Attendance.objects.filter(sitting=matter, matter__in=held.values("matter")).select_related("matter")
    return rows.exclude(matter__state__in=("wished", "not_chosen", "cancelled")).first()


MOST_COMING = 5


def coming(actor: Actor) -> list[Attendance]:
    """The sittings that a deputy is expected in from today on; one query."""
    today = timezone.localdate()
    to_come = Q(held_on__gte=today) | Q(sitting__activity__ends_on__gte=today)
    rows = Attendance.objects.filter(to_come, mandate__in=sorted(actor.holders))
    rows = rows.exclude(matter__state__in=("not_chosen", "cancelled")).select_related("matter", "sitting")
    return list(rows.order_by("held_on", "id")[:MOST_COMING])


def keeps(actor: Actor) -> bool:
    """Whether she keeps the sitting for the others."""
    return actor.seat in STAFF
