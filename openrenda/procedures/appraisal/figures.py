"""Figures of appraisals, by the day of the meeting; a department is compared with itself over the years."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.figures import Figure, FigureSet, Period, Population, Shown
from openrenda.figures.groups import by_month, by_organ, by_year
from openrenda.figures.language import CASES

from .records import AppraisalItem


def appraised(period: Period) -> QuerySet[Any]:
    """Items appraised in meetings of the period."""
    return AppraisalItem.objects.filter(held_on__gte=period.since, held_on__lte=period.end)


ITEMS = Population(
    "appraisal_items", "集中评议的建议", CASES, appraised,
    facts={
        "satisfied": lambda period: Q(result__in=("satisfied", "basically")),
        "wanting": lambda period: ~Q(problem=""),
    },
    handled=lambda period: appraised(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("held_on"), by_year("held_on")),
    columns=(Shown("建议编号", "number"), Shown("建议标题", "title"), Shown("承办单位", "organ_name"), Shown("会议日期", "held_on")),
)  # fmt: skip

FIGURES = (
    Figure("appraised", "集中评议", "统计期内集中评议会评议的建议，同一件在几次会上评议的，每次计一件。", ITEMS, label_en="Appraised", group="评", basis="B14.appraisal"),
    Figure("appraisal_satisfaction", "集中评议满意率", "评议结果满意和基本满意的 ÷ 集中评议的建议。", ITEMS, Q(satisfied=True), Q(), part_label="满意和基本满意", whole_label="集中评议", label_en="Appraised as satisfactory", group="评", basis="B14.appraisal"),
    Figure("appraisal_problems", "集中评议发现问题", "集中评议中写明问题、列为整改的建议。", ITEMS, Q(wanting=True), label_en="Problems found by appraisal", group="评", basis="B14.appraisal"),
)  # fmt: skip

SETS = (
    FigureSet(
        "appraisals", "集中评议：各单位历年结果", "Appraisals: organs over the years",
        ("appraised", "appraisal_satisfaction", "appraisal_problems"), basis="B14.appraisal", by_organ=True, years=True,
    ),
)  # fmt: skip
