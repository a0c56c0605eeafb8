"""The figures of votes: what was announced, by kind; a void vote is in none."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import TIMES

from .records import Vote


def announced(period: Period) -> QuerySet[Any]:
    """Votes announced in the period, straw polls left out."""
    return Vote.objects.filter(straw=False, announced_on__gte=period.since, announced_on__lte=period.end)


VOTES = Population(
    "votes", "表决", TIMES, announced,
    facts={
        "adopted": lambda period: Q(passed=True), "secret": lambda period: Q(way__in=("secret", "paper", "hybrid")),
        "on_question": lambda period: Q(kind="question"),
    },
    splits=(by_month("announced_on"), by_year("announced_on")),
    columns=(Shown("应到", "base"), Shown("实到", "present"), Shown("宣布日期", "announced_on")),
)  # fmt: skip

FIGURES = (
    Figure("votes", "表决", "统计期内宣布结果的表决，逐项计；意向性投票、作废的不计，再次表决另计一次。", VOTES, label_en="Votes", group="表决", basis="ORG-30"),
    Figure("votes_passed", "议案表决通过率", "议案、决议决定的表决中通过的 ÷ 宣布结果的议案、决议决定表决。", VOTES, Q(on_question=True, adopted=True), Q(on_question=True), Q(on_question=False), "通过", "议案、决议决定的表决", "人事、选举、票决、测评", label_en="Bills passed", group="表决", basis="ORG-30"),
    Figure("votes_secret", "无记名表决", "宣布结果的表决中，以无记名的方式进行的。", VOTES, Q(secret=True), label_en="Secret votes", group="表决", basis="ORG-30"),
)  # fmt: skip
