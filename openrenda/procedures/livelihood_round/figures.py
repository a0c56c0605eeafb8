"""The figures of rounds (F03): how many votes were held, and which was the first."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as declared

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_year
from openrenda.figures.language import TIMES

from .records import LivelihoodRound

GROUP = "民生实事"


def voted(period: Period) -> QuerySet[Any]:
    """Rounds whose vote was announced in the period."""
    return LivelihoodRound.objects.filter(voted_on__gte=period.since, voted_on__lte=period.end)


def first(_period: Period) -> Q:
    """No vote of the same congress came before."""
    before = LivelihoodRound.objects.filter(
        body=OuterRef("body"), level=OuterRef("level"), voted_on__lt=OuterRef("voted_on")
    )
    return ~Q(Exists(before))


VOTES = Population(
    "livelihood_votes", declared("民生实事项目票决"), TIMES, voted, facts={"first": first}, splits=(by_year("voted_on"),),
    columns=(Shown("票决的人大", "body"), Shown("年度", "year"), Shown("应选名额", "places"), Shown("票决日期", "voted_on")),
)  # fmt: skip

FIGURES = (
    Figure("livelihood_votes", "民生实事项目票决次数", "统计期内宣布结果的民生实事项目票决。", VOTES, label_en="Votes on livelihood projects", group=GROUP, basis="LIV-11"),
    Figure("livelihood_first_votes", "首次民生实事项目票决", "票决中，同一人大在此以前没有票决过的。", VOTES, Q(first=True), label_en="First votes on livelihood projects", group=GROUP, basis="LIV-11"),
)  # fmt: skip
