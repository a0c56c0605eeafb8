"""What every activity has: a day, a place and a leader; the people who took part; the items that were dealt with, each with its outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

from .kinds import words

PRESENT, LEAVE, BOOKED = "present", "leave", "booked"
MOST_SHOWN, WHOLE_DAY = 50, "day"
RESOURCES = {"venue": declared("场地"), "expert": declared("专家"), "other": declared("其他资源")}
PARTS = {
    "morning": declared("上午"),
    "afternoon": declared("下午"),
    "evening": declared("晚上"),
    WHOLE_DAY: declared("全天"),
}


def within_year(day: date) -> str:
    """A day whose year is known: 3月5日."""
    # Translators: a date format of Django
    return date_format(day, gettext("n月j日"))


class Activity(TenantModel):
    """Something held on a day. Number, title and state are the matter's."""

    matter = TenantFK(Matter, models.CASCADE, related_name="activity")
    held_on = models.DateField("日期")
    # The last day of what lasts several, as sittings may.
    ends_on = models.DateField("结束日期", null=True)
    starts_at = models.CharField("时间", max_length=40, blank=True)
    place = models.CharField("地点", max_length=200)
    leader_name = models.CharField("主持领导", max_length=100, blank=True)
    leader = TenantFK("people.Seat", models.PROTECT, null=True, related_name="+", verbose_name="主持领导")
    places = models.PositiveSmallIntegerField("可以预约的人数", null=True)
    area_name = models.CharField("范围", max_length=200, blank=True)
    area = TenantFK(Matter, models.PROTECT, null=True, related_name="inspections", verbose_name="片区")
    note = models.TextField("说明", blank=True)
    number_reason = models.TextField("件数不在惯例之内的理由", blank=True)
    # What only gatherings of deputies have.
    kind = models.CharField("种类", max_length=20, blank=True)
    station = TenantFK("people.Station", models.PROTECT, null=True, related_name="activities", verbose_name="站点")
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="街道、乡镇")
    campaign = TenantFK(Matter, models.PROTECT, null=True, related_name="gatherings", verbose_name="所属方案")
    destination = models.CharField("走进哪一类", max_length=20, blank=True)
    carried_by = models.CharField("开展者", max_length=20, blank=True)
    # Where a broadcast of the live studio is shown.
    watch_at = models.URLField("观看地址", max_length=300, blank=True)
    committee = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="组织的专工委")
    grid = TenantFK("people.Grid", models.PROTECT, null=True, related_name="+", verbose_name="网格")
    grid_role = models.CharField("五员角色", max_length=20, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="activity_matter")]
        indexes = [
            models.Index(fields=["congress", "held_on"], name="activity_day"),
            models.Index(fields=["congress", "station", "held_on"], name="activity_station"),
            models.Index(fields=["congress", "campaign"], name="activity_campaign"),
            models.Index(fields=["congress", "committee"], name="activity_committee"),
        ]

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.ends_on or self.held_on

    @property
    def days(self) -> str:
        """Its day, or the first and the last, in the reader's words."""
        if self.ends_on is None:
            return date_format(self.held_on)
        until = within_year(self.ends_on) if self.ends_on.year == self.held_on.year else date_format(self.ends_on)
        return gettext("%(since)s至%(until)s") % {"since": date_format(self.held_on), "until": until}

    def same_week(self, actor: Actor) -> list[Any]:
        """What else is on at its units in the week in which it is to be held (J07)."""
        from .engagements import of_the_same_week

        return of_the_same_week(self, actor)

    def words(self, field: str) -> str:
        """What a gathering's kind, destination or bearer is called."""
        return words(field, getattr(self, field))


class Participant(TenantModel):
    """Somebody who was to be there: a leading member, a deputy or an organ; whether she came, had leave, or had booked."""

    matter = TenantFK(Matter, models.CASCADE, related_name="participants")
    kind = models.CharField("类别", max_length=20)
    holder = models.UUIDField("主体")
    name = models.CharField("名称", max_length=200)
    attendance = models.CharField("出席情况", max_length=10, blank=True)
    held_on = models.DateField("日期")
    note = models.TextField("说明", blank=True)
    withdrawn = models.BooleanField("取消预约", default=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "kind", "holder"], name="participant_once"),
        ]
        indexes = [models.Index(fields=["congress", "holder", "held_on"], name="participant_holder")]


