"""Pages by key: where the last page ended, in words that the caller hands back unread."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _


class BadCursor(ValueError):
    """A cursor that this API did not give out."""


def cursor_after(opened_on: date, row: UUID) -> str:
    """The cursor of the page after a row."""
    return base64.urlsafe_b64encode(f"{opened_on.isoformat()}.{row.hex}".encode()).decode()


def beyond(opened_on: date, last: UUID) -> Q:
    """The rows after one, newest first."""
    return Q(opened_on__lt=opened_on) | Q(opened_on=opened_on, id__lt=last)


def position(cursor: str) -> tuple[date, UUID]:
    """The day and the id of the row that a cursor names.

    :raises BadCursor: when the words are none of ours.
    """
    try:
        day, _dot, row = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").partition(".")
        return date.fromisoformat(day), UUID(hex=row)
    except (ValueError, binascii.Error) as error:
        raise BadCursor(_("cursor 不是本接口给出的，请从第一页重新读取。")) from error
