"""The figures of sittings: how many of each body were held (J01 (5), J08)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import ITEMS, TIMES
from openrenda.people.models.group import STANDING_COMMITTEE

from ..attendance_figures import GROUP
from ..bodies import CONGRESS
from ..hall import SITTING
from ..record import Activity, Item


def held(*bodies: str) -> Callable[[Period], QuerySet[Any]]:
    """Sittings of these bodies whose day lies in the period and which were opened by its end; one that was only called is none."""

    def rows(period: Period) -> QuerySet[Any]:
        opened = Act.objects.filter(procedure=SITTING, step="open", took_effect__date__lte=period.end)
        days = Activity.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
        return days.filter(matter__sitting__body__in=bodies, matter__in=opened.values("matter"))

    return rows


def dealt_with(period: Period) -> QuerySet[Any]:
    """Items of the standing committee's agendas that were dealt with, by the day of the sitting."""
    return Item.objects.filter(
        matter__procedure=SITTING, matter__sitting__body=STANDING_COMMITTEE, decided_on__gte=period.since,
        decided_on__lte=period.end, outcome__in=("passed", "rejected", "heard", "done"),
    )  # fmt: skip


DAYS = (
    Shown("会议", "matter__number"),
    Shown("日期", "held_on"),
    Shown("地点", "place"),
    Shown("主持人", "leader_name"),
)
COMMITTEE = Population(
    "committee_sittings", "常委会会议", TIMES, held(STANDING_COMMITTEE), splits=(by_month("held_on"),), columns=DAYS
)
PLENARY = Population(
    "plenary_sittings", "大会全体会议", TIMES, held(CONGRESS), splits=(by_month("held_on"),), columns=DAYS
)
AGENDA = Population(
    "committee_items", "常委会会议议题", ITEMS, dealt_with, splits=(by_month("decided_on"),),
    columns=(Shown("议题", "title"), Shown("结果说明", "outcome_text"), Shown("会议", "matter__number")),
)  # fmt: skip

# fmt: off
FIGURES = (
    Figure("committee_sittings", "常委会会议", "举行日期在统计期内、已经开会的常委会会议；只通知没有举行的和取消的不计。", COMMITTEE, label_en="Meetings of the standing committee", group=GROUP, basis="ORG-13"),
    Figure("plenary_sittings", "大会全体会议", "举行日期在统计期内、已经开会的大会全体会议。", PLENARY, label_en="Plenary meetings", group=GROUP, basis="ORG-01"),
    Figure("committee_items", "常委会会议议题", "统计期内常委会会议审议、听取并有结果的议题；撤回、暂不付表决和留待下次的不计。", AGENDA, label_en="Items dealt with", group=GROUP, basis="J01.sitting"),
)
# fmt: on
