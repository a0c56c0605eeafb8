"""How a procedure's matters are listed: columns, filters, and what became of a matter, in words a list can be made from.

A procedure that is a package keeps its ``LIST`` in ``listing.py`` beside the table, a file keeps it below; one without gets the
usual columns.
Paths are those of the ORM, beginning at the matter: ``suggestion__organ_name``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

Choices = Callable[[Book], list[tuple[str, Any]]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``kind`` says how a value is shown: text, number, title, day, state, due, count or choice.

    ``hidden`` columns are off until the reader turns them on; ``fixed`` ones cannot be turned off. ``choices`` gives the
    words for stored keys.
    """

    key: str
    label: Any
    path: str = ""
    kind: str = "text"
    hidden: bool = False
    fixed: bool = False
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter over ``path``. ``kind``: register (rows of ``register``), choice, flag (yes or no), mine (the reader's own),
    some (whether there is a row at the end of the path at all).

    ``asks`` turns a choice and today's date into a condition, where it is more than that ``path`` has the value.
    """

    key: str
    label: Any
    path: str
    kind: str
    register: str = ""
    choices: Choices | None = None
    seats: tuple[str, ...] = ()
    asks: Callable[[str, date], Q] | None = None


NUMBER = Column("number", _("编号"), "number", "number", fixed=True)
TITLE = Column("title", _("标题"), "title", "title", fixed=True)
STATE = Column("state", _("状态"), "state", "state")
OPENED = Column("opened", _("提出"), "opened_on", "day")
DUE = Column("due", _("期限"), "due_on", "due")
CLOSED = Column("closed", _("办结"), "closed_on", "day", hidden=True)


@dataclass(frozen=True, slots=True)
class ListOf:
    """The list of one procedure. ``outcome`` names the columns that say what became of a matter."""

    columns: tuple[Column, ...] = (NUMBER, TITLE, STATE, OPENED, DUE, CLOSED)
    filters: tuple[Filter, ...] = field(default=())
    outcome: tuple[str, ...] = ()
