"""Writing to the account log."""

from __future__ import annotations

from django.utils import timezone

from openrenda.people.models import Account, AccountEvent, Membership
from openrenda.tenancy import NoCongress, congress_scope, current_congress_id

DETAIL_LENGTH = 200


def record(
    account: Account, kind: str, *, by: Account | None = None, address: str | None = None, detail: str = ""
) -> None:
    """Adds one event for the congress in context; without one, for every congress in which the account has seats.

    An account without a congress leaves no row here; its failed sign-ins are counted where unknown names are.
    """
    try:
        congresses = [current_congress_id()]
    except NoCongress:
        congresses = list(Membership.objects.filter(account=account).values_list("congress_id", flat=True))
    now = timezone.now()
    for congress in congresses:
        with congress_scope(congress):
            AccountEvent.objects.create(
                kind=kind,
                account=account,
                by=by,
                address=address or None,
                detail=detail[:DETAIL_LENGTH],
                happened_at=now,
            )
