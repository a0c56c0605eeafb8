"""The record of a report that the members rate: whose, when, and each rating it got. Who gave which grade is nowhere."""

from __future__ import annotations

from typing import Any

from django.db import models

from openrenda.docket.models import Matter
from openrenda.docket.situation import book_of
from openrenda.procedures.grading import labels
from openrenda.tenancy import TenantFK, TenantModel, current_congress_id

LISTED = "listed"


class ReportRating(TenantModel):
    """One report; ``round`` is the rating it is about to get or got last, ``again_on`` the day by which it is to be reported again."""

    matter = TenantFK(Matter, models.CASCADE, related_name="report_rating")
    organ = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="报告单位")
    organ_name = models.CharField("报告单位名称", max_length=200)
    meeting_on = models.DateField("测评的会议日期")
    round = models.PositiveSmallIntegerField("第几次测评", default=1)
    rounds = models.PositiveSmallIntegerField("最多测评几次")
    verdict = models.CharField("测评结果", max_length=50, blank=True)
    unsatisfied = models.BooleanField("不满意", default=False)
    again_on = models.DateField("再次报告的期限", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="reportrating_matter")]
        indexes = [models.Index(fields=["congress", "meeting_on"], name="reportrating_meeting")]

    def on_the_ballot(self) -> dict[str, Any]:
        """All reports that are rated on the same day stand on one paper, each counted by itself; the one that was put in front."""
        rows = ReportRating.objects.filter(meeting_on=self.meeting_on, matter__state=LISTED).select_related("matter")
        ordered = sorted(rows, key=lambda row: (row.matter_id != self.matter_id, row.matter.opened_on, row.pk))
        return {"kind": "grades", "matters": [row.matter for row in ordered], "way": "secret"}

    @property
    def is_last(self) -> bool:
        """Whether no further rating follows."""
        return self.round >= self.rounds

    @property
    def verdict_words(self) -> str:
        """The verdict in words."""
        return labels(book_of(current_congress_id())).get(self.verdict, "")


class RatedRound(TenantModel):
    """One rating of it: what was reported, and what the members thought of it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="rated_rounds")
    number = models.PositiveSmallIntegerField("第几次")
    report = models.TextField("报告要点", blank=True)
    reported_on = models.DateField("报告日期", null=True)
    rated_on = models.DateField("测评日期", null=True)
    grades = models.JSONField("各等次票数", default=list)
    verdict = models.CharField("测评结果", max_length=50, blank=True)
    unsatisfied = models.BooleanField("不满意", default=False)
    sentence = models.CharField("表决结果", max_length=500, blank=True)
    vote = models.UUIDField("表决", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "number"], name="ratedround_number")]
        indexes = [
            models.Index(fields=["congress", "rated_on"], name="ratedround_on"),
            models.Index(fields=["congress", "vote"], name="ratedround_vote"),
        ]


RECORDS = (ReportRating, RatedRound)
