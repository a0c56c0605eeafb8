"""The list of opinions on consultations: by call, channel, source, theme and outcome; several alike are answered at once from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.rulebook import Book

from .. import consulting
from ..listing import CLOSED, OPENED, STATE, TITLE, Column, Filter, ListOf

MOST_CALLS = 100


def keys(known: dict[str, Any]) -> Callable[[Book], list[tuple[str, Any]]]:
    """Stored keys with their words."""
    return lambda _book: [(key, str(label)) for key, label in known.items()]


def calls(_book: Book) -> list[tuple[str, Any]]:
    """The consultations, newest first."""
    found = Matter.objects.filter(procedure=consulting.CALL).order_by("-opened_on", "-id")
    return [(str(pk), title) for pk, title in found.values_list("pk", "title")[:MOST_CALLS]]


CHANNELS, SOURCES, OUTCOMES = keys(consulting.CHANNELS), keys(consulting.SOURCES), keys(consulting.OUTCOMES)

LIST = ListOf(
    columns=(
        TITLE,
        Column("consultation", _("征求意见"), "consultation_opinion__consultation__title", hidden=True),
        Column("channel", _("渠道"), "consultation_opinion__channel", "choice", choices=CHANNELS),
        Column("source", _("来源"), "consultation_opinion__source", "choice", choices=SOURCES),
        Column("body", _("提出单位"), "consultation_opinion__body", hidden=True),
        Column("theme", _("归类"), "consultation_opinion__theme"),
        Column("heard", _("提出日期"), "consultation_opinion__heard_on", "day", hidden=True),
        STATE,
        Column("outcome", _("结果"), "consultation_opinion__outcome", "choice", choices=OUTCOMES),
        OPENED,
        CLOSED,
    ),
    filters=(
        Filter("consultation", _("征求意见"), "consultation_opinion__consultation", "choice", choices=calls),
        Filter("channel", _("渠道"), "consultation_opinion__channel", "choice", choices=CHANNELS),
        Filter("source", _("来源"), "consultation_opinion__source", "choice", choices=SOURCES),
        Filter("outcome", _("结果"), "consultation_opinion__outcome", "choice", choices=OUTCOMES),
        Filter("late", _("逾期提出"), "consultation_opinion__late", "flag"),
        Filter("same", _("内容相同"), "consultation_opinion__same_as", "some"),
    ),
    outcome=("outcome",),
)
