"""Figures everyone may read: a number, its formula, and the list behind it. What is not published is counted, not listed."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from openrenda.figures import PART, Figure, Period, evidence, in_year, read_all
from openrenda.procedures.suggestion.records import Suggestion

from ..labels import label_of
from . import showing

KEYS = ("received", "answered", "public")
FIGURES = "openrenda.procedures.suggestion.figures"


def figure(key: str) -> Figure | None:
    """The public figure with that key."""
    if key not in KEYS:
        return None
    found: Figure = next(one for one in import_module(FIGURES).FIGURES if one.key == key)
    return found


def year_so_far(today: date) -> Period:
    """From New Year's Day, as known today."""
    return in_year(today.year, today)


def cards(division: str, today: date) -> list[dict[str, Any]]:
    """The figures of this year, each leading to its list. One query."""
    figures = [one for key in KEYS if (one := figure(key))]
    return [
        {
            "label": label_of(reading.figure),
            "value": reading.part,
            "unit": reading.figure.unit.words,
            "url": reverse("portal:figure", args=[division, reading.figure.key]),
            "note": reading.figure.formula_words,
        }
        for reading in read_all(figures, year_so_far(today))
    ]


def behind(one: Figure, period: Period) -> tuple[Any, list[tuple[str, int]], int]:
    """The published rows that were counted, the others by why they are not published, and how many there are in all."""
    matters = evidence(one, period, PART).order_by().values("matter_id")
    rows = showing.published(period.as_of).filter(matter__in=matters)
    why = Case(
        When(matter__confidential=True, then=Value("secret")),
        When(~Q(withheld=""), then=Value("withheld")),
        When(matter__public_since__lte=period.as_of, then=Value("published")),
        When(matter__public_since__isnull=False, then=Value("soon")),
        default=Value("not_yet"),
        output_field=CharField(),
    )
    every = Suggestion.objects.filter(matter__in=matters).annotate(why=why)
    groups = dict(every.values_list("why").annotate(number=Count("pk")).order_by())
    words = {
        "secret": _("代表要求保密"), "withheld": _("不予公开"), "soon": _("未到公开日期"), "not_yet": _("尚未答复或者尚未公开"),
    }  # fmt: skip
    others = [(words[key], groups[key]) for key in words if groups.get(key)]
    return rows, others, sum(groups.values())
