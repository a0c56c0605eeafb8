"""What the ledger of promises keeps in typed fields."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

DISTRICT, STREET = "district", "street"


class Commitment(TenantModel):
    """Something promised in a reply: what, who, by when. It stays open until it is kept and a deputy has said so.

    ``suggestion`` is the matter in whose reply it was promised, which is also the matter's parent, or, with ``round`` 0, to which a
    promise made face to face is linked; a promise brought over from an older ledger may have none. ``due_on`` is the day that holds now, ``first_due_on`` the one that was promised.
    ``level`` says which of the two ledgers keeps the row: the district's, or that of ``keeper``, a street.
    """

    matter = TenantFK(Matter, models.CASCADE, related_name="commitment")
    suggestion = TenantFK(Matter, models.CASCADE, null=True, related_name="commitments", verbose_name="建议")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    round = models.PositiveSmallIntegerField("答复次数", default=1)
    what = models.CharField("承诺事项", max_length=500)
    who = models.CharField("责任人", max_length=100)
    due_on = models.DateField("完成期限")
    first_due_on = models.DateField("最初承诺的期限")
    promised_on = models.DateField("承诺日期")
    postponed = models.PositiveSmallIntegerField("延期次数", default=0)
    level = models.CharField("台账级别", max_length=20, default=DISTRICT)
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="代表所在街道")
    keeper = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="管理台账的街道")
    given_by = models.CharField("由谁转来", max_length=200, blank=True)
    given_on = models.DateField("转来日期", null=True)
    kept_on = models.DateField("落实日期", null=True)
    reported_on = models.DateField("报告落实日期", null=True)
    confirmed_on = models.DateField("确认落实日期", null=True)
    inspected = models.BooleanField("经核查确认", default=False)
    grade = models.CharField("对落实的评价", max_length=20, blank=True)
    reopened = models.PositiveSmallIntegerField("重新列入次数", default=0)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "suggestion"], name="commitment_suggestion"),
            models.Index(fields=["congress", "due_on"], name="commitment_due", condition=models.Q(confirmed_on=None)),
            models.Index(fields=["congress", "promised_on"], name="commitment_promised"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="commitment_matter_once"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("first_due_on")), name="commitment_only_later"
            ),
            models.CheckConstraint(
                condition=models.Q(level=STREET, keeper__isnull=False) | models.Q(level=DISTRICT, keeper__isnull=True),
                name="commitment_one_keeper",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Verdict(TenantModel):
    """A deputy's word on a promise, apart from her judgement of the reply: on its progress, or on whether it was kept (SUG-12)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="verdicts")
    about = models.CharField("评价什么", max_length=20)
    kept = models.BooleanField("认为已经落实", null=True)
    deputy = models.UUIDField("代表")
    deputy_name = models.CharField("代表姓名", max_length=100)
    grade = models.CharField("评价", max_length=20)
    reasons = models.TextField("意见", blank=True)
    judged_on = models.DateField("评价日期")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="verdict_matter")]


RECORDS = (Commitment, Verdict)
