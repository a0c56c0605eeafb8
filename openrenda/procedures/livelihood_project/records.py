"""One file a project, from proposal to acceptance (F01 (1)): what it is, whose, what it costs, how far it is, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import File, Matter
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK, TenantModel

from .. import livelihood
from ..livelihood import OfVote

BY_DEPUTIES, BY_RESIDENTS, BY_COMMITTEE = "deputies", "residents", "committee"
VISITORS = {BY_DEPUTIES: _("代表"), BY_RESIDENTS: _("群众"), BY_COMMITTEE: _("常委会、专工委")}
POLLED = {BY_DEPUTIES: _("代表"), BY_RESIDENTS: _("群众")}


class LivelihoodProject(OfVote):
    """The project. Money in fen."""

    row_of_a_paper = True

    matter = TenantFK(Matter, models.CASCADE, related_name="livelihood_project")
    round = TenantFK(Matter, models.PROTECT, related_name="livelihood_projects", verbose_name="征集")
    content = models.TextField("建设内容")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="实施单位")
    fen = models.BigIntegerField("计划投资（分）", null=True)
    place = models.CharField("地点", max_length=200)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    served = models.PositiveIntegerField("受益人数", null=True)
    served_words = models.CharField("受益范围", max_length=200, blank=True)
    deadline = models.DateField("完成时限", null=True)
    first_deadline = models.DateField("原定完成时限", null=True)
    filled = models.BooleanField("填写完整", default=False)
    votes = models.PositiveIntegerField("得票", null=True)
    against = models.PositiveIntegerField("反对票", null=True)
    base = models.PositiveIntegerField("全体代表", null=True)
    present = models.PositiveIntegerField("实到代表", null=True)
    chosen = models.BooleanField("票决入选", null=True)
    vote = models.UUIDField("表决", null=True)
    vote_sentence = models.TextField("表决结果", blank=True)
    voted_on = models.DateField("票决日期", null=True)
    settled_by = models.CharField("由谁确定", max_length=300, blank=True)
    begun_on = models.DateField("交付实施日期", null=True)
    carried_to = models.PositiveSmallIntegerField("结转到的年度", null=True)
    finished_on = models.DateField("完工日期", null=True)
    accepted_on = models.DateField("验收日期", null=True)
    accepted_by = models.CharField("验收人员", max_length=500, blank=True)
    acceptance = models.TextField("验收结论", blank=True)
    ended_because = models.TextField("不列入、停止的理由", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="livelihood_project_matter")]
        indexes = [
            models.Index(fields=["congress", "round"], name="livelihood_project_round"),
            models.Index(fields=["congress", "year", "tier", "level"], name="livelihood_project_year"),
            models.Index(fields=["congress", "voted_on"], name="livelihood_project_voted"),
        ]

    @property
    def money_words(self) -> str:
        """What it is planned to cost."""
        return livelihood.yuan_words(self.fen) if self.fen is not None else ""

    @property
    def stood_on_ballot(self) -> bool:
        """Whether deputies voted on it."""
        return self.voted_on is not None

    @property
    def milestones(self) -> list[Milestone]:
        """Its milestones by the day planned for each. One query."""
        return list(self.matter.milestones.order_by("planned_on", "id"))

    @property
    def paid(self) -> Paid:
        """What was paid, oldest first; what was struck out is not among it. One query."""
        return Paid(list(self.matter.payments.filter(struck_on=None).order_by("paid_on", "id")))

    @property
    def reports(self) -> list[ProgressReport]:
        """The progress reports, newest first. One query."""
        return list(self.matter.progress_reports.order_by("-reported_on", "-id"))

    @property
    def visits(self) -> list[Visit]:
        """Who came to look, newest first. One query."""
        return list(self.matter.visits.order_by("-held_on", "-id"))

    @property
    def polls(self) -> list[SatisfactionCount]:
        """What was counted in a room or on the spot. One query."""
        return list(self.matter.satisfaction_counts.order_by("held_on", "id"))

    def source_label(self, book: Book, key: str) -> str:
        """Where money comes from."""
        return livelihood.label_in(book, "option.livelihood_money", key)


class Milestone(TenantModel):
    """A step of the work: the day planned for it, the day it was first planned for, and the real one (F04 (1))."""

    matter = TenantFK(Matter, models.CASCADE, related_name="milestones")
    name = models.CharField("节点", max_length=200)
    planned_on = models.DateField("计划日期")
    first_planned_on = models.DateField("原定日期")
    done_on = models.DateField("实际日期", null=True)
    note = models.TextField("说明", blank=True)
    proof = models.JSONField("证明", default=list)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "matter"], name="milestone_matter"),
            models.Index(fields=["congress", "planned_on"], name="milestone_planned"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.planned_on:%Y-%m-%d}）"

    def is_late(self, day: date) -> bool:
        """Whether it came later than planned, or has not come though its day is over. Nobody marks it: it is a comparison."""
        return (self.done_on or day) > self.planned_on

    def days_late(self, day: date) -> int:
        """By how many days."""
        return max(((self.done_on or day) - self.planned_on).days, 0)


class ProgressReport(TenantModel):
    """How far it is: words for everybody, a note for the offices, and what shows it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="progress_reports")
    reported_on = models.DateField("报送日期")
    percent = models.PositiveSmallIntegerField("形象进度", null=True)
    text = models.TextField("进展情况")
    note = models.TextField("内部说明", blank=True)
    proof = models.JSONField("证明", default=list)
    reported_by = models.CharField("报送单位", max_length=200)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter", "reported_on"], name="progress_report_matter")]


