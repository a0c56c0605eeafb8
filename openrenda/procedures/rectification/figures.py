"""Figures of rectifications: found, open, overdue, done, by the day they were found."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.docket.models import RunningClock
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month, by_organ, by_year
from openrenda.figures.language import ITEMS

from . import Rectification


def found(period: Period) -> QuerySet[Any]:
    """Rectifications found in the period."""
    return Rectification.objects.filter(found_on__gte=period.since, found_on__lte=period.end)


def overdue(period: Period) -> Q:
    """Its clock ran at the end of the period, past its day."""
    running = Q(stopped_on=None) | Q(stopped_on__gt=period.end)
    clocks = RunningClock.objects.filter(
        running, procedure="rectification", key="rectify", started_on__lte=period.end, due_on__lt=period.end
    )
    return Q(matter__in=clocks.values("matter"))


RECTIFICATIONS = Population(
    "rectifications", "整改事项", ITEMS, found,
    facts={
        "accepted": lambda period: Q(accepted_on__lte=period.end),
        "overdue": overdue,
    },
    handled=lambda period: found(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("found_on"), by_year("found_on")),
    columns=(Shown("整改单位", "organ_name"), Shown("问题", "problem"), Shown("整改期限", "due_on"), Shown("核查通过", "accepted_on")),
)  # fmt: skip

FIGURES = (
    Figure("rectifications", "整改事项", "统计期内评价、评议、督查和质量评审中发现、列为整改的问题。", RECTIFICATIONS, label_en="Rectifications", group="评", basis="RECTIFY.do"),
    Figure("open_rectifications", "未完成的整改", "统计期内列为整改、截至统计日没有核查通过的。", RECTIFICATIONS, Q(accepted=False), label_en="Open rectifications", group="评", basis="RECTIFY.do"),
    Figure("overdue_rectifications", "逾期的整改", "超过整改期限仍没有报送整改情况的。", RECTIFICATIONS, Q(overdue=True), label_en="Overdue rectifications", group="评", basis="RECTIFY.do"),
    Figure("rectification_rate", "整改完成率", "核查通过的整改事项 ÷ 统计期内列为整改的。", RECTIFICATIONS, Q(accepted=True), Q(), part_label="核查通过", whole_label="列为整改", label_en="Rectified", group="评", basis="RECTIFY.check"),
)  # fmt: skip
