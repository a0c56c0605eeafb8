"""Tables of the rulebook: versions kept for running clocks, a congress's own values, the editable calendar."""

from __future__ import annotations

from django.db import models
from django.utils.timezone import now

from openrenda.tenancy import ReferenceModel, TenantModel


class RulebookVersion(ReferenceModel):
    """A resolved rulebook as it once held, so that a running clock keeps the rules it started under."""

    version = models.CharField("版本", max_length=40, unique=True)
    content = models.TextField("内容")
    made_at = models.DateTimeField("形成时间", default=now)

    class Meta:
        verbose_name = "规则簿版本"

    def __str__(self) -> str:
        return self.version


class LocalValue(TenantModel):
    """A value that a congress set for itself, holding from a day on. Rows are added, not changed."""

    rule = models.CharField("规则", max_length=60)
    value = models.JSONField("取值")
    since = models.DateField("自何日起")
    basis = models.CharField("依据", max_length=200)
    set_by = models.CharField("设定人", max_length=100)
    set_at = models.DateTimeField("设定时间", default=now)

    class Meta(TenantModel.Meta):
        verbose_name = "本级取值"
        constraints = [
            models.UniqueConstraint(fields=["congress", "rule", "since"], name="rulebook_local_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.value}"


class CalendarDay(ReferenceModel):
    """A day that is worked or free otherwise than the calendar package says."""

    day = models.DateField("日期", unique=True)
    working = models.BooleanField("是否上班")
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = "工作日历"

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.working else '休息'} {self.name}"
