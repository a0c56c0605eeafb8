"""The figures of opinions (A16, A17, C04): received, handed on, answered, in time, solved, satisfied; and those who kept silent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.groups import by_category, by_month, by_street, by_year
from openrenda.figures.language import CASES
from openrenda.people.models import Station

from ..grid_duties import FIGURES as GRID_FIGURES
from . import facts, words

GROUP = "群众意见"


def keyed(known: dict[str, Any]) -> Callable[[Period, Collection[Any]], list[Group]]:
    """Groups by a stored key, in the order of its words."""

    def groups(period: Period, found: Collection[Any]) -> list[Group]:
        listed = [Group(key, str(label), (key,)) for key, label in known.items() if key in found]
        return listed + ([Group("none", _("尚未分类"), ("",))] if "" in found else [])

    return groups


def stations(period: Period, found: Collection[Any]) -> list[Group]:
    """Groups by station, in the order of the register."""
    rows = Station.objects.filter(pk__in=[value for value in found if value is not None]).order_by("number")
    listed = [Group(str(row.pk), row.name, (row.pk,)) for row in rows]
    return listed + ([Group("none", _("没有站点"), (None,))] if None in found else [])


OPINIONS = Population(
    "opinions", declared("群众意见"), CASES, facts.received,
    facts={
        "handed": facts.acted(*facts.HANDING),
        "answered": facts.answered,
        "in_time": facts.in_time,
        "rated": facts.rated,
        "said_solved": facts.SOLVED,
        "satisfied": facts.SATISFIED,
        "silent": facts.silent,
        "refused": facts.acted("refuse"),
        "merged": facts.acted("merge"),
        "withdrawn": facts.acted("withdraw"),
        "reopened": facts.acted("reopen"),
    },
    splits=(
        Split("channel", declared("渠道"), lambda _period: F("channel"), keyed(words.CHANNELS)),
        Split("nature", declared("性质"), lambda _period: F("nature"), keyed(words.NATURES)),
        Split("station", declared("站点"), lambda _period: F("station_id"), stations),
        by_street("street_id"), by_category("category_id"), by_month("heard_on"), by_year("heard_on"),
    ),
    columns=(Shown("反映日期", "heard_on"), Shown("地点", "place"), Shown("答复", "answered_on")),
)  # fmt: skip

ANSWERED = Q(answered=True)

FIGURES = (
    Figure("opinions", "收到群众意见", "统计期内反映的意见件数，各渠道都计，每件计一次；附议公开事项的不另计。", OPINIONS, label_en="Opinions received", group=GROUP, basis="A15.say"),
    Figure("opinions_handed", "已交办、转办", "截至统计日交承办单位、转热线、报上级或者转为建议的。", OPINIONS, Q(handed=True), label_en="Handed on", group=GROUP, basis="C04.organ"),
    Figure("opinions_answered", "已答复群众", "截至统计日已经答复群众的；答复后重新办理、还没有再答复的不计。", OPINIONS, ANSWERED, label_en="Answered", group=GROUP, basis="C04.answer"),
    Figure("opinions_in_time", "按期答复率", "在答复期限内答复 ÷ 已答复。没有答复的另列。", OPINIONS, Q(in_time=True), ANSWERED, Q(), "按期答复", "已答复", "还没有答复", label_en="Answered in time", group=GROUP, basis="C04.answer"),
    Figure("opinions_solved", "群众认为解决率", "最后一次评价为“解决了” ÷ 作出评价的。没有评价的不算解决，另列。", OPINIONS, Q(said_solved=True), Q(rated=True), ANSWERED, "认为解决了", "作出评价", "已答复、没有评价", label_en="Solved, as residents say", group=GROUP, basis="C04.rate"),
    Figure("opinions_satisfied", "群众满意率", "最后一次评价为满意、基本满意 ÷ 作出评价的。没有评价的不算满意，另列。", OPINIONS, Q(satisfied=True), Q(rated=True), ANSWERED, "满意和基本满意", "作出评价", "已答复、没有评价", label_en="Satisfied residents", group=GROUP, basis="C04.rate"),
    Figure("opinions_silent", "逾期没有评价", "已答复，评价期限内没有评价而办结的。", OPINIONS, Q(silent=True), label_en="Residents who kept silent", group=GROUP, basis="C04.rate"),
    Figure("opinions_refused", "不予受理", "不予受理并告知去处的。", OPINIONS, Q(refused=True), label_en="Not taken up", group=GROUP, basis="C04.refuse"),
    Figure("opinions_reopened", "重新办理", "群众认为没有解决、重新办理过的。", OPINIONS, Q(reopened=True), label_en="Done once more", group=GROUP, basis="C04.reopen"),
    *GRID_FIGURES,
)  # fmt: skip

__all__ = ["FIGURES"]
