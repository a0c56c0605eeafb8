"""The figures of promises (SUG-14, SUG-19): promised, open, overdue, reported, confirmed, postponed, and how many of those due were kept.

No official formula exists for 落实率; the formula is printed beside it. The deputy's judgement of a kept promise is counted apart
from her judgement of the reply (SUG-12.promise).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.groups import by_month, by_organ, by_street, by_year
from openrenda.figures.language import ITEMS

from . import facts
from .records import DISTRICT, STREET

GROUP = "承诺"
LEVELS = {DISTRICT: "区级台账", STREET: "街道台账"}


def _levels(period: Period, found: Collection[Any]) -> list[Group]:
    return [Group(key, _(label), (key,)) for key, label in LEVELS.items() if key in found]


PROMISES = Population(
    "promises", "答复中的承诺", ITEMS, facts.promised, handled=facts.handled,
    facts={
        "reported": facts.reported,
        "confirmed": facts.confirmed,
        "by_inspection": facts.by_inspection,
        "past_due": facts.past_due,
        "ever_postponed": lambda period: facts.acted(period, *facts.POSTPONING),
        "ever_reopened": lambda period: facts.acted(period, "reopen"),
        "judged": facts.judged,
        "satisfied": facts.satisfied,
    },
    splits=(
        by_organ(lambda period: F("handler")), by_street("street_id"), Split("level", "台账级别", facts.level, _levels),
        by_month("promised_on"), by_year("promised_on"),
    ),
    columns=(Shown("承诺事项", "what"), Shown("责任人", "who"), Shown("完成期限", "due_on"), Shown("报告落实", "reported_on"),
             Shown("确认落实", "confirmed_on")),
)  # fmt: skip

DUE = Q(past_due=True)

FIGURES = (
    Figure("promises", "承诺事项", "统计期内签发的答复中承诺的事项数，一件建议可有多项；按会次统计时，按建议所属的会次计。", PROMISES, label_en="Promises", group=GROUP, basis="SUG-14", definition=2),
    Figure("open_promises", "未确认落实的承诺", "截至统计日没有经代表评价（或者核查）确认落实的，含未到期的和已报告落实待评价的。", PROMISES, Q(confirmed=False), label_en="Open promises", group=GROUP, basis="SUG-14", definition=2),
    Figure("overdue_promises", "逾期承诺", "超过现行完成期限，承办单位仍没有报告落实的，以及报告后被认为没有落实的。", PROMISES, Q(reported=False, past_due=True), label_en="Overdue promises", group=GROUP, basis="SUG-14", definition=2),
    Figure("kept_promises", "已报落实", "截至统计日承办单位报告已经落实的，含待代表评价的；报告后被认为没有落实的不计。", PROMISES, Q(reported=True), label_en="Reported as kept", group=GROUP, basis="SUG-14"),
    Figure("confirmed_promises", "确认落实", "截至统计日代表评价确认落实的，和署名代表都不在任、经代表工作机构核查确认的；重新列入台账的不计。", PROMISES, Q(confirmed=True), label_en="Confirmed as kept", group=GROUP, basis="SUG-14"),
    Figure("inspected_promises", "经核查确认", "确认落实的承诺中，由代表工作机构核查确认、没有代表评价的。", PROMISES, Q(by_inspection=True), label_en="Confirmed by inspection", group=GROUP, basis="SUG-14.inspection"),
    Figure("postponed_promises", "经同意延期", "统计期内的承诺中，经同意延长过完成期限的。", PROMISES, Q(ever_postponed=True), label_en="Postponed", group=GROUP, basis="SUG-14.postpone"),
    Figure("reopened_promises", "重新列入台账", "确认落实后发现没有落实，重新列入台账的。", PROMISES, Q(ever_reopened=True), label_en="Opened anew", group=GROUP, basis="SUG-14.reopen"),
    Figure("fulfilment_rate", "落实率", "确认落实 ÷ 已到期的承诺（以现行期限计，含已到期且确认落实的）。未到期的不计入，另列。", PROMISES, Q(confirmed=True), DUE, Q(), "确认落实", "已到期", "未到期", label_en="Kept of those due", group=GROUP, basis="SUG-19"),
    Figure("fulfilment_satisfaction", "承诺落实满意率", "代表对承诺落实情况的最后一次评价为满意和基本满意 ÷ 代表作出评价的承诺。与对答复的评价分开统计；没有评价的不计入。", PROMISES, Q(satisfied=True), Q(judged=True), Q(reported=True), "满意和基本满意", "作出评价", "已报落实、没有评价（逾期未评价、尚未评价、经核查确认）", label_en="Satisfied with how promises were kept", group=GROUP, basis="SUG-12.promise"),
)  # fmt: skip

__all__ = ["FIGURES"]
