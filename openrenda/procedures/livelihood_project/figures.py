"""The figures of projects (F03 (5), F04): chosen by congress, level and year; milestones that are late; money that was paid.

A congress's own projects and those of congresses below it are two figures, which nobody adds up (F01 (4)).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act
from openrenda.docket.situation import book_of
from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import ITEMS, TIMES, YUAN
from openrenda.tenancy import current_congress_id

from .. import livelihood
from .records import LivelihoodProject, Milestone, Payment, Visit

GROUP = "民生实事"
KEY = livelihood.PROJECT
MARK = "|"


def own(prefix: str = "") -> Callable[[Period], Q]:
    """It is this congress's own project, not one of a congress below it."""
    return lambda _period: Q(**{f"{prefix}level": F("congress__level"), f"{prefix}body": F("congress__name")})


def voted(period: Period) -> QuerySet[Any]:
    """Projects on which the deputies voted in the period."""
    return LivelihoodProject.objects.filter(voted_on__gte=period.since, voted_on__lte=period.end)


def begun(period: Period) -> QuerySet[Any]:
    """Projects that were handed over to be carried out by the end of the period, and had not ended before it."""
    rows = LivelihoodProject.objects.filter(begun_on__lte=period.end)
    ended = Act.objects.filter(
        matter=OuterRef("matter"), procedure=KEY, step__in=("close", "stop"), took_effect__date__lt=period.since
    )
    return rows.filter(~Exists(ended))


def by_vote(path: str = "") -> Split:
    """By congress, level and year together: a row each, so that nothing is mixed."""
    whole = Concat(F(f"{path}body"), Value(MARK), F(f"{path}level"), Value(MARK), Cast(F(f"{path}year"), CharField()))
    return Split("vote", declared("人大、层级和年度"), lambda _period: whole, _votes)


def _votes(_period: Period, found: Collection[Any]) -> list[Group]:
    rows = sorted((tuple(value.split(MARK)) for value in found if value), key=lambda row: (row[1], row[0], row[2]))
    return [Group(MARK.join(row), _vote_words(*row), (MARK.join(row),)) for row in rows]


def _vote_words(body: str, level: str, year: str) -> str:
    return f"{body}（{livelihood.LEVELS.get(level, level)}）{year}"


def by_tier(path: str) -> Split:
    """By tier: projects, small ones, wishes."""
    return Split("tier", declared("层次"), lambda _period: F(path), _tiers)


def _tiers(_period: Period, found: Collection[Any]) -> list[Group]:
    rows = livelihood.tiers(book_of(current_congress_id()))
    return [Group(key, str(label), (key,)) for key, label in rows if key in found]


BALLOT = Population(
    "livelihood_ballot", declared("票决的民生实事项目"), ITEMS, voted,
    facts={"voted_in": lambda _period: Q(chosen=True), "own": own()},
    splits=(by_vote(), by_tier("tier"), by_year("voted_on")),
    columns=(Shown("票决的人大", "body"), Shown("年度", "year"), Shown("得票", "votes"), Shown("全体代表", "base"), Shown("票决日期", "voted_on")),
)  # fmt: skip
WORK = Population(
    "livelihood_work", declared("实施的民生实事项目"), ITEMS, begun,
    facts={
        "own": own(),
        "done": lambda period: among(acts_by(period, KEY, "close").filter(took_effect__date__gte=period.since)),
        "stopped": lambda period: among(acts_by(period, KEY, "stop").filter(took_effect__date__gte=period.since)),
        "carried": lambda period: among(acts_by(period, KEY, "carry_over").filter(took_effect__date__gte=period.since)),
    },
    splits=(by_vote(), by_tier("tier")),
    columns=(Shown("实施单位", "organ__name"), Shown("年度", "year"), Shown("完成时限", "deadline"), Shown("验收日期", "accepted_on")),
)  # fmt: skip


def planned(period: Period) -> QuerySet[Any]:
    """Milestones planned for the period, of projects that are carried out."""
    rows = Milestone.objects.filter(planned_on__gte=period.since, planned_on__lte=period.end)
    return rows.filter(matter__livelihood_project__begun_on__lte=period.end)


def came_late(period: Period) -> Q:
    """Its real day is after the planned one, or its day is over and it had not come by the period's end."""
    return Q(done_on__gt=F("planned_on")) | Q(planned_on__lt=period.end) & (Q(done_on=None) | Q(done_on__gt=period.end))


