"""The figures of consultations (C02, C03): how many were announced."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import TIMES

from ..consulting import CALL, TOPICS
from .records import PublicConsultation

GROUP = "征求意见"


def announced(period: Period) -> QuerySet[Any]:
    """Calls that opened in the period and were not called off by its end."""
    off = Act.objects.filter(procedure=CALL, step="cancel", took_effect__date__lte=period.end)
    rows = PublicConsultation.objects.filter(opens_on__gte=period.since, opens_on__lte=period.end)
    return rows.exclude(matter__in=off.values("matter"))


CALLS = Population(
    "consultations", "公开征求意见", TIMES, announced, splits=(by_month("opens_on"),),
    columns=(Shown("事项", "matter__title"), Shown("开始日期", "opens_on"), Shown("截止日期", "closes_on")),
    facts={"topics": lambda _period: Q(purpose=TOPICS)},
)  # fmt: skip

FIGURES = (
    Figure("consultations", "公开征求意见次数", "开始日期在统计期内的公开征求意见和监督议题征集，撤销的不计。", CALLS, label_en="Consultations", group=GROUP, basis="C02.announce"),
    Figure("topic_calls", "监督议题征集次数", "公开征求意见中征集监督议题的。", CALLS, Q(topics=True), label_en="Calls for topics of supervision", group=GROUP, basis="C03.call"),
)  # fmt: skip

__all__ = ["FIGURES"]
