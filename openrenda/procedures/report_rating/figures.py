"""Figures of ratings (D05), by the day of the vote: reports rated, those not satisfied, second ratings, and votes on several reports at once."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import ITEMS, TIMES

from .records import RatedRound

GROUP = "会议"


def rated(period: Period) -> QuerySet[Any]:
    """Every rating of the period; a report that was rated twice is counted twice."""
    return RatedRound.objects.filter(rated_on__gte=period.since, rated_on__lte=period.end)


def joint(period: Period) -> QuerySet[Any]:
    """Of every vote on several reports the first row: a vote is counted once."""
    same = RatedRound.objects.filter(vote=OuterRef("vote"), rated_on__isnull=False)
    several = same.filter(pk__gt=OuterRef("pk"))
    return rated(period).filter(Exists(several), ~Exists(same.filter(pk__lt=OuterRef("pk"))), vote__isnull=False)


def first(_period: Period) -> Q:
    """No rating of any report was held before that day."""
    before = RatedRound.objects.filter(rated_on__lt=OuterRef("rated_on"))
    return ~Q(Exists(before))


RATINGS = Population(
    "report_ratings", "报告满意度测评", ITEMS, rated,
    facts={"worst": lambda _period: Q(unsatisfied=True), "second": lambda _period: Q(number__gt=1)},
    splits=(by_month("rated_on"), by_year("rated_on")),
    columns=(Shown("报告", "matter__title"), Shown("第几次", "number"), Shown("测评日期", "rated_on"), Shown("表决结果", "sentence")),
)  # fmt: skip
JOINT = Population(
    "joint_ratings", "同时测评多份报告", TIMES, joint, facts={"first": first}, splits=(by_year("rated_on"),),
    columns=(Shown("测评日期", "rated_on"), Shown("其中一份报告", "matter__title")),
)  # fmt: skip
# fmt: off
FIGURES = (
    Figure("report_ratings", "报告满意度测评", "统计期内测评的报告份次，再次测评的另计一份次。", RATINGS, label_en="Reports rated", group=GROUP, basis="D05.rating"),
    Figure("report_ratings_unsatisfied", "测评结果为不满意的", "报告满意度测评中结果为最低一等的份次。", RATINGS, Q(worst=True), label_en="Reports rated not satisfied", group=GROUP, basis="D05.rating"),
    Figure("report_ratings_second", "再次测评", "报告满意度测评中，整改后再次报告、再次测评的份次。", RATINGS, Q(second=True), label_en="Second ratings", group=GROUP, basis="D05.again"),
    Figure("joint_ratings", "同时测评多份报告", "统计期内在一次表决中同时测评两份以上报告的次数。", JOINT, label_en="Several reports rated at once", group=GROUP, basis="D05.rating"),
    Figure("joint_ratings_first", "首次同时测评多份报告", "同时测评多份报告中，以前没有测评过报告的。", JOINT, Q(first=True), label_en="Several reports rated at once for the first time", group=GROUP, basis="D05.rating"),
)
# fmt: on
