"""What is kept of a year's round: whose vote it is, how long was collected, how many are to be chosen, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from openrenda.docket.models import File, Matter
from openrenda.tenancy import TenantFK

from ..livelihood import OfVote


class LivelihoodRound(OfVote):
    """One round: the projects of one congress, year and tier, from the call to the published list."""

    matter = TenantFK(Matter, models.CASCADE, related_name="livelihood_round")
    text = models.TextField("征集公告")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    short_reason = models.TextField("征集时间短于一般时间的理由", blank=True)
    reach = models.CharField("来电、来访、来信的电话和地址", max_length=500, blank=True)
    places = models.PositiveSmallIntegerField("应选名额", null=True)
    submitted_on = models.DateField("提请审议日期", null=True)
    deliberated_on = models.DateField("常委会审议日期", null=True)
    deliberated_at = models.CharField("审议的会议", max_length=200, blank=True)
    deliberation = models.TextField("审议意见", blank=True)
    vote = models.UUIDField("表决", null=True)
    vote_sentence = models.TextField("表决结果", blank=True)
    voted_on = models.DateField("票决日期", null=True)
    published_on = models.DateField("清单公布日期", null=True)
    summary = models.TextField("公布时的说明", blank=True)
    called_off = models.TextField("撤销的理由", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="livelihood_round_matter")]
        indexes = [models.Index(fields=["congress", "year", "tier"], name="livelihood_round_year")]

    def open_on(self, day: date) -> bool:
        """Whether proposals are taken on that day."""
        return self.matter.state == "collecting" and self.opens_on <= day <= self.closes_on

    def on_the_ballot(self) -> dict[str, Any]:
        """Each project of the list is a row of the paper; so many may be chosen as there are places (LIV-08)."""
        rows = [row.matter for row in self.projects if row.matter.state == "on_ballot"]
        return {"kind": "choice", "matters": rows, "places": self.places}

    @property
    def projects(self) -> list[Any]:
        """The project files of the round, those with most votes first, each with its matter. One query."""
        rows = self.matter.livelihood_projects.select_related("matter", "organ")
        return list(rows.order_by(models.F("votes").desc(nulls_last=True), "matter__opened_on", "id"))

    @property
    def waiting(self) -> int:
        """How many proposals have no answer yet."""
        return int(self.matter.livelihood_proposals.filter(matter__closed_on=None).count())

    @property
    def collected(self) -> int:
        """How many proposals came in, looked at and not taken back."""
        return int(self.matter.livelihood_proposals.exclude(matter__state__in=("screened", "withdrawn")).count())

    @property
    def papers(self) -> list[File]:
        """The documents attached to the call."""
        return list(File.objects.filter(matter_id=self.matter_id).order_by("uploaded_at", "id"))


RECORDS = (LivelihoodRound,)
