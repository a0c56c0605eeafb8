"""The list of opinions: by channel, nature, level, station, organ, and what the residents say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from ..listing import CLOSED, DUE, NUMBER, OPENED, STATE, TITLE, Column, Filter, ListOf
from . import sorting, words


def keys(known: dict[str, Any]) -> Callable[[Book], list[tuple[str, Any]]]:
    """Stored keys with their words."""
    return lambda _book: [(key, str(label)) for key, label in known.items()]


CHANNELS, NATURES, LEVELS, ROUTES = (
    keys(known) for known in (words.CHANNELS, words.NATURES, words.LEVELS, sorting.ROUTES)
)
RESULTS, SOLVED, ATTITUDES = keys(words.RESULTS), keys(words.SOLVED_WORDS), keys(words.ATTITUDES)

LIST = ListOf(
    columns=(
        NUMBER,
        TITLE,
        Column("channel", _("渠道"), "opinion__channel", "choice", choices=CHANNELS),
        Column("nature", _("性质"), "opinion__nature", "choice", choices=NATURES, hidden=True),
        Column("level", _("级别"), "opinion__level", "choice", choices=LEVELS, hidden=True),
        Column("route", _("规则去向"), "opinion__route", "choice", choices=ROUTES, hidden=True),
        Column("station", _("站点"), "opinion__station__name"),
        Column("place", _("地点"), "opinion__place", hidden=True),
        Column("organ", _("承办单位"), "opinion__organ__name"),
        Column("ticket", _("热线工单号"), "opinion__ticket", hidden=True),
        STATE,
        OPENED,
        Column("answered", _("答复"), "opinion__answered_on", "day", hidden=True),
        Column("result", _("结果"), "opinion__result", "choice", choices=RESULTS, hidden=True),
        Column("solved", _("群众认为"), "opinion__solved", "choice", choices=SOLVED, hidden=True),
        Column("attitude", _("满意程度"), "opinion__attitude", "choice", choices=ATTITUDES, hidden=True),
        DUE,
        CLOSED,
    ),
    filters=(
        Filter("channel", _("渠道"), "opinion__channel", "choice", choices=CHANNELS),
        Filter("nature", _("性质"), "opinion__nature", "choice", choices=NATURES),
        Filter("level", _("级别"), "opinion__level", "choice", choices=LEVELS),
        Filter("organ", _("承办单位"), "lead", "register", register="organ"),
        Filter("same", _("可能重复"), "opinion__same_as", "some"),
        Filter("solved", _("群众认为"), "opinion__solved", "choice", choices=SOLVED),
        Filter("livelihood", _("民生事项"), "opinion__livelihood", "flag"),
        Filter("street", _("本街道"), "opinion__street", "mine", seats=("street_reviewer", "station_clerk")),
    ),
    outcome=("organ", "result", "solved"),
)
