"""The typed record of assessment criteria, each version with its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

WAYS = (("share", _("按比率得分")), ("missing", _("按比率失分")), ("each", _("按件数扣分")))


class AssessmentCriteria(TenantModel):
    """One version. Once adopted it is not changed; it holds until the next one begins."""

    matter = TenantFK(Matter, models.CASCADE, related_name="assessment_criteria")
    version = models.PositiveIntegerField("版本")
    writing = models.PositiveIntegerField("第几稿", default=0)
    basis = models.TextField("依据")
    adopted_on = models.DateField("通过日期", null=True)
    holds_from = models.DateField("施行日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="assessment_criteria_matter"),
            models.UniqueConstraint(
                fields=["congress", "holds_from"],
                name="assessment_criteria_from",
                condition=models.Q(holds_from__isnull=False),
            ),
        ]

    def criteria(self) -> list[Criterion]:
        """The rows of the last writing, in order."""
        return list(Criterion.objects.filter(matter=self.matter_id, writing=self.writing).order_by("place"))


class Criterion(TenantModel):
    """One criterion: the figure that is read for an organ, how it counts, and for how much."""

    matter = TenantFK(Matter, models.CASCADE, related_name="criteria")
    writing = models.PositiveIntegerField("第几稿")
    place = models.PositiveSmallIntegerField("次序")
    figure = models.CharField("统计项", max_length=60)
    way = models.CharField("怎样计分", max_length=20)
    weight = models.PositiveSmallIntegerField("分值")
    points = models.PositiveSmallIntegerField("每项扣分", default=0)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "writing", "place"], name="criterion_place")
        ]

    @property
    def figure_words(self) -> str:
        """What the figure is called."""
        from openrenda.figures.registry import figure

        return figure(self.figure).words

    @property
    def way_words(self) -> Any:
        """How it counts."""
        return dict(WAYS).get(self.way, self.way)


def in_force(day: date) -> AssessmentCriteria | None:
    """The version that holds on a day."""
    found = AssessmentCriteria.objects.filter(holds_from__lte=day).select_related("matter")
    return found.order_by("-holds_from").first()


RECORDS = (AssessmentCriteria, Criterion)
