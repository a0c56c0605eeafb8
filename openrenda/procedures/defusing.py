"""Disputes and petitions defused (A20): an outcome document was recorded, and nothing opened the matter again by the end of the period."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from openrenda.docket.models import Act
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, moment
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES

GROUP = "四项履职新机制"
DOCUMENT = "document"
# By procedure, what opens it again after its document.
OPENED_AGAIN = {"mediation": "to_court", "petition-agency": "ask_again"}


def documents(period: Period, procedure: str) -> QuerySet[Any]:
    """The acts of the period that recorded an outcome document which still stood at its end; the last of each matter."""
    later = Act.objects.filter(
        matter=OuterRef("matter"),
        seq__gt=OuterRef("seq"),
        step__in=(DOCUMENT, OPENED_AGAIN[procedure]),
        took_effect__lt=moment(period.end),
    )
    found = acts_by(period, procedure, DOCUMENT).filter(took_effect__gte=moment(period.since, before=True))
    return found.filter(~Exists(later))


def defused(period: Period) -> QuerySet[Any]:
    """Of both kinds."""
    pks = [documents(period, procedure).order_by().values("pk") for procedure in OPENED_AGAIN]
    return Act.objects.filter(pk__in=pks[0]) | Act.objects.filter(pk__in=pks[1])


DEFUSED = Population(
    "defused", "化解的矛盾纠纷、信访事项", CASES, defused, splits=(by_month("took_effect"),),
    columns=(Shown("程序", "procedure"), Shown("登记日期", "took_effect")),
)  # fmt: skip
FIGURES = (
    Figure("defused", "化解矛盾纠纷、信访事项", "统计期内登记了结果文书的诉前调解和信访代办；后来进入诉讼、请受理单位再办的不计。", DEFUSED, label_en="Disputes and petitions defused", group=GROUP, basis="A20.document"),
)  # fmt: skip
