"""The list of suggestions: what the offices look at, sort by and hand on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from ..listing import CLOSED, DUE, NUMBER, OPENED, STATE, TITLE, Column, Filter, ListOf


def classes(book: Book) -> list[tuple[str, Any]]:
    """The congress's classes of result."""
    return [(row["letter"], gettext(row["label"])) for row in book.option("option.result_scheme")]


def grades(book: Book) -> list[tuple[str, Any]]:
    """The congress's grades of satisfaction."""
    return [(row["key"], gettext(row["label"])) for row in book.option("option.satisfaction")]


LIST = ListOf(
    columns=(
        NUMBER,
        TITLE,
        Column("sponsor", _("领衔代表"), "suggestion__sponsor_name"),
        Column("cosigners", _("联名"), "suggestion__cosigners", "count", hidden=True),
        Column("organ", _("主办单位"), "suggestion__organ_name"),
        Column("category", _("类别"), "suggestion__category__name"),
        Column("session", _("会次"), "suggestion__session_name", hidden=True),
        STATE,
        OPENED,
        Column("assigned", _("交办"), "suggestion__assigned_on", "day", hidden=True),
        Column("replied", _("答复"), "suggestion__replied_on", "day", hidden=True),
        DUE,
        Column("class", _("结果分类"), "suggestion__result_class", "choice", choices=classes, hidden=True),
        Column("result", _("对结果的评价"), "suggestion__result", "choice", choices=grades, hidden=True),
        CLOSED,
    ),
    filters=(
        Filter("category", _("类别"), "suggestion__category", "register", register="category"),
        Filter("organ", _("主办单位"), "lead", "register", register="organ"),
        Filter("session", _("会次"), "suggestion__session", "register", register="session"),
        Filter("in_session", _("大会期间提出"), "suggestion__in_session", "flag"),
        Filter("class", _("结果分类"), "suggestion__result_class", "choice", choices=classes),
        Filter("result", _("对结果的评价"), "suggestion__result", "choice", choices=grades),
        Filter("area", _("片区"), "suggestion__street__area_streets__matter", "register", register="area"),
        Filter("led", _("有人督办"), "supervisions", "some"),
        Filter("street", _("本街道"), "suggestion__street", "mine", seats=("street_reviewer",)),
    ),
    outcome=("organ", "class", "result"),
)
