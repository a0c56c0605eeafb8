"""What is kept of a proposal: from whom it comes, where it is to be, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from openrenda.docket.models import Link, Matter
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK

from .. import livelihood
from ..residents import Ticketed, said


class LivelihoodProposal(Ticketed):
    """One proposal. ``body`` names the deputy or unit that made it, never a resident; ``merged_into`` is the one under which it goes on."""

    matter = TenantFK(Matter, models.CASCADE, related_name="livelihood_proposal")
    round = TenantFK(Matter, models.PROTECT, related_name="livelihood_proposals", verbose_name="征集")
    text = models.TextField("建议内容")
    text_digest = models.CharField("内容摘要值", max_length=64, editable=False)
    place = models.CharField("地点", max_length=200)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    source = models.CharField("来源", max_length=20)
    body = models.CharField("提出的代表、单位", max_length=200, blank=True)
    said_on = models.DateField("提出日期")
    merged_into = TenantFK(
        Matter, models.PROTECT, null=True, related_name="livelihood_merged", verbose_name="并入的建议项目"
    )
    reasons = models.JSONField("不列入的情形", default=list)
    answer = models.TextField("给提出人的说明", blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.CharField("答复单位", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="livelihood_proposal_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="livelihood_proposal_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="livelihood_proposal_link"),
        ]
        indexes = [
            models.Index(fields=["congress", "round", "source"], name="livelihood_proposal_round"),
            models.Index(fields=["congress", "said_on"], name="livelihood_proposal_said"),
            models.Index(
                fields=["congress", "merged_into"],
                name="livelihood_proposal_merged",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    @property
    def source_words(self) -> str:
        """From whom it comes."""
        return said(livelihood.SOURCES, self.source)

    def reason_words(self, book: Book) -> list[str]:
        """What of the negative list speaks against it, in words."""
        return [livelihood.label_in(book, "option.livelihood_negative", key) for key in self.reasons]

    @property
    def leading(self) -> LivelihoodProposal:
        """The one under which it is dealt with, as deep as it goes; itself when it stands alone. One query a step."""
        found, seen = self, {self.matter_id}
        while found.merged_into_id and found.merged_into_id not in seen:
            seen.add(found.merged_into_id)
            found = LivelihoodProposal.objects.select_related("matter").get(matter_id=found.merged_into_id)
        return found

    @property
    def proposers(self) -> list[LivelihoodProposal]:
        """It and all that were merged into it, whatever way: each with its own proposer (F02 (1)). One query a step."""
        found, near = [self], [self.matter_id]
        known: set[UUID] = {self.matter_id}
        while near:
            rows = (
                LivelihoodProposal.objects.filter(merged_into__in=near)
                .select_related("matter")
                .order_by("said_on", "id")
            )
            new = [row for row in rows if row.matter_id not in known]
            known |= {row.matter_id for row in new}
            found, near = found + new, [row.matter_id for row in new]
        return found

    @property
    def project(self) -> Any:
        """The project that came of it, or of the one it was merged into; None when there is none. Two queries."""
        link = Link.objects.filter(
            origin=self.leading.matter_id, kind="came_from", matter__procedure=livelihood.PROJECT
        )
        first = link.select_related("matter").order_by("since", "id").first()
        return first.matter if first else None


RECORDS = (LivelihoodProposal,)
