"""A month's day with its guidance, and what each street made of it."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel


class ActivityDay(TenantModel):
    """The day of one month. ``month`` is its first day and stays when the day is moved."""

    matter = TenantFK(Matter, models.CASCADE, related_name="activity_day")
    month = models.DateField("月份")
    held_on = models.DateField("日期")
    theme = models.CharField("主题", max_length=200, blank=True)
    guidance = models.TextField("指导意见", blank=True)
    guided_on = models.DateField("印发日期", null=True)
    moved_because = models.TextField("调整日期的决定", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="activity_day_matter")]
        indexes = [models.Index(fields=["congress", "month"], name="activity_day_month")]


class StreetDay(TenantModel):
    """One street's part in one month's day: whether it read the guidance, its entry points, when it held its own."""

    matter = TenantFK(Matter, models.CASCADE, related_name="street_days")
    street = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="街道、乡镇")
    street_name = models.CharField("名称", max_length=100)
    read_on = models.DateField("已阅日期", null=True)
    read_by = models.CharField("阅看人", max_length=100, blank=True)
    entry_points = models.TextField("小切口", blank=True)
    held_on = models.DateField("开展日期", null=True)
    missed = models.BooleanField("当日没有开展", default=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "street"], name="street_day_once")]


RECORDS = (ActivityDay, StreetDay)
