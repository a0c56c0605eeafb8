"""The typed record of a three-level evaluation, and one sheet a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

from ..subjects import OfSuggestion

if TYPE_CHECKING:
    from openrenda.docket.situation import Situation

GRADES = "option.satisfaction"
# Who may stand behind a level, by the option's word for them.
BY = {"street": ("street_reviewer",), "office": ("deputy_office",), "leader": ("leader",),
      "sponsor": ("deputy", "delegation_head")}  # fmt: skip


class ThreeLevelEvaluation(OfSuggestion):
    """Which levels, by which rule, and what came out once all are in."""

    matter = TenantFK(Matter, models.CASCADE, related_name="three_level")
    levels = models.JSONField("各级", default=list)
    earlier_seen = models.BooleanField("后一级可以看到前面各级", default=False)
    decides = models.CharField("以哪一级为准", max_length=40)
    opened_on = models.DateField("发起日期")
    result = models.CharField("结果", max_length=20, blank=True)
    disagreement = models.BooleanField("各级不一致", default=False)
    evaluated_on = models.DateField("完成日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="three_level_matter")]
        indexes = [models.Index(fields=["congress", "opened_on"], name="three_level_opened")]

    @property
    def deciding_label(self) -> str:
        """The name of the level that decides."""
        return next((level["label"] for level in self.levels if level["key"] == self.decides), "")

    def sheets_for(self, situation: Situation) -> list[LevelSheet | None]:
        """One place a level: its sheet if it is in and open to this person, else nothing."""
        from . import may_read

        found = {row.position: row for row in situation.rows(LevelSheet)}
        return [
            row if (row := found.get(place)) and may_read(situation, row) else None for place in range(len(self.levels))
        ]


class LevelSheet(TenantModel):
    """What one level says, who said it and when."""

    matter = TenantFK(Matter, models.CASCADE, related_name="level_sheets")
    position = models.PositiveSmallIntegerField("次序")
    level = models.CharField("级", max_length=40)
    label = models.CharField("级的名称", max_length=60)
    grade = models.CharField("评价", max_length=20)
    opinion = models.TextField("评价意见")
    evaluator = models.CharField("评价人", max_length=100)
    account = models.UUIDField("账号", null=True)
    evaluated_on = models.DateField("评价日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "position"], name="level_sheet_position")]


RECORDS = (ThreeLevelEvaluation, LevelSheet)
