"""What the procedures of the hall share: a sitting and its papers, who is there, who speaks, what is resolved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import File, Matter
from openrenda.tenancy import TenantFK, TenantModel

from .bodies import BODIES, Body
from .record import Item

SITTING, ATTENDANCE, SPEECH, RESOLUTION, VOTE = "sitting", "attendance", "speech", "resolution", "vote"
# States of a sitting that other procedures of the hall ask for.
PLANNED, CALLED, ARRIVING, OPEN, RECESS = "planned", "called", "arriving", "open", "recess"
UNDER_WAY = (ARRIVING, OPEN, RECESS)
# Rights of those who are there, and who they are.
VOTES, SPEAKS, OBSERVES = "votes", "speaks", "observes"
RIGHTS = {VOTES: declared("表决、发言"), SPEAKS: declared("发言，不表决"), OBSERVES: declared("旁听")}
MEMBER, SITTING_IN, ORGAN, CITIZEN, GUEST = "member", "deputy", "organ", "citizen", "guest"
KINDS = {
    MEMBER: declared("组成人员"), SITTING_IN: declared("列席代表"), ORGAN: declared("列席单位"), CITIZEN: declared("旁听群众"),
    GUEST: declared("其他列席人员"),
}  # fmt: skip
DRAFT, FINAL, BILL, EXPLANATION, OTHER = "draft", "final", "bill", "explanation", "other"
PAPERS = {
    DRAFT: declared("报告征求意见稿"), FINAL: declared("报告正式稿"), BILL: declared("议案文本"), EXPLANATION: declared("说明"),
    OTHER: declared("其他材料"),
}  # fmt: skip


class Sitting(TenantModel):
    """What a sitting has beside its day and place: which body sits, the ordinal within the term, the code of the day, the minutes."""

    matter = TenantFK(Matter, models.CASCADE, related_name="sitting")
    body = models.CharField("会议种类", max_length=20)
    group = TenantFK("people.Group", models.PROTECT, null=True, related_name="+", verbose_name="代表团、委员会")
    term = TenantFK("people.Term", models.PROTECT, related_name="+", verbose_name="届")
    session = TenantFK("people.Session", models.PROTECT, null=True, related_name="+", verbose_name="会次")
    ordinal = models.PositiveSmallIntegerField("次序", null=True)
    short_notice = models.TextField("临时召集的理由", blank=True)
    places = models.PositiveSmallIntegerField("邀请代表列席的名额", null=True)
    agenda_by = TenantFK(
        Matter, models.PROTECT, null=True, related_name="agendas_decided", verbose_name="确定议程的会议"
    )
    agenda_on = models.DateField("议程确定日期", null=True)
    papers_on = models.DateField("材料发出日期", null=True)
    signs_on = models.DateField("签到日期", null=True)
    code = models.CharField("当日签到码", max_length=10, blank=True)
    wall = models.CharField("大屏地址", max_length=40, blank=True)
    current = TenantFK(Item, models.PROTECT, null=True, related_name="+", verbose_name="正在进行的议题")
    minutes = models.TextField("会议记录", blank=True)
    approved_on = models.DateField("记录审定日期", null=True)
    digest = models.CharField("归档摘要值", max_length=64, blank=True)
    seat_rows = models.TextField("座位排列", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="sitting_matter"),
            models.UniqueConstraint(fields=["congress", "wall"], name="sitting_wall", condition=~models.Q(wall="")),
        ]
        indexes = [models.Index(fields=["congress", "body", "term"], name="sitting_body")]

    @property
    def kind(self) -> Body:
        """The body that sits."""
        return BODIES[self.body]


class FieldPlaces(TenantModel):
    """How many deputies of one field a sitting has places for (J06)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="field_places")
    field = models.CharField("领域", max_length=50)
    places = models.PositiveSmallIntegerField("名额")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "field"], name="field_places_once")]


class Paper(TenantModel):
    """A paper of a sitting: what it is to be, by which day, and the file once it came."""

    matter = TenantFK(Matter, models.CASCADE, related_name="papers")
    item = TenantFK(Item, models.CASCADE, null=True, related_name="papers", verbose_name="议题")
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("材料名称", max_length=200)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="报送单位")
    due_on = models.DateField("报送期限", null=True)
    rule = models.CharField("期限依据", max_length=40, blank=True)
    received_on = models.DateField("收到日期", null=True)
    file = TenantFK(File, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    confidential = models.BooleanField("保密", default=False)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="paper_matter")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_words(self) -> str:
        """What the paper is."""
        return gettext(PAPERS.get(self.kind, self.kind))


class PaperReading(TenantModel):
    """Somebody opened a confidential paper: for the audit administrator, written once."""

    matter = TenantFK(Matter, models.CASCADE, related_name="paper_readings")
    paper = TenantFK(Paper, models.PROTECT, related_name="readings")
    account = models.UUIDField("账号")
    name = models.CharField("姓名", max_length=100)
    read_at = models.DateTimeField("打开时间")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter", "read_at"], name="paper_reading_matter")]


