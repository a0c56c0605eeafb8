"""The figures of proposals (F02): how many, from whom, and what came of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as declared

from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import CASES

from .. import livelihood
from .records import LivelihoodProposal

GROUP = "民生实事"
KEY = livelihood.PROPOSAL
TAKEN_IN = ("propose", "enter", "suggest", "from_opinion", "let_through")


def proposed(period: Period) -> QuerySet[Any]:
    """Proposals of the period, looked at, and not taken back by its end."""
    rows = LivelihoodProposal.objects.filter(said_on__gte=period.since, said_on__lte=period.end)
    gone = acts_by(period, KEY, "withdraw").filter(matter=OuterRef("matter"))
    counted = acts_by(period, KEY, *TAKEN_IN, "screen_out").values("matter")
    return rows.filter(~Exists(gone), matter__in=counted)


def by_source(_period: Period, found: Collection[Any]) -> list[Group]:
    """From whom, in the order of the words."""
    return [Group(key, str(label), (key,)) for key, label in livelihood.SOURCES.items() if key in found]


PROPOSALS = Population(
    "livelihood_proposals", declared("民生实事建议项目"), CASES, proposed,
    facts={
        "adopted": lambda period: among(acts_by(period, KEY, "adopt")),
        "screened_out": lambda period: among(acts_by(period, KEY, "screen_out")),
        "merged": lambda period: among(acts_by(period, KEY, "merge")),
    },
    splits=(Split("source", declared("来源"), lambda _period: F("source"), by_source), by_month("said_on"), by_year("said_on")),
    columns=(Shown("征集", "round__title"), Shown("地点", "place"), Shown("提出日期", "said_on"), Shown("答复日期", "answered_on")),
)  # fmt: skip

FIGURES = (
    Figure("livelihood_proposals", "征集到的民生实事建议项目", "提出日期在统计期内的建议项目，合并的各计一件，撤回的不计。", PROPOSALS, label_en="Proposals for livelihood projects", group=GROUP, basis="LIV-04"),
    Figure("livelihood_proposals_adopted", "列入候选的建议项目", "列入候选项目的建议；合并到列入的一件里的另计。", PROPOSALS, Q(adopted=True), label_en="Proposals made candidates", group=GROUP, basis="LIV-06"),
    Figure("livelihood_proposals_screened_out", "说明理由未列入的建议项目", "筛选中没有列入、写明理由的。", PROPOSALS, Q(screened_out=True), label_en="Proposals not taken up", group=GROUP, basis="LIV-06"),
    Figure("livelihood_proposals_merged", "合并的同类建议项目", "并入另一件、提出人都保留的。", PROPOSALS, Q(merged=True), label_en="Proposals merged", group=GROUP, basis="LIV-06"),
)  # fmt: skip
