"""The typed record of a supervision, what was seen on the way, and the similar suggestions attached to it."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

LED, KEY = "led", "key"
DISTRICT, STREET = "district", "street"


class Supervision(TenantModel):
    """One supervision 督办 of a suggestion: led by a leading member (B06), as a key suggestion (B08), at district or street (B09)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="supervision")
    subject = TenantFK(Matter, models.PROTECT, related_name="supervisions", verbose_name="督办的建议")
    form = models.CharField("督办方式", max_length=10)
    level = models.CharField("层级", max_length=10)
    year = models.PositiveSmallIntegerField("年度")
    subject_number = models.CharField("建议编号", max_length=60, blank=True)
    leading_name = models.CharField("领衔", max_length=100, blank=True)
    committee = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="对口专工委")
    unit_name = models.CharField("承办单位", max_length=200, blank=True)
    government_person = models.CharField("政府方面责任人", max_length=100, blank=True)
    plan = models.TextField("督办方案", blank=True)
    due_on = models.DateField("完成日期", null=True)
    problem_class = models.CharField("一类问题", max_length=200, blank=True)
    field_of_work = models.CharField("一个领域工作", max_length=200, blank=True)
    closing = models.TextField("督办结果", blank=True)
    problem_answer = models.TextField("这一类问题解决得怎样", blank=True)
    field_answer = models.TextField("这个领域工作有什么推进", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="supervision_matter")]
        indexes = [
            models.Index(fields=["congress", "subject"], name="supervision_subject"),
            models.Index(fields=["congress", "form", "year"], name="supervision_year"),
        ]


class FollowUp(TenantModel):
    """One look at how it goes: on site, in a meeting or by asking; every deputy who took part has a row of her own."""

    matter = TenantFK(Matter, models.CASCADE, related_name="follow_ups")
    held_on = models.DateField("日期")
    way = models.CharField("方式", max_length=20)
    finding = models.TextField("情况")
    by_name = models.CharField("登记人", max_length=100)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="follow_up_matter")]


class TookPart(TenantModel):
    """A deputy took part in supervision on a day; her duty file lists it (代表法第五十八条)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="took_part")
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="took_part_in", verbose_name="代表")
    name = models.CharField("姓名", max_length=100)
    held_on = models.DateField("日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "mandate", "held_on"], name="took_part_once")
        ]
        indexes = [models.Index(fields=["congress", "mandate", "held_on"], name="took_part_mandate")]


class Attached(TenantModel):
    """A similar suggestion attached to a key one. It goes its own way and is closed by a decision of its own (B08)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="attached")
    subject = TenantFK(Matter, models.PROTECT, related_name="attached_to", verbose_name="同类建议")
    title = models.CharField("编号和标题", max_length=600)
    attached_on = models.DateField("并入日期")
    decision = models.TextField("单独结论", blank=True)
    decided_on = models.DateField("结论日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "subject"], name="attached_once")]
        indexes = [models.Index(fields=["congress", "subject"], name="attached_subject")]


RECORDS = (Supervision, FollowUp, TookPart, Attached)