class Item(TenantModel):
    """One thing that was dealt with: its kind, the matter it is about, and what came of it. An outcome is written once."""

    matter = TenantFK(Matter, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("内容", max_length=500)
    text = models.TextField("详细内容", blank=True)
    subject = TenantFK(Matter, models.PROTECT, null=True, related_name="dealt_with", verbose_name="所涉事项")
    subject_state = models.CharField("当时状态", max_length=40, blank=True)
    speaker = models.UUIDField("提出人", null=True)
    speaker_name = models.CharField("提出人姓名", max_length=100, blank=True)
    outcome = models.CharField("结果", max_length=20, blank=True)
    outcome_text = models.TextField("结果说明", blank=True)
    number = models.PositiveSmallIntegerField("决定序号", null=True)
    owner_name = models.CharField("责任单位", max_length=200, blank=True)
    due_on = models.DateField("完成日期", null=True)
    decided_on = models.DateField("确定日期", null=True)
    result = models.TextField("办理结果", blank=True)
    result_on = models.DateField("办理结果日期", null=True)
    repeats = models.BooleanField("与另一条记录重复", default=False)
    # What only the agenda of a sitting has.
    under = TenantFK("self", models.PROTECT, null=True, related_name="parts", verbose_name="上级议题")
    mover = models.CharField("提出方", max_length=20, blank=True)
    mover_name = models.CharField("提案人", max_length=500, blank=True)
    movers = models.PositiveSmallIntegerField("联名人数", null=True)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="有关单位")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "position"], name="item_position")]
        indexes = [models.Index(fields=["congress", "subject"], name="item_subject")]

    def __str__(self) -> str:
        return self.title

    @property
    def outcome_words(self) -> str:
        """How an opinion of a gathering left it."""
        return words("outcome", self.outcome)


class Task(TenantModel):
    """What an item handed to an organ, until the organ has told what came of it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="task")
    item = TenantFK(Item, models.PROTECT, null=True, related_name="tasks", verbose_name="来自哪一项")
    organ_name = models.CharField("承办单位", max_length=200)
    deputy_name = models.CharField("提出代表", max_length=100, blank=True)
    text = models.TextField("交办内容")
    due_on = models.DateField("完成日期", null=True)
    result = models.TextField("办理结果", blank=True)
    reported_on = models.DateField("报送日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="task_matter")]
        indexes = [models.Index(fields=["congress", "item"], name="task_item")]


class DutyNote(TenantModel):
    """What was added to a deputy's duty file by hand, or what she disputes in it (M04). ``entry`` is the key of the disputed line."""

    matter = TenantFK(Matter, models.CASCADE, related_name="duty_note")
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="代表")
    kind = models.CharField("类别", max_length=10)
    year = models.PositiveSmallIntegerField("年度")
    day = models.DateField("日期")
    what = models.CharField("履职事项", max_length=250)
    place = models.CharField("地点", max_length=200, blank=True)
    text = models.TextField("内容")
    entry = models.CharField("所涉记录", max_length=60, blank=True)
    outcome = models.CharField("核实结果", max_length=10, blank=True)
    found = models.TextField("核实情况", blank=True)
    decided_on = models.DateField("核实日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="duty_note_matter")]
        indexes = [models.Index(fields=["congress", "mandate", "year"], name="duty_note_year")]


class SharedResource(TenantModel):
    """A venue or an expert that a street offers to the others (A04)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="shared_resource")
    kind = models.CharField("类别", max_length=20)
    street = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="街道")
    text = models.TextField("说明")
    times = models.CharField("可以使用的时间", max_length=200, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="shared_resource_matter")]

    @property
    def kind_words(self) -> str:
        """What it is."""
        return gettext(RESOURCES.get(self.kind, self.kind))

    def taken_days(self) -> list[ResourceBooking]:
        """What is asked for or agreed from today on."""
        rows = ResourceBooking.objects.filter(
            resource=self.pk, held_on__gte=timezone.localdate(), matter__state__in=("asked", "agreed")
        )
        return list(rows.select_related("street").order_by("held_on", "part")[:MOST_SHOWN])


class ResourceBooking(TenantModel):
    """Another street's day with it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="resource_booking")
    resource = TenantFK(SharedResource, models.PROTECT, related_name="bookings", verbose_name="共享资源")
    street = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="预约的街道")
    held_on = models.DateField("使用日期")
    part = models.CharField("时段", max_length=10)
    purpose = models.TextField("用途")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="resource_booking_matter")]
        indexes = [models.Index(fields=["congress", "resource", "held_on"], name="resource_booking_day")]

    @property
    def part_words(self) -> str:
        """Which part of the day."""
        return gettext(PARTS.get(self.part, self.part))


RECORDS = (Activity, Participant, Item, Task, DutyNote, SharedResource, ResourceBooking)
