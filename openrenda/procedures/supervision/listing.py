"""The list of supervisions: a leading member's own table, the year's key list, both levels."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket import registry
from openrenda.rulebook import Book

from ..listing import CLOSED, DUE, STATE, TITLE, Column, Filter, ListOf


def forms_of(book: Book) -> list[tuple[str, Any]]:
    """Led, or a key one."""
    return [("led", gettext("领衔督办")), ("key", gettext("重点督办"))]


def levels(book: Book) -> list[tuple[str, Any]]:
    """District or street."""
    return [("district", gettext("区级")), ("street", gettext("街道"))]


def states_of_suggestions(book: Book) -> list[tuple[str, Any]]:
    """Where the suggestion itself stands."""
    return [(state.key, state.words) for state in registry.procedure("suggestion").states]


LIST = ListOf(
    columns=(
        Column("subject_number", _("建议编号"), "supervision__subject__number"),
        TITLE,
        Column("form", _("督办方式"), "supervision__form", "choice", choices=forms_of),
        Column("level", _("层级"), "supervision__level", "choice", choices=levels, hidden=True),
        Column("leading", _("领衔"), "supervision__leading_name"),
        Column("committee", _("对口专工委"), "supervision__committee__name", hidden=True),
        Column("unit", _("承办单位"), "supervision__unit_name"),
        Column("government", _("政府方面责任人"), "supervision__government_person", hidden=True),
        Column("subject_state", _("建议状态"), "supervision__subject__state", "choice", choices=states_of_suggestions),
        Column("subject_due", _("建议期限"), "supervision__subject__due_on", "day", hidden=True),
        STATE,
        Column("opened", _("开始"), "opened_on", "day", hidden=True),
        DUE,
        CLOSED,
    ),
    filters=(
        Filter("form", _("督办方式"), "supervision__form", "choice", choices=forms_of),
        Filter("level", _("层级"), "supervision__level", "choice", choices=levels),
        Filter("committee", _("对口专工委"), "supervision__committee", "register", register="committee"),
    ),
    outcome=("subject_state",),
)