class Payment(TenantModel):
    """Money that was paid: how much, when, from where (F04 (2)). What was entered wrongly is struck out, never changed."""

    matter = TenantFK(Matter, models.CASCADE, related_name="payments")
    paid_on = models.DateField("支付日期")
    fen = models.BigIntegerField("金额（分）")
    source = models.CharField("资金来源", max_length=20)
    note = models.CharField("用途、凭证", max_length=300, blank=True)
    struck_on = models.DateField("作废日期", null=True)
    struck_because = models.TextField("作废理由", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="payment_is_positive")]
        indexes = [
            models.Index(fields=["congress", "matter", "paid_on"], name="payment_matter"),
            models.Index(fields=["congress", "paid_on"], name="payment_day"),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on:%Y-%m-%d} {self.words}"

    @property
    def words(self) -> str:
        """The amount."""
        return livelihood.yuan_words(self.fen)


class Visit(TenantModel):
    """Deputies, residents or the committee came to look: when, who, what they said, with which photographs (F04 (3))."""

    matter = TenantFK(Matter, models.CASCADE, related_name="visits")
    held_on = models.DateField("日期")
    kind = models.CharField("谁来看", max_length=20)
    people = models.CharField("参加人", max_length=500, blank=True)
    count = models.PositiveSmallIntegerField("人数")
    opinion = models.TextField("意见")
    photos = models.JSONField("照片", default=list)
    recorded_by = models.CharField("登记单位", max_length=200)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter", "held_on"], name="visit_matter")]

    @property
    def kind_words(self) -> str:
        """Who came."""
        return str(VISITORS.get(self.kind, self.kind))


class VisitingDeputy(TenantModel):
    """A deputy who came to look; her duty file lists it (代表法第五十八条)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="visiting_deputies")
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="project_visits", verbose_name="代表")
    name = models.CharField("姓名", max_length=100)
    held_on = models.DateField("日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "mandate", "held_on"], name="visiting_deputy_once")
        ]
        indexes = [models.Index(fields=["congress", "mandate", "held_on"], name="visiting_deputy_mandate")]


class SatisfactionCount(TenantModel):
    """What was counted when deputies in a room, or residents on the spot, were asked about the finished project."""

    matter = TenantFK(Matter, models.CASCADE, related_name="satisfaction_counts")
    who = models.CharField("谁评价", max_length=20)
    held_on = models.DateField("日期")
    occasion = models.CharField("场合", max_length=200)
    satisfied = models.PositiveIntegerField("满意")
    basically = models.PositiveIntegerField("基本满意")
    dissatisfied = models.PositiveIntegerField("不满意")
    abstained = models.PositiveIntegerField("弃权", default=0)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter", "who"], name="satisfaction_count_matter")]

    @property
    def who_words(self) -> str:
        """Who was asked."""
        return str(POLLED.get(self.who, self.who))


@dataclass(frozen=True)
class Paid:
    """Payments with their sum 累计, which says since when."""

    rows: list[Payment]

    @property
    def fen(self) -> int:
        """The sum, in fen."""
        return sum(row.fen for row in self.rows)

    @property
    def words(self) -> str:
        """The sum, as people read it."""
        return livelihood.yuan_words(self.fen)

    @property
    def since(self) -> date | None:
        """The day of the first payment: from then on it is counted."""
        return self.rows[0].paid_on if self.rows else None


def photographs(matter: Any) -> list[File]:
    """The photographs of visits that were marked as open, oldest first."""
    return list(
        File.objects.filter(matter_id=matter, media_type__startswith="image/", public=True).order_by(
            "uploaded_at", "id"
        )
    )


RECORDS = (LivelihoodProject, Milestone, ProgressReport, Payment, Visit, VisitingDeputy, SatisfactionCount)
