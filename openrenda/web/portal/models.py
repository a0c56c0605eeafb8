"""The portal's own tables: what people say about the application itself (complaints, suggestions, faults), and how often something was tried."""

from __future__ import annotations

from django.db import models

from openrenda.tenancy import TenantModel


class Feedback(TenantModel):
    """A word about the application, and the answer to it. Who wrote it is neither asked nor kept.

    ``number`` is drawn at random: whoever has it may read the answer, so nobody has to sign in for one.
    """

    number = models.CharField("查询号", max_length=20)
    kind = models.CharField("类别", max_length=20)
    text = models.TextField("内容")
    page = models.CharField("所说的页面", max_length=300, blank=True)
    received_at = models.DateTimeField("收到时间")
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    account = models.UUIDField("答复账号", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "number"], name="feedback_number")]
        indexes = [
            models.Index(fields=["congress", "-received_at", "-id"], name="feedback_received"),
            models.Index(
                fields=["congress", "received_at"], name="feedback_open", condition=models.Q(answered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Tally(TenantModel):
    """How often something was tried within a while. ``name`` is a keyed digest: no address, no number, no code stands here."""

    name = models.CharField("名称摘要", max_length=64)
    tries = models.PositiveIntegerField("次数")
    until = models.DateTimeField("有效至")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="tally_name")]
        indexes = [models.Index(fields=["congress", "until"], name="tally_until")]

    def __str__(self) -> str:
        return self.name
