"""The list of rectifications: whose, by when, and from where."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from ..listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, Filter, ListOf
from . import SOURCES


def sources(book: Book) -> list[tuple[str, Any]]:
    """Where problems come from."""
    return list(SOURCES)


LIST = ListOf(
    columns=(
        TITLE,
        Column("organ", _("整改单位"), "rectification__organ_name"),
        Column("source", _("来源"), "rectification__source", "choice", choices=sources),
        Column("problem", _("问题"), "rectification__problem", hidden=True),
        STATE,
        OPENED,
        DUE,
        Column("returned", _("退回次数"), "rectification__returned", "count", hidden=True),
        CLOSED,
    ),
    filters=(
        Filter("organ", _("整改单位"), "rectification__organ", "register", register="organ"),
        Filter("source", _("来源"), "rectification__source", "choice", choices=sources),
    ),
)