MILESTONES = Population(
    "livelihood_milestones", declared("民生实事项目节点"), ITEMS, planned,
    facts={"late": came_late, "own": own("matter__livelihood_project__")},
    splits=(by_vote("matter__livelihood_project__"), by_month("planned_on")),
    columns=(Shown("节点", "name"), Shown("计划日期", "planned_on"), Shown("实际日期", "done_on")),
)  # fmt: skip


def paid(period: Period) -> QuerySet[Any]:
    """Payments of the period that had not been struck out by its end."""
    rows = Payment.objects.filter(paid_on__gte=period.since, paid_on__lte=period.end)
    return rows.filter(Q(struck_on=None) | Q(struck_on__gt=period.end))


PAYMENTS = Population(
    "livelihood_payments", declared("民生实事项目支付"), YUAN, paid, weight="fen",
    facts={"own": own("matter__livelihood_project__")},
    splits=(by_vote("matter__livelihood_project__"), by_month("paid_on"), by_year("paid_on")),
    columns=(Shown("支付日期", "paid_on"), Shown("金额（分）", "fen"), Shown("用途、凭证", "note")),
)  # fmt: skip


def visited(period: Period) -> QuerySet[Any]:
    """Visits of the period."""
    return Visit.objects.filter(held_on__gte=period.since, held_on__lte=period.end)


VISITS = Population(
    "livelihood_visits", declared("民生实事项目视察"), TIMES, visited,
    facts={"by_deputies": lambda _period: Q(kind="deputies"), "by_residents": lambda _period: Q(kind="residents")},
    splits=(by_month("held_on"),),
    columns=(Shown("日期", "held_on"), Shown("参加人", "people"), Shown("人数", "count")),
)  # fmt: skip
OWN, CHOSEN = Q(own=True), Q(voted_in=True)

# fmt: off
FIGURES = (
    Figure("livelihood_chosen", "票决确定的民生实事项目", "统计期内本级人大代表票决入选的项目。下级人大票决的另列，不相加。", BALLOT, CHOSEN & OWN, label_en="Livelihood projects chosen", group=GROUP, basis="LIV-11"),
    Figure("livelihood_chosen_below", "下级人大票决确定的民生实事项目", "统计期内下级人大代表票决入选、在这里登记的项目，按人大、层级和年度分列。", BALLOT, CHOSEN & ~OWN, label_en="Livelihood projects chosen by congresses below", group=GROUP, basis="LIV-11"),
    Figure("livelihood_on_ballot", "提交票决的候选项目", "统计期内本级人大票决的候选项目，入选和未入选的都计。", BALLOT, OWN, label_en="Candidates voted on", group=GROUP, basis="LIV-07"),
    Figure("livelihood_under_way", "实施的民生实事项目", "统计期内交付实施或者此前交付、没有办结的本级项目。", WORK, OWN, label_en="Projects being carried out", group=GROUP, basis="LIV-12"),
    Figure("livelihood_done", "办结率", "验收并经评价办结的 ÷ 实施的本级项目。", WORK, Q(done=True), OWN, part_label="办结", whole_label="实施", label_en="Projects done", group=GROUP, basis="LIV-12"),
    Figure("livelihood_carried_over", "结转下年的项目", "统计期内经常委会同意结转的本级项目。", WORK, Q(carried=True) & OWN, label_en="Projects carried over", group=GROUP, basis="LIV-11"),
    Figure("livelihood_stopped", "停止的项目", "统计期内经常委会同意停止的本级项目。", WORK, Q(stopped=True) & OWN, label_en="Projects stopped", group=GROUP, basis="LIV-11"),
    Figure("livelihood_milestones_late", "超期的节点", "计划日期在统计期内，实际日期晚于计划或者到期没有完成的节点；系统比较日期得出，不用填报。", MILESTONES, Q(late=True) & OWN, label_en="Late milestones", group=GROUP, basis="LIV-12"),
    Figure("livelihood_paid", "累计投入资金", "统计期起始日至截止日登记支付的金额合计，作废的不计；按分登记，合计四舍五入到元。", PAYMENTS, OWN, label_en="Money paid for projects", group=GROUP, basis="LIV-12"),
    Figure("livelihood_visits", "现场视察次数", "统计期内代表、群众、常委会到项目现场视察的次数。", VISITS, label_en="Visits to projects", group=GROUP, basis="LIV-12"),
    Figure("livelihood_deputy_visits", "代表视察次数", "现场视察中由代表进行的。", VISITS, Q(by_deputies=True), label_en="Visits by deputies", group=GROUP, basis="LIV-12"),
)
# fmt: on
