"""Who holds a seat today: the docket's way to the people it has to tell."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from openrenda.docket.actor import Recipient
from openrenda.people.models import Seat
from openrenda.people.offices import LEADER


class PeopleDirectory:
    """Answers from the seats of the congress in context."""

    def recipients(self, seats: Iterable[str], holders: Iterable[UUID] | None) -> list[Recipient]:
        """Accounts that hold one of the seats today, for one of the holders or for any when ``holders`` is None.

        One query. An account in two such seats is told once for each.
        """
        rows = Seat.objects.able_on().filter(key__in=list(seats))
        if holders is not None:
            wanted = list(holders)
            rows = rows.filter(Q(holder__in=wanted) | Q(key=LEADER, pk__in=wanted))
        return [
            Recipient(account=account, seat=seat, name=name, email=email, language=language)
            for account, seat, name, email, language in rows.order_by("account__login", "id").values_list(
                "account_id", "id", "account__name", "account__email", "account__language"
            )
        ]
