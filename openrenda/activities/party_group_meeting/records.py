"""What is kept of a meeting of the party group. It has records of its own: whatever reads the activities, their items or who came to them never meets it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import File, Matter
from openrenda.tenancy import TenantFK, TenantModel

STUDY = "study"
ITEM_KINDS = {
    STUDY: declared("第一议题（学习）"), "appointment": declared("人事事项"), "propose": declared("提请主任会议、常委会会议"),
    "ask": declared("向党委请示、报告"), "other": declared("其他事项"),
}  # fmt: skip
AGREED, ON_CONDITION, REFUSED, PUT_OFF, HEARD, STUDIED = (
    "agreed", "on_condition", "refused", "put_off", "heard", "studied",
)  # fmt: skip
OUTCOMES = {
    AGREED: declared("同意"), ON_CONDITION: declared("原则同意，修改后办理"), REFUSED: declared("不同意"), PUT_OFF: declared("暂不决定"),
    HEARD: declared("听取汇报"), STUDIED: declared("已学习"),
}  # fmt: skip
PRESENT, LEAVE, ABSENT = "present", "leave", "absent"


class PartyGroupMeeting(TenantModel):
    """When and where the group meets, who presides, and the minutes."""

    matter = TenantFK(Matter, models.CASCADE, related_name="party_group_meeting")
    group = TenantFK("people.Group", models.PROTECT, related_name="+", verbose_name="党组")
    held_on = models.DateField("日期")
    starts_at = models.CharField("时间", max_length=40, blank=True)
    place = models.CharField("地点", max_length=200)
    chair = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="主持人")
    chair_name = models.CharField("主持人姓名", max_length=100)
    note = models.TextField("说明", blank=True)
    no_study = models.TextField("没有安排第一议题的理由", blank=True)
    minutes = models.TextField("会议记录", blank=True)
    approved_on = models.DateField("记录审定日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="party_group_meeting_matter")]
        indexes = [models.Index(fields=["congress", "held_on"], name="party_group_meeting_day")]


class PartyGroupItem(TenantModel):
    """One item of the agenda: who reports, who sits in for it, the matter it is about, and what was decided."""

    matter = TenantFK(Matter, models.CASCADE, related_name="party_group_items")
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("议题", max_length=300)
    text = models.TextField("说明", blank=True)
    reporter = models.CharField("汇报人", max_length=200, blank=True)
    sitting_in = models.TextField("列席人员", blank=True)
    subject = TenantFK(
        Matter, models.PROTECT, null=True, related_name="party_group_discussions", verbose_name="所涉事项"
    )
    subject_name = models.CharField("所涉事项名称", max_length=600, blank=True)
    outcome = models.CharField("结果", max_length=20, blank=True)
    outcome_text = models.TextField("决定内容", blank=True)
    decided_on = models.DateField("决定日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "position"], name="party_group_item_position")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def order(self) -> tuple[bool, int]:
        """Its place: study in front (M03), then as they were listed."""
        return (self.kind != STUDY, self.position)

    @property
    def kind_words(self) -> str:
        """What kind of item it is."""
        return gettext(ITEM_KINDS.get(self.kind, self.kind))

    @property
    def outcome_words(self) -> str:
        """What came of it."""
        return gettext(OUTCOMES[self.outcome]) if self.outcome else ""


class PartyGroupPaper(TenantModel):
    """A file of the meeting that belongs to an item."""

    matter = TenantFK(Matter, models.CASCADE, related_name="party_group_papers")
    item = TenantFK(PartyGroupItem, models.CASCADE, related_name="papers", verbose_name="议题")
    file = TenantFK(File, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("材料名称", max_length=200)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "file"], name="party_group_paper_once")]


class PartyGroupPlace(TenantModel):
    """One member's place in a meeting that was held: there, on leave with the reason, or absent."""

    matter = TenantFK(Matter, models.CASCADE, related_name="party_group_places")
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="党组成员")
    name = models.CharField("姓名", max_length=100)
    attendance = models.CharField("出席情况", max_length=10)
    reason = models.CharField("请假事由", max_length=500, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "mandate"], name="party_group_place_once")]


RECORDS = (PartyGroupMeeting, PartyGroupItem, PartyGroupPaper, PartyGroupPlace)
