"""In-app notices, and the record of what left the house."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Act, Matter, OutboxEntry
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantFK, TenantModel

from .wording import sentence as said


class Notice(TenantModel):
    """What one account was told, and the matter it leads to. The words are made when they are read, in the reader's language."""

    account = models.UUIDField("账号")
    seat = models.UUIDField("席位")
    matter = TenantFK(Matter, models.CASCADE, related_name="+")
    act = TenantFK(Act, models.PROTECT, null=True, related_name="+")
    entry = TenantFK(OutboxEntry, models.CASCADE, related_name="notices")
    kind = models.CharField("类别", max_length=20)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "entry", "account"], name="notice_once")]
        indexes = [
            models.Index(fields=["congress", "account", "-created_at", "-id"], name="notice_account"),
            models.Index(fields=["congress", "account"], name="notice_unread", condition=models.Q(read_at=None)),
        ]

    @property
    def sentence(self) -> str:
        """The notice in one sentence. Never holds sealed content."""
        return said(self.entry)


class Sending(TenantModel):
    """One message that left, or tried to leave, by one channel."""

    entry = TenantFK(OutboxEntry, models.CASCADE, related_name="sendings")
    channel = models.CharField("渠道", max_length=20)
    account = models.UUIDField("账号")
    sent_at = models.DateTimeField("发出时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "entry", "channel", "account"], name="sending_once")]
        indexes = [
            models.Index(fields=["congress", "account"], name="sending_open", condition=models.Q(sent_at=None)),
        ]


class Webhook(TenantModel):
    """Another system that is told of what happens (:mod:`.webhooks`). ``key`` names the secret in each signature; ``failures`` are those in a
    row, and ``paused_at`` stands since they were too many. While ``next_try_at`` stands, something has not arrived yet: it is sent first, in
    order, and everything new waits behind it."""

    name = models.CharField("系统名称", max_length=60)
    address = models.CharField("接收网址", max_length=500)
    procedures = models.JSONField("告知的程序", default=list)
    key = models.CharField("密钥编号", max_length=12, editable=False)
    secret = SealedTextField("签名密钥", editable=False)
    made_at = models.DateTimeField("添加时间")
    made_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="添加人"
    )
    last_sent_at = models.DateTimeField("最近送到", null=True)
    failures = models.PositiveIntegerField("连续失败次数", default=0)
    last_error = models.CharField("最近失败原因", max_length=300, blank=True)
    next_try_at = models.DateTimeField("下次补发时间", null=True)
    paused_at = models.DateTimeField("暂停时间", null=True)
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "key"], name="webhook_key")]

    def __str__(self) -> str:
        return self.name
