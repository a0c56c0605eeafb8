"""From a seat to the actor the docket knows."""

from __future__ import annotations

import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.docket.actor import Actor
from openrenda.languages import chinese
from openrenda.people.models import Seat
from openrenda.people.offices import LEADER, label_of
from openrenda.prepared import Prepared

NAMED_HOLDERS = ("organ", "group", "station", "grid")


def able_seats(day: datetime.date) -> QuerySet[Seat]:
    """The seats in which somebody may act on the day, with what :func:`actor_for` wants of each."""
    return Seat.objects.able_on(day).with_holder_name().select_related("account", "congress")


def _able(seat: UUID, account: UUID, day: datetime.date) -> QuerySet[Seat]:
    return able_seats(day).filter(pk=seat, account_id=account)


SEAT: Prepared[Seat] = Prepared(_able, seat=uuid4(), account=uuid4(), day=datetime.date(1000, 1, 1))


def load_seat(seat_id: UUID, account_id: UUID, day: datetime.date | None = None) -> Seat | None:
    """The seat with its account, congress and holder's name, in one query; None when nobody may act in it on the day.

    The congress must be in context. An inactive account, an ended or suspended seat, and the seat of a deputy whose
    mandate has ended or is suspended are all None.
    """
    return SEAT.first(seat=seat_id, account=account_id, day=day or timezone.localdate())


def actor_for(seat: Seat, *, fresh: bool = False) -> Actor:
    """The actor who acts from this seat. ``fresh`` says that she has just proved who she is.

    No query when the seat comes from :func:`load_seat`. The office's name goes into the record of acts, which is kept in
    Chinese whatever language the page is read in.
    """
    with chinese():
        office = office_name(seat)
    return Actor(
        account=seat.account_id,
        congress=cast(UUID, seat.congress_id),
        seat=seat.key,
        holders=frozenset(stands_for(seat)),
        name=seat.account.name,
        office_name=office,
        person=seat.person_id,
        fresh=fresh,
    )


def stands_for(seat: Seat) -> set[UUID]:
    """Whom a seat stands for; a leading member's seat for itself too, because what he leads is led by him and by no organ."""
    return {seat.holder, seat.pk} if seat.key == LEADER else {seat.holder}


def office_name(seat: Seat) -> str:
    """How the seat is named to others: its title or kind, after the organ, group, station or grid it stands for."""
    title = seat.title or str(label_of(seat.key))
    holder = getattr(seat, "holder_name", "") if seat.holder_kind in NAMED_HOLDERS else ""
    if not holder or title.startswith(holder):
        return title
    # 青石街道 and 街道人大工委 share a word, which is said once.
    twice = next((size for size in range(len(title) - 1, 1, -1) if holder.endswith(title[:size])), 0)
    title = title[twice:] if not title.isascii() else title
    return _("%(holder)s%(title)s") % {"holder": holder, "title": title}
