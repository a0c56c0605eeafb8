"""Figures of evaluations in three dimensions: how many were evaluated twice, what failed, and the mean of each dimension and round."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.figures import Figure, FigureSet, Period, Population, Shown
from openrenda.figures.groups import by_month, by_organ, by_year
from openrenda.figures.language import CASES, TIMES

from . import DimensionEvaluation, DimensionSheet


def opened(period: Period) -> QuerySet[Any]:
    """Evaluations opened in the period."""
    return DimensionEvaluation.objects.filter(opened_on__gte=period.since, opened_on__lte=period.end)


def scored(period: Period) -> QuerySet[Any]:
    """Sheets of the period, each round by the day on which it was scored."""
    return DimensionSheet.objects.filter(scored_on__gte=period.since, scored_on__lte=period.end)


EVALUATIONS = Population(
    "dimension_evaluations", "三维度评价", CASES, opened,
    facts={
        "twice": lambda period: Q(second_on__lte=period.end),
    },
    handled=lambda period: opened(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("opened_on"), by_year("opened_on")),
    columns=(Shown("承办单位", "organ_name"), Shown("第一次评价", "first_on"), Shown("第二次评价", "second_on")),
)  # fmt: skip
SHEETS = Population(
    "dimension_sheets", "三维度评价表", TIMES, scored,
    facts={
        "first": lambda period: Q(round=1),
        "second": lambda period: Q(round=2),
        "failing": lambda period: Q(compliance__lt=F("passed")) | Q(document__lt=F("passed")) | Q(effect__lt=F("passed")),
    },
    handled=lambda period: scored(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("scored_on"), by_year("scored_on")),
    columns=(
        Shown("承办单位", "organ_name"), Shown("次数", "round"), Shown("合规", "compliance"), Shown("文书", "document"),
        Shown("效果", "effect"), Shown("评价日期", "scored_on"),
    ),
)  # fmt: skip
FIRST, SECOND = Q(first=True), Q(second=True)

FIGURES = (
    Figure("dimension_twice_rate", "两次评价完成率", "两次都已评价的 ÷ 统计期内发起三维度评价的。", EVALUATIONS, Q(twice=True), Q(), part_label="两次都已评价", whole_label="发起三维度评价", label_en="Evaluated twice", group="评", basis="B12.second"),
    Figure("dimension_failing", "有一项不及格", "统计期内的三维度评价中，合规、文书、效果至少一项低于及格分的次数。", SHEETS, Q(failing=True), label_en="A dimension failed", group="评", basis="B12.first"),
    Figure("compliance_first", "合规均分（首次）", "第一次评价的合规得分之和 ÷ 第一次评价的次数。", SHEETS, FIRST, label_en="Compliance, first round (mean)", group="评", basis="B12.first", measure="compliance"),
    Figure("compliance_second", "合规均分（再次）", "第二次评价的合规得分之和 ÷ 第二次评价的次数。", SHEETS, SECOND, label_en="Compliance, second round (mean)", group="评", basis="B12.second", measure="compliance"),
    Figure("document_first", "文书均分（首次）", "第一次评价的文书得分之和 ÷ 第一次评价的次数。", SHEETS, FIRST, label_en="Document, first round (mean)", group="评", basis="B12.first", measure="document"),
    Figure("document_second", "文书均分（再次）", "第二次评价的文书得分之和 ÷ 第二次评价的次数。", SHEETS, SECOND, label_en="Document, second round (mean)", group="评", basis="B12.second", measure="document"),
    Figure("effect_first", "效果均分（首次）", "第一次评价的效果得分之和 ÷ 第一次评价的次数。", SHEETS, FIRST, label_en="Effect, first round (mean)", group="评", basis="B12.first", measure="effect"),
    Figure("effect_second", "效果均分（再次）", "第二次评价的效果得分之和 ÷ 第二次评价的次数。", SHEETS, SECOND, label_en="Effect, second round (mean)", group="评", basis="B12.second", measure="effect"),
)  # fmt: skip

SETS = (
    FigureSet(
        "dimensions", "三维度评价：各单位各维度平均分", "Three dimensions: means by organ",
        ("compliance_first", "compliance_second", "document_first", "document_second", "effect_first", "effect_second", "dimension_failing"),
        by_organ=True,
    ),
)  # fmt: skip
