"""Whom the committee appointed, and who of them was appraised in this term: so that the round can be completed (I02)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda.people.guards import for_seats
from openrenda.people.models.post import BY_COMMITTEE
from openrenda.people.posts import tenures_on, term_on
from openrenda.procedures.duty_appraisal.records import DutyAppraisal

from .. import cells
from ..access import Request
from ..addresses import matter_url
from .register import APPRAISERS


@for_seats(*APPRAISERS)
@require_safe
def shown(request: Request) -> HttpResponse:
    """The list of the term. Three queries beside those of the frame."""
    today = timezone.localdate()
    term = term_on(today)
    found = DutyAppraisal.objects.filter(term=term).exclude(matter__state="cancelled").select_related("matter")
    by_tenure = {row.tenure_id: row for row in found}
    rows = [(tenure, by_tenure.get(tenure.pk)) for tenure in tenures_on(today).filter(begun_as__in=BY_COMMITTEE)]
    context = {
        "term": term,
        "table": _table(rows),
        "done": sum(1 for _tenure, row in rows if row and row.appraised_on),
        "all": len(rows),
    }
    return render(request, "posts/appraisals.html", context)


def _table(rows: list[tuple[Any, DutyAppraisal | None]]) -> dict[str, Any]:
    return {
        "key": "duty-appraisals",
        "caption": _("本届任后履职评议"),
        "caption_hidden": True,
        "columns": [
            {"key": "post", "label": _("职务"), "wide": True}, {"key": "name", "label": _("姓名")}, {"key": "since", "label": _("任职日期")},
            {"key": "state", "label": _("评议情况")}, {"key": "on", "label": _("评议日期")},
        ],
        "rows": [
            {"key": str(tenure.pk), "cells": [tenure.post.title, tenure.person.name, cells.day(tenure.since), _state(row),
                                              cells.day(row.appraised_on) if row and row.appraised_on else ""]}
            for tenure, row in rows
        ],
        "empty": {"title": _("没有可以评议的人员"), "text": _("任职登记里还没有由常委会任命、现在任职的人员。")},
    }  # fmt: skip


def _state(row: DutyAppraisal | None) -> Any:
    if row is None:
        return _("还没有评议")
    return cells.link(_(row.verdict) if row.verdict else row.matter.state_now.words, matter_url(row.matter_id))
