"""The typed record of an appraisal, and its items."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel


class Appraisal(TenantModel):
    """A meeting: when, who was there, and how the tasks of the last one stood when it was convened."""

    matter = TenantFK(Matter, models.CASCADE, related_name="appraisal")
    held_on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=200, blank=True)
    present = models.JSONField("到会代表", default=list)
    former = models.JSONField("上次评议的整改事项", default=list)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="appraisal_matter")]

    def former_tasks(self) -> list[dict[str, Any]]:
        """The tasks of the last meeting as they stood then, their days as days."""
        days = ("due_on", "closed_on")
        return [task | {key: date.fromisoformat(task[key]) for key in days if task[key]} for task in self.former]

    def departments(self, items: list[AppraisalItem]) -> list[tuple[str, list[AppraisalItem]]]:
        """The items of each department, departments in the order of their first item."""
        order = list(dict.fromkeys(item.organ_name for item in items))
        listed = sorted(items, key=lambda item: order.index(item.organ_name))
        return [(name, list(rows)) for name, rows in groupby(listed, key=lambda item: item.organ_name)]


class AppraisalItem(TenantModel):
    """One suggestion appraised."""

    matter = TenantFK(Matter, models.CASCADE, related_name="appraisal_items")
    subject = TenantFK(Matter, models.PROTECT, related_name="+", verbose_name="建议")
    number = models.CharField("编号", max_length=60, blank=True)
    title = models.CharField("建议标题", max_length=500)
    organ = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="承办单位")
    organ_name = models.CharField("承办单位名称", max_length=200)
    result = models.CharField("评议结果", max_length=20)
    problem = models.TextField("问题", blank=True)
    held_on = models.DateField("会议日期")

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "matter"], name="appraisal_item_matter"),
            models.Index(fields=["congress", "held_on"], name="appraisal_item_held"),
        ]


RECORDS = (Appraisal, AppraisalItem)
