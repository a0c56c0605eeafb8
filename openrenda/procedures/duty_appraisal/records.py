"""The record of an appraisal after appointment: whose, by which act appointed, what was found under each criterion, and the grades."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.people.models import Tenure, Term
from openrenda.tenancy import TenantFK, TenantModel

GOOD, WEAK = "good", "weak"


class DutyAppraisal(TenantModel):
    """One person in one post, appraised in one term."""

    matter = TenantFK(Matter, models.CASCADE, related_name="duty_appraisal")
    tenure = TenantFK(Tenure, models.PROTECT, related_name="+", verbose_name="任职")
    term = TenantFK(Term, models.PROTECT, null=True, related_name="+", verbose_name="届")
    person_name = models.CharField("姓名", max_length=50)
    post_title = models.CharField("职务", max_length=80)
    organ = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="单位")
    criteria = models.JSONField("评议内容", default=list)
    report = models.TextField("履职报告", blank=True)
    reported_on = models.DateField("履职报告日期", null=True)
    summary = models.TextField("调查了解的情况", blank=True)
    grades = models.JSONField("各等次票数", default=list)
    verdict = models.CharField("评议结果", max_length=50, blank=True)
    sentence = models.CharField("表决结果", max_length=500, blank=True)
    vote = models.UUIDField("表决", null=True)
    appraised_on = models.DateField("评议日期", null=True)
    told_on = models.DateField("反馈日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="dutyappraisal_matter")]
        indexes = [
            models.Index(fields=["congress", "term"], name="dutyappraisal_term"),
            models.Index(fields=["congress", "appraised_on"], name="dutyappraisal_on"),
        ]

    def by_criterion(self, findings: list[DutyFinding]) -> list[tuple[str, list[DutyFinding]]]:
        """What was found under each criterion, in the order of the criteria."""
        return [(row["label"], [one for one in findings if one.criterion == row["key"]]) for row in self.criteria]


class DutyFinding(TenantModel):
    """What was heard or seen, under a criterion, with where it comes from. A weak point has a day by which it is put right."""

    matter = TenantFK(Matter, models.CASCADE, related_name="duty_findings")
    criterion = models.CharField("评议内容", max_length=40)
    kind = models.CharField("性质", max_length=10)
    text = models.TextField("情况")
    evidence = models.CharField("依据", max_length=200)
    heard_on = models.DateField("了解日期")
    due_on = models.DateField("整改期限", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="dutyfinding_matter")]

    @property
    def is_weak(self) -> bool:
        """Whether it becomes a task."""
        return bool(self.kind == WEAK)


RECORDS = (DutyAppraisal, DutyFinding)
