"""The figures of supervision (B06, B08, B09): as known on a day, by the acts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES

from .records import DISTRICT, KEY, LED, STREET, Supervision


def begun(period: Period) -> QuerySet[Any]:
    """Supervisions that began in the period and were not dropped by its end."""
    dropped = Act.objects.filter(procedure="supervision", step="drop", took_effect__date__lte=period.end)
    rows = Supervision.objects.filter(matter__opened_on__gte=period.since, matter__opened_on__lte=period.end)
    return rows.filter(~Q(matter__in=dropped.values("matter")))


SUPERVISIONS = Population(
    "supervisions", "督办事项", CASES, begun,
    facts={
        "led": lambda period: Q(form=LED),
        "key": lambda period: Q(form=KEY),
        "joint": lambda period: ~Q(government_person=""),
        "of_district": lambda period: Q(level=DISTRICT),
        "of_street": lambda period: Q(level=STREET),
        "closed": lambda period: Q(matter__closed_on__lte=period.end),
    },
    splits=(by_month("matter__opened_on"),),
    columns=(Shown("领衔", "leading_name"), Shown("承办单位", "unit_name"), Shown("开始", "matter__opened_on"), Shown("结束", "matter__closed_on")),
)  # fmt: skip

# fmt: off
FIGURES = (
    Figure("led_supervisions", "领衔督办事项", "统计期内开始、没有撤销的领衔督办。", SUPERVISIONS, Q(led=True), label_en="Led supervisions", group="督", basis="SUG-16.lead"),
    Figure("key_suggestions", "重点督办建议", "统计期内由主任会议决定列入、没有撤销的重点督办建议。", SUPERVISIONS, Q(key=True), label_en="Key suggestions", group="督", basis="REP-08"),
    Figure("key_closed", "重点督办办结率", "督办结束的 ÷ 列入的重点督办建议。", SUPERVISIONS, Q(closed=True), Q(key=True), None, "督办结束", "列入重点督办", label_en="Key suggestions closed", group="督", basis="SUG-16"),
    Figure("joint_supervisions", "人大、政府协同督办", "统计期内开始的督办中，写明政府方面责任人的。", SUPERVISIONS, Q(joint=True), label_en="Joint supervision", group="督", basis="B09.area"),
    Figure("street_supervisions", "街道督办", "统计期内开始的督办中，由街道登记的。", SUPERVISIONS, Q(of_street=True), label_en="At street level", group="督", basis="B09.area"),
)
# fmt: on

__all__ = ["FIGURES"]
