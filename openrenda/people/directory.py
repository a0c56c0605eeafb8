"""Who holds a seat today: the docket's way to the people it has to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from openrenda.docket.actor import Recipient
from openrenda.people.models import Seat
from openrenda.people.offices import LEADER
from openrenda.people.remembering import remembered
from openrenda.tenancy import current_congress_id


class PeopleDirectory:
    """Answers from the seats of the congress in context."""

    def recipients(self, seats: Iterable[str], holders: Iterable[UUID] | None) -> list[Recipient]:
        """Accounts that hold one of the seats today, for one of the holders or for any when ``holders`` is None.

        One query. An account in two such seats is told once for each.
        """
        wanted = None if holders is None else frozenset(holders)
        return list(_recipients(current_congress_id(), timezone.localdate(), frozenset(seats), wanted))


@remembered
def _recipients(congress: UUID, day: date, seats: frozenset[str], holders: frozenset[UUID] | None) -> list[Recipient]:
    """Of the congress in context, whose id tells its answers from another's."""
    rows = Seat.objects.able_on(day).filter(key__in=seats)
    if holders is not None:
        rows = rows.filter(Q(holder__in=holders) | Q(key=LEADER, pk__in=holders))
    return [
        Recipient(account=account, seat=seat, name=name, email=email, language=language)
        for account, seat, name, email, language in rows.order_by("account__login", "id").values_list(
            "account_id", "id", "account__name", "account__email", "account__language"
        )
    ]
