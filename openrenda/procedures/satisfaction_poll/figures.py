"""Figures of back-to-back polls. They count polls by their published verdict, never ratings, so no sum gives a rating away."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month, by_organ, by_year
from openrenda.figures.language import CASES

from .records import SatisfactionPoll
from .summary import DISSATISFIED, SATISFIED, TOO_FEW


def counted(period: Period) -> QuerySet[Any]:
    """Polls counted in the period; one that still runs is nowhere counted."""
    return SatisfactionPoll.objects.filter(counted_on__gte=period.since, counted_on__lte=period.end)


POLLS = Population(
    "satisfaction_polls", "背对背测评", CASES, counted,
    facts={
        "published": lambda period: ~Q(verdict=TOO_FEW),
        "content": lambda period: Q(verdict=SATISFIED),
        "not_content": lambda period: Q(verdict=DISSATISFIED),
        "residents_published": lambda period: Q(residents_verdict__in=(SATISFIED, DISSATISFIED)),
        "residents_content": lambda period: Q(residents_verdict=SATISFIED),
        "again": lambda period: Q(round__gt=1),
    },
    handled=lambda period: counted(period).annotate(handler=F("organ_id")),
    splits=(by_organ(lambda period: F("handler")), by_month("counted_on"), by_year("counted_on")),
    columns=(Shown("承办单位", "organ_name"), Shown("次数", "round"), Shown("统计日期", "counted_on")),
)  # fmt: skip
BOTH = Q(published=True, residents_published=True)

FIGURES = (
    Figure("polls", "背对背测评", "统计期内截止并统计的背对背测评次数，再次测评另计一次。", POLLS, label_en="Back-to-back polls", group="评", basis="B13.poll"),
    Figure("poll_satisfaction", "测评满意率", "代表测评结论为满意的 ÷ 公布结论的测评。人数不足、不公布的不计入。", POLLS, Q(content=True), Q(published=True), Q(published=False), "结论为满意", "公布结论", "人数不足，不公布", label_en="Polls with a satisfied result", group="评", basis="B13.satisfied"),
    Figure("double_satisfaction", "代表群众双满意率", "代表和群众两个结论都是满意的 ÷ 两个结论都公布的测评。没有现场问效或者人数不足的不计入。", POLLS, Q(content=True, residents_content=True), BOTH, Q(), "双满意", "两个结论都公布", "没有现场问效或者人数不足", label_en="Deputies and residents both satisfied", group="评", basis="B13.satisfied"),
    Figure("poll_reopened", "测评不满意、重新办理", "代表测评结论为不满意、因此重新办理或者列为整改的测评。", POLLS, Q(not_content=True), label_en="Reopened after a poll", group="评", basis="B13.satisfied"),
)  # fmt: skip
