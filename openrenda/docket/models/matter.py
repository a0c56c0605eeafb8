"""Matters, the parties to them, the links between them and the numbers they carry."""

from __future__ import annotations

from django.db import models

from openrenda.tenancy import TenantFK, TenantModel

from .. import registry
from ..language import Procedure, State


class Matter(TenantModel):
    """A matter 事项. Its state changes only in the engine; ``version`` counts its acts and ``head`` is the last one's hash.

    ``lead`` is the body that handles it in the first place, for lists of one body's matters in the order of their days;
    the procedure writes it wherever that changes.
    """

    procedure = models.CharField("程序", max_length=40, editable=False)
    state = models.CharField("状态", max_length=40, editable=False)
    series = models.CharField("编号序列", max_length=120, blank=True, editable=False)
    number = models.CharField("编号", max_length=60, blank=True, editable=False)
    title = models.CharField("标题", max_length=500)
    opened_on = models.DateField("提出日期")
    closed_on = models.DateField("办结日期", null=True)
    due_on = models.DateField("最近期限", null=True)
    state_since = models.DateField("进入本状态日期")
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    head = models.CharField("最近行为摘要值", max_length=64, blank=True, editable=False)
    parent = TenantFK("self", models.PROTECT, null=True, related_name="children", verbose_name="上级事项")
    lead = models.UUIDField("主办单位", null=True, editable=False)
    confidential = models.BooleanField("要求保密", default=False)
    public_since = models.DateField("公开日期", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "procedure", "state", "due_on", "id"], name="matter_state_due"),
            models.Index(fields=["congress", "procedure", "-opened_on", "-id"], name="matter_opened"),
            models.Index(
                fields=["congress", "procedure", "lead", "-opened_on", "-id"],
                name="matter_lead_opened",
                condition=models.Q(lead__isnull=False),
            ),
            models.Index(
                fields=["congress", "procedure", "lead", "due_on", "id"],
                name="matter_lead_due",
                condition=models.Q(lead__isnull=False),
            ),
            models.Index(fields=["congress", "parent"], name="matter_parent", condition=models.Q(parent__isnull=False)),
            models.Index(fields=["congress", "due_on", "id"], name="matter_due", condition=models.Q(closed_on=None)),
            models.Index(
                fields=["congress", "-public_since", "-id"],
                name="matter_public",
                condition=models.Q(public_since__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "procedure", "series", "number"],
                name="matter_number",
                condition=~models.Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def table(self) -> Procedure:
        """The procedure's declaration."""
        return registry.procedure(self.procedure)

    @property
    def state_now(self) -> State:
        """The declared state the matter is in."""
        return self.table.state(self.state)


class Party(TenantModel):
    """Who stands in which relation to a matter, from when until when. ``holder`` is an organ's, mandate's or group's id."""

    matter = TenantFK(Matter, models.CASCADE, related_name="parties")
    role = models.CharField("关系", max_length=40)
    holder = models.UUIDField("主体")
    name = models.CharField("名称", max_length=200)
    position = models.PositiveIntegerField("次序", default=0)
    since = models.DateTimeField("起")
    until = models.DateTimeField("止", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "matter"], name="party_matter"),
            models.Index(
                fields=["congress", "holder", "role", "matter"], name="party_holder", condition=models.Q(until=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "matter", "role", "holder"], name="party_once", condition=models.Q(until=None)
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="party_since_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class Link(TenantModel):
    """From a matter to where it came from: the chain, read both ways."""

    matter = TenantFK(Matter, models.CASCADE, related_name="origins")
    origin = TenantFK(Matter, models.PROTECT, related_name="outcomes")
    kind = models.CharField("关系", max_length=40)
    since = models.DateTimeField("起")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "origin"], name="link_origin")]
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "origin", "kind"], name="link_once")]


class Series(TenantModel):
    """A counter for official numbers; taken by upsert inside the step's transaction, so numbers have no gaps."""

    key = models.CharField("序列", max_length=120)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "key"], name="series_key")]
