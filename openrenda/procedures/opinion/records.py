"""What an opinion keeps in typed fields; the name and telephone lie apart, where they can be forgotten."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openrenda.docket.models import File, Matter
from openrenda.tenancy import TenantFK

from ..grid_duties import GridDuty
from ..residents import OpinionContact, Ticketed
from . import words


class Opinion(Ticketed):
    """What a resident said (A15, C04): her words, where, by which way they came, and what came of them.

    ``same_as`` is an opinion with the same words
    that came shortly before; ``merged_into`` the one under which it is dealt with.
    """

    matter = TenantFK(Matter, models.CASCADE, related_name="opinion")
    text = models.TextField("群众原话")
    text_digest = models.CharField("内容摘要值", max_length=64, editable=False)
    channel = models.CharField("渠道", max_length=20)
    heard_on = models.DateField("反映日期")
    station = TenantFK("people.Station", models.PROTECT, null=True, related_name="+", verbose_name="站点")
    grid = TenantFK("people.Grid", models.PROTECT, null=True, related_name="+", verbose_name="网格")
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="街道、乡镇")
    deputy = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="+", verbose_name="受理代表")
    place = models.CharField("地点", max_length=200, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    nature = models.CharField("性质", max_length=20, blank=True)
    level = models.CharField("级别", max_length=20, blank=True)
    route = models.CharField("规则去向", max_length=20, blank=True)
    category = TenantFK("people.Category", models.PROTECT, null=True, related_name="+", verbose_name="类别")
    livelihood = models.BooleanField("民生事项", default=False)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    handed_on = models.DateField("交办日期", null=True)
    ticket = models.CharField("热线工单号", max_length=60, blank=True)
    answer = models.TextField("答复", blank=True)
    result = models.CharField("结果", max_length=20, blank=True)
    due_by = models.DateField("承诺解决日期", null=True)
    drafted_answer = models.TextField("待核答复", blank=True)
    drafted_result = models.CharField("待核结果", max_length=20, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.CharField("答复单位", max_length=200, blank=True)
    solved = models.CharField("群众认为", max_length=20, blank=True)
    attitude = models.CharField("满意程度", max_length=20, blank=True)
    word = models.TextField("群众的话", blank=True)
    rated_on = models.DateField("评价日期", null=True)
    same_as = TenantFK("self", models.PROTECT, null=True, related_name="repeated", verbose_name="可能重复的意见")
    merged_into = TenantFK(Matter, models.PROTECT, null=True, related_name="merged_opinions", verbose_name="并入的意见")
    joined = TenantFK(Matter, models.PROTECT, null=True, related_name="joined_by", verbose_name="附议的公开事项")
    public_text = models.TextField("公开文本", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="opinion_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="opinion_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="opinion_link"),
        ]
        indexes = [
            models.Index(fields=["congress", "text_digest", "heard_on"], name="opinion_text"),
            models.Index(fields=["congress", "heard_on"], name="opinion_heard"),
            models.Index(fields=["congress", "station", "heard_on"], name="opinion_station"),
            models.Index(fields=["congress", "merged_into"], name="opinion_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["congress", "joined"], name="opinion_joined", condition=Q(joined__isnull=False)),
        ]  # fmt: skip

    @property
    def channel_words(self) -> str:
        """By which way it came."""
        return words.said(words.CHANNELS, self.channel)

    @property
    def nature_words(self) -> str:
        """What it is."""
        return words.said(words.NATURES, self.nature)

    @property
    def level_words(self) -> str:
        """How high it reaches."""
        return words.said(words.LEVELS, self.level)

    @property
    def result_words(self) -> str:
        """What came of it."""
        return words.said(words.RESULTS, self.result)

    @property
    def solved_words(self) -> str:
        """Whether the resident finds it solved."""
        return words.said(words.SOLVED_WORDS, self.solved)

    @property
    def attitude_words(self) -> str:
        """Whether she is satisfied."""
        return words.said(words.ATTITUDES, self.attitude)

    @property
    def voices(self) -> list[File]:
        """Recordings in which she says it."""
        return list(File.objects.filter(matter_id=self.matter_id, media_type__startswith="audio/").order_by("id"))


RECORDS = (Opinion, OpinionContact, GridDuty)
