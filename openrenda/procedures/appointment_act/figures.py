"""Figures of appointments and removals (I01): person-times, by the day of the vote. One person may count more than once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.groups import by_month, by_year
from openrenda.figures.language import PERSON_TIMES

from ..appointing import BEGINS, KINDS, AppointmentAct

GROUP = "人事任免"


def voted(period: Period) -> QuerySet[Any]:
    """Acts voted in the period, passed or not."""
    return AppointmentAct.objects.filter(voted_on__gte=period.since, voted_on__lte=period.end)


def _kinds(period: Period, found: Collection[Any]) -> list[Group]:
    return [Group(key, str(label), (key,)) for key, label in KINDS.items() if key in found]


ACTS = Population(
    "appointment_acts", "人事任免", PERSON_TIMES, voted,
    facts={
        "was_passed": lambda period: Q(passed=True),
        "begins": lambda period: Q(kind__in=sorted(BEGINS)),
        "sworn": lambda period: Q(sworn_on__lte=period.end),
    },
    splits=(Split("kind", "任免类别", lambda period: F("kind"), _kinds), by_month("voted_on"), by_year("voted_on")),
    columns=(Shown("姓名", "person_name"), Shown("职务", "post_title"), Shown("会议", "sitting"), Shown("表决日期", "voted_on"), Shown("赞成", "approve"),
             Shown("全体组成人员", "base")),
)  # fmt: skip

PASSED, BEGUN = Q(was_passed=True), Q(was_passed=True, begins=True)
FIGURES = (
    Figure("appointments_and_removals", "任免国家机关工作人员", "统计期内表决通过的任命、决定代理、免职、接受辞职、撤职、罢免，一人一职一次计一人次；同一人任一职、免一职的计两人次。", ACTS, PASSED, label_en="Appointments and removals", group=GROUP, basis="ORG-21"),
    Figure("appointments", "任命", "任免国家机关工作人员中的任命和决定代理。", ACTS, BEGUN, label_en="Appointments", group=GROUP, basis="ORG-21"),
    Figure("removals", "免职、辞职和撤职", "任免国家机关工作人员中的免职、接受辞职、撤职和罢免。", ACTS, Q(was_passed=True, begins=False), label_en="Removals", group=GROUP, basis="ORG-21"),
    Figure("appointments_rejected", "任免未获通过", "统计期内表决没有通过的任免事项。", ACTS, Q(was_passed=False), label_en="Not passed", group=GROUP, basis="APP-06"),
    Figure("oaths", "宪法宣誓率", "已经宪法宣誓的 ÷ 任命和决定代理的人次。", ACTS, Q(sworn=True), BEGUN, None, "已经宣誓", "任命和决定代理", label_en="Oaths taken", group=GROUP, basis="APP-11"),
)  # fmt: skip
