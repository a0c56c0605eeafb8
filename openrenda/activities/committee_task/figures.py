"""The figures of joint tasks: how many there were, what was held under them, and what each committee did. No committee is ranked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_committee, by_month
from openrenda.figures.language import CASES, TIMES

from ..joint import HELD, CommitteeDay, CommitteeTask, CommitteeWork

KEY, GROUP = "committee-task", declared("专工委协同")


def _acts(period: Period, *steps: str) -> QuerySet[Any]:
    return Act.objects.filter(procedure=KEY, step__in=steps, took_effect__date__lte=period.end).values("matter")


def tasks(period: Period) -> QuerySet[Any]:
    """Tasks set up in the period and not dropped by its end."""
    rows = CommitteeTask.objects.filter(matter__opened_on__gte=period.since, matter__opened_on__lte=period.end)
    return rows.exclude(matter__in=_acts(period, "drop"))


def days(period: Period) -> QuerySet[Any]:
    """Activities of joint tasks whose day lies in the period and of which it was recorded by its end that they took place."""
    return CommitteeDay.objects.filter(
        outcome=HELD, held_on__gte=period.since, held_on__lte=period.end, recorded_on__lte=period.end
    )


def work(period: Period) -> QuerySet[Any]:
    """What committees did in the period, recorded by its end."""
    return CommitteeWork.objects.filter(done_on__gte=period.since, done_on__lte=period.end, recorded_on__lte=period.end)


TASKS = Population(
    "committee_tasks", "专工委协同任务", CASES, tasks, splits=(by_committee("lead"), by_month("matter__opened_on")),
    columns=(Shown("牵头专工委", "lead__name"), Shown("设立", "matter__opened_on"), Shown("完成", "matter__closed_on")),
    facts={"done": lambda period: Q(matter__in=_acts(period, "close", "close_for"))},
)  # fmt: skip
DAYS = Population(
    "committee_days", "协同任务的活动", TIMES, days, splits=(by_committee("committee"), by_month("held_on")),
    columns=(Shown("活动内容", "what"), Shown("日期", "held_on"), Shown("涉及单位", "unit__name"), Shown("组织的专工委", "committee__name")),
)  # fmt: skip
WORK = Population(
    "committee_work", "专工委牵头、协助工作", TIMES, work, splits=(by_committee("committee"), by_month("done_on")),
    columns=(Shown("专工委", "committee__name"), Shown("日期", "done_on"), Shown("所做的工作", "text")),
    facts={"assists": lambda _period: Q(leads=False)},
)  # fmt: skip

# fmt: off
FIGURES = (
    Figure("committee_tasks", "专工委协同任务", "统计期内设立、没有撤销的协同任务，可以按牵头专工委分列。", TASKS, label_en="Joint tasks of committees", group=GROUP, basis="J07.task"),
    Figure("committee_tasks_done", "协同任务完成率", "已经完成的 ÷ 设立的协同任务。", TASKS, Q(done=True), Q(), None, "已完成", "设立的任务", label_en="Joint tasks concluded", group=GROUP, basis="J07.done"),
    Figure("committee_days", "协同任务的活动", "日期在统计期内、登记已开展的协同任务活动；取消的不计。", DAYS, label_en="Activities of joint tasks", group=GROUP, basis="J07.calendar"),
    Figure("assist_work", "专工委协助工作", "统计期内登记的协助工作，一个专工委参加一次活动计一次；按专工委分列，不排名次。", WORK, Q(assists=True), label_en="Assisting work of committees", group=GROUP, basis="J07.work"),
)
# fmt: on

__all__ = ["FIGURES"]
