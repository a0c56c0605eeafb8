"""The tables of the figures room: reports with what they froze on issue, and pooled counters with every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import ReferenceModel, TenantFK, TenantModel

if TYPE_CHECKING:
    from .language import Period


class Report(TenantModel):
    """A report: its period, its text, and on issue its frozen pieces (words of the author, places of the frozen figures)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="report")
    since = models.DateField("统计起始日")
    until = models.DateField("统计截止日")
    as_of = models.DateField("数据截至")
    session = TenantFK("people.Session", models.PROTECT, null=True, related_name="+", verbose_name="会次")
    text = models.TextField("正文", blank=True)
    issued_on = models.DateField("签发日期", null=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    pieces = models.JSONField("签发时的正文", default=list)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="report_matter")]

    @property
    def period(self) -> Period:
        """What the report speaks of; what belongs to a session does so whenever it was received."""
        from .language import Period

        name = str(self.session) if self.session_id else ""
        return Period(self.since, max(self.since, self.until), self.as_of, name=name, session=self.session_id)


class ReportPart(TenantModel):
    """A named part of a report's text, included where the text says so."""

    matter = TenantFK(Matter, models.CASCADE, related_name="report_parts")
    name = models.CharField("名称", max_length=60)
    text = models.TextField("正文")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "name"], name="report_part_name")]


class FrozenFigure(TenantModel):
    """A number as a report was issued with it: what it said, how it was worked out, and for when. Never changed."""

    matter = TenantFK(Matter, models.CASCADE, related_name="frozen_figures")
    position = models.PositiveIntegerField("序")
    kind = models.CharField("种类", max_length=12)
    key = models.CharField("统计项", max_length=80)
    label = models.CharField("名称", max_length=200)
    side = models.CharField("取数", max_length=12)
    printed = models.CharField("正文写法", max_length=200)
    definition = models.PositiveIntegerField("口径版本", default=1)
    formula = models.TextField("口径", blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    basis = models.CharField("依据", max_length=60, blank=True)
    rulebook = models.CharField("规则版本", max_length=64, blank=True)
    part = models.BigIntegerField("分子", null=True)
    whole = models.BigIntegerField("分母", null=True)
    excluded = models.BigIntegerField("不计入", null=True)
    rate = models.CharField("比率", max_length=20, blank=True)
    rounding = models.CharField("取舍", max_length=20, blank=True)
    since = models.DateField("起")
    until = models.DateField("止")
    as_of = models.DateField("数据截至")
    session = models.UUIDField("会次", null=True)
    source = models.CharField("手填数字的出处", max_length=500, blank=True)
    series = models.JSONField("图表各点", default=list)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "position"], name="frozen_figure_place")]

    @property
    def period(self) -> Period:
        """What it was counted for."""
        from .language import Period

        return Period(self.since, self.until, self.as_of, session=self.session)


class FrozenItem(TenantModel):
    """One matter behind a frozen figure: number and title as published; the title of what was not public is not kept.

    The matter is named by its id alone, so that its removal at the end of its time is neither hindered nor hidden.
    """

    figure = TenantFK(FrozenFigure, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField("序")
    evidence = models.UUIDField("事项")
    number = models.CharField("编号", max_length=60, blank=True)
    title = models.CharField("公布时的题名", max_length=500, blank=True)
    in_part = models.BooleanField("计入分子", default=False)
    in_whole = models.BooleanField("计入分母", default=False)
    left_out = models.BooleanField("不计入", default=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "figure", "place"], name="frozen_item_place")]


class Counter(TenantModel):
    """A pooled counter (D12): which kinds of record are counted together. ``version`` is the one in force."""

    matter = TenantFK(Matter, models.CASCADE, related_name="counter")
    key = models.CharField("标识", max_length=40)
    version = models.PositiveIntegerField("版本", default=1)
    unit = models.CharField("单位", max_length=20)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="counter_matter"),
            models.UniqueConstraint(fields=["congress", "key"], name="counter_key"),
        ]


class CounterVersion(TenantModel):
    """One version of a counter's definition: the kinds, the role somebody must have had, and from when it holds."""

    matter = TenantFK(Matter, models.CASCADE, related_name="counter_versions")
    version = models.PositiveIntegerField("版本")
    label = models.CharField("名称", max_length=200)
    kinds = models.JSONField("合并的记录种类", default=list)
    role = models.CharField("须有的角色", max_length=40, blank=True)
    since = models.DateField("自何日起")
    reason = models.TextField("为什么这样定", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "version"], name="counter_version")]


class SharedFigure(ReferenceModel):
    """A figure of an issued report that a congress has sent upward: the only way in which congresses read one another's numbers."""

    congress = models.ForeignKey(
        "people.Congress", models.PROTECT, related_name="+", db_index=False, verbose_name="人大"
    )
    key = models.CharField("统计项", max_length=80)
    label = models.CharField("名称", max_length=200)
    definition = models.PositiveIntegerField("口径版本")
    formula = models.TextField("口径")
    unit = models.CharField("单位", max_length=20, blank=True)
    printed = models.CharField("报送的数", max_length=200)
    part = models.BigIntegerField("分子", null=True)
    whole = models.BigIntegerField("分母", null=True)
    rounding = models.CharField("取舍", max_length=20, blank=True)
    since = models.DateField("起")
    until = models.DateField("止")
    as_of = models.DateField("数据截至")
    sent_on = models.DateField("报送日期")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "key", "since", "until", "as_of"], name="shared_figure_once")
        ]
