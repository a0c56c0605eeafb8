"""Figures of appraisals after appointment (I02), by the day of the vote."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_year
from openrenda.figures.language import PERSON_TIMES

from .records import DutyAppraisal


def appraised(period: Period) -> QuerySet[Any]:
    """Whoever was graded in the period."""
    return DutyAppraisal.objects.filter(appraised_on__gte=period.since, appraised_on__lte=period.end)


APPRAISALS = Population(
    "duty_appraisals", "任后履职评议", PERSON_TIMES, appraised,
    facts={"told": lambda period: Q(told_on__lte=period.end)}, splits=(by_year("appraised_on"),),
    columns=(Shown("姓名", "person_name"), Shown("职务", "post_title"), Shown("评议结果", "verdict"), Shown("评议日期", "appraised_on")),
)  # fmt: skip
FIGURES = (
    Figure("duty_appraisals", "任后履职评议", "统计期内常委会会议评议的人次。", APPRAISALS, label_en="Appraised after appointment", group="人事任免", basis="APP-12"),
    Figure("duty_appraisals_told", "评议结果反馈率", "已向本人和所在单位反馈的 ÷ 评议的人次。", APPRAISALS, Q(told=True), Q(), None, "已经反馈", "评议", label_en="Results told", group="人事任免", basis="APP-12.feedback"),
)  # fmt: skip
