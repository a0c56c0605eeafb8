"""How the deputies' office keeps what goes beyond single suggestions in the demo: steps on days of the past, within office hours."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from openrenda import docket
from openrenda.activities import sharing
from openrenda.docket.actor import Actor
from openrenda.docket.language import SPREADS
from openrenda.docket.models import Act, Matter, OutboxEntry
from openrenda.people.actors import actor_for
from openrenda.people.leading import leading_members
from openrenda.people.models import Seat

from .cast import Cast
from .diary import Working
from .phrases import dice
from .registers import House
from .storytime import StoryTime, at

MORNING, ENDS = time(9, 10), time(16, 50)
SECONDS = 25_000


class Keeping:
    """The office at work, in the congress in context and under the story's clock."""

    def __init__(self, house: House, cast: Cast, story: StoryTime) -> None:
        self.house, self.cast, self.story = house, cast, story
        self.chance: random.Random = dice(cast.seed, "keeping", house.key)
        self.working: Working = house.book.calendar.is_working_day
        self.office: Actor = next(rows[0] for (seat, _h), rows in house.actors.items() if seat == "deputy_office")
        named = Seat.objects.with_holder_name().select_related("account", "congress")
        seats = {row.pk: row for row in named.filter(pk__in=leading_members(cast.today).values("pk"))}
        council = [row for row in seats.values() if row.title in ("主任", "副主任")]
        self.leaders = sorted(council, key=lambda row: (row.title != "主任", row.account.login))
        self.actors = {row.pk: actor_for(row, fresh=True) for row in seats.values()}

    # Days

    def worked(self, day: date) -> date:
        """This day, or the last one before it that is worked."""
        while not self.working(day):
            day -= timedelta(days=1)
        return day

    def moment(self, day: date, after: datetime | None = None) -> datetime:
        """A moment in office hours of the day, later than another one, and never ahead of now."""
        found = at(day, MORNING) + timedelta(seconds=self.chance.randrange(SECONDS // 2))
        if after and found <= after:
            found = after + timedelta(minutes=1)
            if timezone.localtime(found).time() > ENDS:
                following = timezone.localdate(found) + timedelta(days=1)
                while not self.working(following):
                    following += timedelta(days=1)
                found = at(following, MORNING)
        return min(found, self.story.latest)

    # Steps

    def open(
        self, procedure: str, step: str, day: date | None, data: dict[str, Any], by: Actor | None = None
    ) -> Matter:
        """Open a matter on a day, or without a day a little after what was told last."""
        self.story.set(self.moment(day) if day else self._soon())
        return docket.open_matter(procedure, step, by=by or self.office, data=data).matter

    def take(
        self, matter: Matter, step: str, day: date | None, data: dict[str, Any] | None = None, by: Actor | None = None
    ) -> None:
        """Take a step on a day, or as soon after the matter's last one as office hours allow; without a day a little after what was
        told last, as in a hall."""
        self.story.set(self._soon() if day is None else self.moment(day, self._last(matter)))
        docket.act(Matter.objects.get(pk=matter.pk), step, by=by or self.office, data=data or {})

    def _last(self, matter: Matter) -> datetime | None:
        moment: datetime | None = Act.objects.filter(matter=matter).aggregate(last=Max("took_effect"))["last"]
        return moment

    def _soon(self) -> datetime:
        return self.story.moment + timedelta(seconds=self.chance.randrange(10, 60))

    def quiet_since(self, matter: Matter, day: date) -> bool:
        """Whether nothing happened on the matter after the day."""
        return not Act.objects.filter(matter=matter, took_effect__gte=at(day, MORNING)).exists()

    def suggestions(self, day: date, **condition: Any) -> list[Matter]:
        """Suggestions that may be chosen on a day, oldest first: what was raised within the year before it, or is still open."""
        found = sharing.numbered_suggestions(day).filter(opened_on__lt=day, **condition)
        return list(found.order_by("opened_on", "id"))

    def staff(self, organ: str, seat: str = "organ_office") -> Actor:
        """Somebody of an organ, by the cast's key."""
        return self.house.actors[seat, organ][0]

    def told_long_ago(self, before: date) -> None:
        """What happened weeks ago was told then."""
        old = OutboxEntry.objects.filter(sent_at=None, created_at__lt=at(before, MORNING)).exclude(kind=SPREADS)
        old.update(sent_at=F("created_at"))
