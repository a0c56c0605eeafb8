"""What congresses of one level have sent upward, side by side: in the order of their codes, and only what means the same."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.figures.models import SharedFigure
from openrenda.figures.reading import SMALLEST_COMPARED
from openrenda.figures.reports.sharing import readable_by
from openrenda.people.guards import for_seats

from ..access import Request

READERS = ("deputy_office", "leader", "audit_admin")
SHOWN = 400


@for_seats(*READERS)
@require_safe
def congresses(request: Request) -> HttpResponse:
    """A table a figure and level."""
    rows = list(readable_by(request.congress.pk)[:SHOWN])
    rows.sort(key=lambda row: (row.key, row.congress.level, row.congress.division_code, row.since))
    tables = [_table(list(group)) for _key, group in groupby(rows, key=lambda row: (row.key, row.congress.level))]
    return render(request, "reports/congresses.html", {"tables": tables})


def _table(rows: list[SharedFigure]) -> dict[str, Any]:
    labels = (_("人大"), _("统计期"), _("报送的数"), _("分子"), _("分母"), _("说明"))
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(labels)]
    meant = {(row.definition, row.formula, row.rounding) for row in rows}
    listed = [{"key": str(row.pk), "label": row.congress.name, "cells": _cells(row, len(meant) > 1)} for row in rows]
    return {"label": rows[0].label, "note": rows[0].formula, "columns": columns, "rows": listed}


def _cells(row: SharedFigure, differs: bool) -> list[Any]:
    days = _("%(since)s至%(until)s，截至%(day)s") % {
        "since": date_format(row.since), "until": date_format(row.until), "day": date_format(row.as_of),
    }  # fmt: skip
    numbers = ["" if number is None else number for number in (row.part, row.whole)]
    return [row.congress.name, days, row.printed, *numbers, remark(row, differs)]


def remark(row: SharedFigure, differs: bool) -> str:
    """Why a row must not be compared with the others, if it must not."""
    reasons = [_("口径第%(number)s版，与其他人大不尽相同") % {"number": row.definition}] if differs else []
    if row.as_of < row.until:
        reasons.append(_("未满期"))
    if row.whole is not None and row.whole < SMALLEST_COMPARED:
        reasons.append(_("样本过少（不足%(count)s）") % {"count": SMALLEST_COMPARED})
    return _("%(reasons)s，不作比较") % {"reasons": _("；").join(reasons)} if reasons else ""
