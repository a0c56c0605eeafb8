"""The list of consultations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from .. import consulting
from ..listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, Filter, ListOf


def purposes(_book: Book) -> list[tuple[str, Any]]:
    """What a call may be for."""
    return [(key, str(label)) for key, label in consulting.PURPOSES.items()]


LIST = ListOf(
    columns=(
        TITLE,
        Column("purpose", _("目的"), "public_consultation__purpose", "choice", choices=purposes),
        Column("opens", _("开始"), "public_consultation__opens_on", "day"),
        Column("closes", _("截止"), "public_consultation__closes_on", "day"),
        STATE,
        OPENED,
        DUE,
        CLOSED,
    ),
    filters=(Filter("purpose", _("目的"), "public_consultation__purpose", "choice", choices=purposes),),
)