class Attendance(TenantModel):
    """One person's place in one sitting: who she is, with which right. Whether she is there is the state of the matter."""

    matter = TenantFK(Matter, models.CASCADE, related_name="attendance")
    sitting = TenantFK(Matter, models.CASCADE, related_name="attendances")
    mandate = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="+", verbose_name="代表")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    name = models.CharField("姓名", max_length=100)
    kind = models.CharField("身份", max_length=10)
    right = models.CharField("权利", max_length=10)
    # Who a person is over several sittings: the deputy's person, or the name where no register knows her.
    person = models.CharField("本人", max_length=120)
    held_on = models.DateField("会议日期")
    came = models.BooleanField("到会", default=False)
    field = models.CharField("报名的领域", max_length=50, blank=True)
    leave_reason = models.TextField("请假理由", blank=True)
    # One day of several for which leave was asked and not answered yet; and on how many days she was missing without leave.
    leave_on = models.DateField("请假的日期", null=True)
    missed = models.PositiveSmallIntegerField("未请假缺席天数", default=0)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="attendance_matter")]
        indexes = [
            models.Index(fields=["congress", "sitting", "right"], name="attendance_sitting"),
            models.Index(fields=["congress", "mandate", "held_on"], name="attendance_mandate"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """Who she is in this sitting."""
        return gettext(KINDS.get(self.kind, self.kind))

    @property
    def days(self) -> str:
        """Her days in a sitting of several, in words."""
        from .days import by_place, days_words

        return days_words(by_place(self.sitting, [self]).get(self.matter_id, {}))

    @property
    def partly(self) -> bool:
        """Whether she came to the sitting, and was missing without leave on some day of it."""
        return self.came and self.missed > 0

    @property
    def right_words(self) -> str:
        """What she may do in it."""
        return gettext(RIGHTS.get(self.right, self.right))


class HallSeat(TenantModel):
    """Who sits on which seat of a sitting's plan; rows are counted from the rostrum, seats from the left as one faces it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="hall_seats")
    row = models.PositiveSmallIntegerField("排")
    number = models.PositiveSmallIntegerField("座")
    attendance = TenantFK(Attendance, models.CASCADE, related_name="hall_seats", verbose_name="参会人员")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "row", "number"], name="hall_seat_once")]
        indexes = [models.Index(fields=["congress", "attendance"], name="hall_seat_attendance")]

    @property
    def spot(self) -> tuple[int, int]:
        """Row and number."""
        return self.row, self.number


class Speech(TenantModel):
    """Somebody speaks on an item: when, how long she may, and what she said, confirmed by herself (ORG-28, ORG-34)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="speech")
    sitting = TenantFK(Matter, models.CASCADE, related_name="speeches")
    item = TenantFK(Item, models.PROTECT, null=True, related_name="speeches", verbose_name="议题")
    attendance = TenantFK(Matter, models.PROTECT, related_name="speeches_given", verbose_name="发言人的参会记录")
    name = models.CharField("发言人", max_length=100)
    right = models.CharField("权利", max_length=10)
    kind = models.CharField("类别", max_length=10)
    minutes = models.PositiveSmallIntegerField("时限（分钟）")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    text = models.TextField("发言内容", blank=True)
    confirmed = models.BooleanField("本人已核对", default=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="speech_matter")]
        indexes = [models.Index(fields=["congress", "sitting"], name="speech_sitting")]


class Resolution(TenantModel):
    """A resolution or decision: text, tally, publication, and who sees to what follows (J03)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="resolution")
    kind = models.CharField("种类", max_length=20)
    text = models.TextField("全文")
    item = TenantFK(Item, models.PROTECT, null=True, related_name="resolutions", verbose_name="议题")
    body = models.CharField("通过的机关", max_length=20)
    held_on = models.DateField("表决日期", null=True)
    passed = models.BooleanField("是否通过", null=True)
    approve = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstain = models.PositiveIntegerField("弃权", null=True)
    base = models.PositiveIntegerField("全体人数", null=True)
    present = models.PositiveIntegerField("出席人数", null=True)
    verdict = models.TextField("表决结果", blank=True)
    vote = TenantFK(Matter, models.PROTECT, null=True, related_name="decided", verbose_name="表决")
    published_on = models.DateField("公布日期", null=True)
    published_in = models.CharField("公布载体", max_length=200, blank=True)
    follow_up = models.BooleanField("需要跟踪落实", null=True)
    owner = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="跟踪落实的单位")
    no_follow_reason = models.TextField("不需要跟踪的理由", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="resolution_matter")]
        indexes = [models.Index(fields=["congress", "held_on"], name="resolution_day")]


RECORDS = (Sitting, FieldPlaces, Paper, PaperReading, Attendance, HallSeat, Speech, Resolution)


def places_of(sitting: Any) -> QuerySet[Any]:
    """Everybody's place in a sitting with its matter: deputies in the order of strokes, then the others as they were entered."""
    stroke = F("mandate__person__stroke_key").asc(nulls_last=True)
    return Attendance.objects.filter(sitting=sitting).select_related("matter").order_by(stroke, "id")
