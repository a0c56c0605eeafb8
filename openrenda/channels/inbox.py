"""What a person has been told: the bell, the list, and what is new since she last looked."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone

from openrenda.prepared import Prepared

from .models import Notice

MOST_COUNTED = 99
UNREAD: Prepared[tuple[UUID]] = Prepared(
    lambda account: Notice.objects.filter(account=account, read_at=None).values_list("pk")[: MOST_COUNTED + 1],
    account=uuid4(),
)


def unread(account: UUID) -> int:
    """How many notices are unread, counted up to a hundred."""
    return len(UNREAD.rows(account=account))


def notices(account: UUID) -> QuerySet[Notice]:
    """The account's notices, newest first, with what their sentences say."""
    rows = Notice.objects.filter(account=account).select_related("entry__matter", "entry__act")
    return rows.order_by("-created_at", "-id")


def mark_read(account: UUID, matter: UUID | None = None) -> None:
    """Everything, or everything about one matter, has been read."""
    unread_ones = Notice.objects.filter(account=account, read_at=None)
    (unread_ones.filter(matter_id=matter) if matter else unread_ones).update(read_at=timezone.now())
