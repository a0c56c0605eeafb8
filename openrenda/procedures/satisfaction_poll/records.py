"""The typed record of a poll: what is published of it, and nothing else. What residents said is kept row by row for the organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

from ..subjects import OfSuggestion

if TYPE_CHECKING:
    from openrenda.docket.situation import Situation

ORGANISERS = ("deputy_office", "street_reviewer", "audit_admin")


class SatisfactionPoll(OfSuggestion):
    """One round on one suggestion. Every column may be read by whoever may open the poll, so none says anything of one rating."""

    matter = TenantFK(Matter, models.CASCADE, related_name="satisfaction_poll")
    round = models.PositiveSmallIntegerField("次数", default=1)
    opened_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    counted_on = models.DateField("统计日期", null=True)
    verdict = models.CharField("代表测评结论", max_length=20, blank=True)
    rated = models.PositiveIntegerField("评价人数", null=True)
    satisfied = models.PositiveIntegerField("满意人数", null=True)
    dissatisfied = models.PositiveIntegerField("不满意人数", null=True)
    residents_asked = models.BooleanField("现场问效", default=False)
    residents_verdict = models.CharField("群众评价结论", max_length=20, blank=True)
    residents_rated = models.PositiveIntegerField("群众评价人数", null=True)
    residents_satisfied = models.PositiveIntegerField("群众满意人数", null=True)
    residents_dissatisfied = models.PositiveIntegerField("群众不满意人数", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="satisfaction_poll_matter")]
        indexes = [
            models.Index(fields=["congress", "counted_on"], name="satisfaction_poll_counted"),
            models.Index(fields=["congress", "subject"], name="satisfaction_poll_subject"),
        ]

    @property
    def doubly_satisfied(self) -> bool:
        """双满意: the deputies and the residents, each asked apart."""
        return self.verdict == self.residents_verdict == "satisfied"

    def onsite_for(self, situation: Situation) -> list[OnSiteOpinion]:
        """The notes from the spot, for those who organise; the organ reads the published result only."""
        return situation.rows(OnSiteOpinion) if situation.actor.seat in ORGANISERS else []


class OnSiteOpinion(TenantModel):
    """What residents said on the spot: how many, where and when, and nobody's name."""

    matter = TenantFK(Matter, models.CASCADE, related_name="onsite_opinions")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=200)
    satisfied = models.PositiveIntegerField("满意人数")
    dissatisfied = models.PositiveIntegerField("不满意人数")
    notes = models.TextField("群众意见", blank=True)
    recorded_by = models.CharField("记录人", max_length=100)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="onsite_opinion_matter")]


RECORDS = (SatisfactionPoll, OnSiteOpinion)
