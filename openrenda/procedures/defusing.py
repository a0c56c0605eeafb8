"""Disputes and petitions defused (A20): an outcome document was recorded, and nothing opened the matter again by the end of the period."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import moment
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES

GROUP = "四项履职新机制"
DOCUMENT = "document"
# By procedure, what opens it again after its document.
OPENED_AGAIN = {"mediation": "to_court", "petition-agency": "ask_again"}


def documents(period: Period, *procedures: str) -> QuerySet[Any]:
    """The acts of the period that recorded an outcome document which still stood at its end; the last of each matter."""
    steps = (DOCUMENT, *(OPENED_AGAIN[procedure] for procedure in procedures))
    later = Act.objects.filter(
        matter=OuterRef("matter"), seq__gt=OuterRef("seq"), step__in=steps, took_effect__lt=moment(period.end)
    )
    found = Act.objects.filter(procedure__in=procedures, step=DOCUMENT, took_effect__lt=moment(period.end))
    return found.filter(~Exists(later), took_effect__gte=moment(period.since, before=True))


def defused(period: Period) -> QuerySet[Any]:
    """Of both kinds."""
    return documents(period, *OPENED_AGAIN)


DEFUSED = Population(
    "defused", "化解的矛盾纠纷、信访事项", CASES, defused, splits=(by_month("took_effect"),),
    columns=(Shown("程序", "procedure"), Shown("登记日期", "took_effect")),
)  # fmt: skip
FIGURES = (
    Figure("defused", "化解矛盾纠纷、信访事项", "统计期内登记了结果文书的诉前调解和信访代办；后来进入诉讼、请受理单位再办的不计。", DEFUSED, label_en="Disputes and petitions defused", group=GROUP, basis="A20.document"),
)  # fmt: skip
