"""One opinion on a call: its words, its way and source, whether it came late, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK

from .. import consulting
from ..residents import Ticketed, said


class ConsultationOpinion(Ticketed):
    """An opinion. ``body`` names the unit that gave it, never a person; ``theme`` is the group it was put into; ``same_as`` is one with the
    same words on the same call."""

    matter = TenantFK(Matter, models.CASCADE, related_name="consultation_opinion")
    consultation = TenantFK(Matter, models.PROTECT, related_name="consultation_opinions", verbose_name="征求意见")
    text = models.TextField("意见内容")
    text_digest = models.CharField("内容摘要值", max_length=64, editable=False)
    channel = models.CharField("渠道", max_length=20)
    source = models.CharField("来源", max_length=20)
    body = models.CharField("提出单位", max_length=200, blank=True)
    heard_on = models.DateField("提出日期")
    late = models.BooleanField("逾期提出", default=False)
    theme = models.CharField("归类", max_length=50, blank=True)
    same_as = TenantFK("self", models.PROTECT, null=True, related_name="repeated", verbose_name="内容相同的意见")
    outcome = models.CharField("结果", max_length=20, blank=True)
    answer = models.TextField("答复", blank=True)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="转到的单位")
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.CharField("答复单位", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="consultation_opinion_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="consultation_opinion_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="consultation_opinion_link"),
        ]
        indexes = [
            models.Index(fields=["congress", "consultation", "text_digest"], name="consultation_opinion_text"),
            models.Index(fields=["congress", "heard_on"], name="consultation_opinion_heard"),
            models.Index(fields=["congress", "same_as"], name="consultation_opinion_same", condition=Q(same_as__isnull=False)),
        ]  # fmt: skip

    @property
    def channel_words(self) -> str:
        """By which way it came."""
        return said(consulting.CHANNELS, self.channel)

    @property
    def source_words(self) -> str:
        """From whom."""
        return said(consulting.SOURCES, self.source)

    @property
    def outcome_words(self) -> str:
        """How it ended."""
        return said(consulting.OUTCOMES, self.outcome)


RECORDS = (ConsultationOpinion,)
