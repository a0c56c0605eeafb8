"""What committees do together (J07): a task with one lead and any number of assistants, the days arranged under it, and what each did there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.people.models import Organ
from openrenda.tenancy import TenantFK, TenantModel

HELD, CALLED_OFF = "held", "called_off"


class CommitteeTask(TenantModel):
    """A task that crosses the fields of several committees. Number, title and state are the matter's."""

    matter = TenantFK(Matter, models.CASCADE, related_name="committee_task")
    lead = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="牵头专工委")
    text = models.TextField("任务内容")
    due_on = models.DateField("完成日期", null=True)
    summary = models.TextField("完成情况", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="committee_task_matter")]

    def names(self) -> dict[UUID, str]:
        """What the organs are called, by id."""
        return dict(Organ.objects.values_list("pk", "name"))

    def same_week(self, days: Iterable[CommitteeDay], actor: Actor) -> dict[UUID, list[Any]]:
        """What else is on at the same unit in the week of each of these days."""
        from .engagements import beside

        return beside(days, actor)


class CommitteePart(TenantModel):
    """One committee's part in a task, as its lead or as an assistant, and what it is to do. It ends when the split is changed."""

    matter = TenantFK(Matter, models.CASCADE, related_name="committee_parts")
    committee = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="专工委")
    leads = models.BooleanField("牵头", default=False)
    part = models.TextField("分工", blank=True)
    due_on = models.DateField("完成日期", null=True)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "matter"],
                condition=models.Q(leads=True, until=None),
                name="committee_part_one_lead",
            ),
            models.UniqueConstraint(
                fields=["congress", "matter", "committee"], condition=models.Q(until=None), name="committee_part_once"
            ),
        ]
        indexes = [models.Index(fields=["congress", "committee", "since"], name="committee_part_since")]


class CommitteeDay(TenantModel):
    """An activity arranged under a task: which committee goes to which unit on which day, and what came of it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="committee_days")
    committee = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="组织的专工委")
    unit = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="涉及单位")
    what = models.CharField("活动内容", max_length=200)
    held_on = models.DateField("日期")
    starts_at = models.CharField("时间", max_length=40, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    outcome = models.CharField("开展情况", max_length=20, blank=True)
    text = models.TextField("活动情况、取消理由", blank=True)
    recorded_on = models.DateField("登记日期", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "held_on"], name="committee_day_held_on"),
            models.Index(fields=["congress", "matter"], name="committee_day_matter"),
        ]

    def __str__(self) -> str:
        return self.what


class CommitteeWork(TenantModel):
    """What a committee did for a task on a day: at an arranged activity, at one that is recorded elsewhere, or by itself."""

    matter = TenantFK(Matter, models.CASCADE, related_name="committee_work")
    committee = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="专工委")
    leads = models.BooleanField("牵头", default=False)
    done_on = models.DateField("日期")
    text = models.TextField("所做的工作")
    day = TenantFK(CommitteeDay, models.PROTECT, null=True, related_name="work", verbose_name="在哪次活动")
    activity = TenantFK(Matter, models.PROTECT, null=True, related_name="counted_as_work", verbose_name="已登记的活动")
    by_name = models.CharField("登记人", max_length=100)
    recorded_on = models.DateField("登记日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "matter", "committee", "activity"], condition=~models.Q(activity=None),
                name="committee_work_activity_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["congress", "committee", "done_on"], name="committee_work_done_on"),
            models.Index(fields=["congress", "matter"], name="committee_work_matter"),
        ]


RECORDS = (CommitteeTask, CommitteePart, CommitteeDay, CommitteeWork)
