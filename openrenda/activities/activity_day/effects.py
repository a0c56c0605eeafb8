"""What each step of an activity day keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from openrenda.docket.language import Opening
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.rulebook.counting import add_months

from .bars import own, points_of
from .forms import day_of_month
from .records import StreetDay


def begin(situation: Situation, act: Act) -> None:
    """The day, with a row for every street."""
    held_on = date.fromisoformat(situation.data["held_on"])
    situation.note(month=held_on.replace(day=1), held_on=held_on)
    situation.matter.title = f"代表统一活动日（{held_on.year}年{held_on.month}月）"
    for street in Organ.objects.on(situation.today).filter(kind__in=("street", "town")).order_by("position", "code"):
        situation.add(StreetDay(street=street, street_name=street.name))


def guide(situation: Situation, act: Act) -> None:
    """From now on streets choose and hold."""
    data = situation.data
    situation.note(theme=data["theme"], guidance=data["guidance"], guided_on=situation.today)
    situation.matter.title = f"{situation.matter.title.split('：')[0]}：{data['theme']}"


def read(situation: Situation, act: Act) -> None:
    """The street has read it."""
    for row in own(situation):
        if row.read_on is None:
            situation.change(row, read_on=situation.today, read_by=situation.actor.name)


def choose_points(situation: Situation, act: Act) -> None:
    """The street's entry points; who chooses has read."""
    read(situation, act)
    for row in own(situation):
        situation.change(row, entry_points="\n".join(points_of(situation)))


def move(situation: Situation, act: Act) -> None:
    """Another day of the month, by decision."""
    situation.note(held_on=date.fromisoformat(situation.data["held_on"]), moved_because=situation.data["reason"])


def street_held(situation: Situation, act: Act) -> None:
    """The street's own day; held before the end it was not missed."""
    for row in situation.rows(StreetDay):
        if row.street_id == UUID(situation.data["street"]) and row.held_on is None:
            situation.change(row, held_on=date.fromisoformat(situation.data["held_on"]))


def end(situation: Situation, act: Act) -> None:
    """Which streets held nothing by the day's end stays so, whatever is recorded later."""
    missed = [row for row in situation.rows(StreetDay) if row.held_on is None]
    for row in missed:
        situation.change(row, missed=True)
    act.data["missed"] = [row.street_name for row in missed]


def next_month(situation: Situation) -> Iterable[Opening]:
    """Nobody presses a button for the next one."""
    following = add_months(situation.record.month, 1).replace(day=day_of_month(situation.book))
    return [Opening("activity-day", "follow", {"held_on": following.isoformat()}, link="follows")]
