"""Figures of three-level evaluations, by the day they were opened."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month, by_organ, by_year
from openrenda.figures.language import CASES

from .records import ThreeLevelEvaluation


def opened(period: Period) -> QuerySet[Any]:
    """Evaluations opened in the period."""
    return ThreeLevelEvaluation.objects.filter(opened_on__gte=period.since, opened_on__lte=period.end)


EVALUATIONS = Population(
    "three_level", "三级评价", CASES, opened,
    facts={
        "evaluated": lambda period: Q(evaluated_on__lte=period.end),
        "differing": lambda period: Q(disagreement=True),
        "satisfied": lambda period: Q(result__in=("satisfied", "basically")),
    },
    handled=lambda period: opened(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("opened_on"), by_year("opened_on")),
    columns=(Shown("承办单位", "organ_name"), Shown("发起", "opened_on"), Shown("完成", "evaluated_on")),
)  # fmt: skip
EVALUATED = Q(evaluated=True)

FIGURES = (
    Figure("three_level_rate", "三级评价完成率", "各级都已评价的 ÷ 统计期内发起三级评价的。有一级没有评价的不算完成。", EVALUATIONS, EVALUATED, Q(), part_label="各级都已评价", whole_label="发起三级评价", label_en="Evaluated at all levels", group="评", basis="B11.level"),
    Figure("three_level_satisfaction", "三级评价满意率", "起决定作用的一级评为满意和基本满意的 ÷ 各级都已评价的。", EVALUATIONS, Q(satisfied=True), EVALUATED, Q(evaluated=False), "满意和基本满意", "各级都已评价", "没有评价完", label_en="Satisfied by the deciding level", group="评", basis="B11.level"),
    Figure("three_level_disagreement", "各级评价不一致", "各级都已评价的三级评价中，各级等次不完全相同的。", EVALUATIONS, Q(evaluated=True, differing=True), label_en="Levels disagree", group="评", basis="B11.level"),
)  # fmt: skip
