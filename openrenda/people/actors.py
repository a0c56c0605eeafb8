"""From a seat to the actor the docket knows."""

from __future__ import annotations

import datetime
from typing import cast
from uuid import UUID

from openrenda.docket.actor import Actor
from openrenda.people.models import Seat
from openrenda.people.offices import label_of


def load_seat(seat_id: UUID, account_id: UUID, day: datetime.date | None = None) -> Seat | None:
    """The seat with its account, congress and holder's name, in one query; None when nobody may act in it on the day.

    The congress must be in context. An inactive account, an ended or suspended seat, and the seat of a deputy whose
    mandate has ended or is suspended are all None.
    """
    seats = Seat.objects.able_on(day).with_holder_name().select_related("account", "congress")
    return seats.filter(pk=seat_id, account_id=account_id).first()


def actor_for(seat: Seat, *, fresh: bool = False) -> Actor:
    """The actor who acts from this seat. ``fresh`` says that she has just proved who she is.

    No query when the seat comes from :func:`load_seat`.
    """
    return Actor(
        account=seat.account_id,
        congress=cast(UUID, seat.congress_id),
        seat=seat.key,
        holders=frozenset({seat.holder}),
        name=seat.account.name,
        office_name=office_name(seat),
        person=seat.person_id,
        fresh=fresh,
    )


def office_name(seat: Seat) -> str:
    """How the seat is named to others: its title or kind, after the organ or group it stands for."""
    title = seat.title or str(label_of(seat.key))
    holder = getattr(seat, "holder_name", "") if seat.holder_kind in ("organ", "group") else ""
    return holder + title if holder and not title.startswith(holder) else title
