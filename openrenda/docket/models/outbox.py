"""The outbox: what is to be told, written in the step's own transaction and read by the channels."""

from __future__ import annotations

from django.db import models

from openrenda.tenancy import TenantFK, TenantModel

from .act import Act
from .matter import Matter


class OutboxEntry(TenantModel):
    """Tell these offices about this act or clock. Who they are is asked when it is sent, so a change of post is respected.

    One of the kind ``spreads`` tells nobody: other matters are still to follow its act (``docket/spreading.py``).
    """

    matter = TenantFK(Matter, models.CASCADE, related_name="outbox")
    act = TenantFK(Act, models.PROTECT, null=True, related_name="outbox")
    kind = models.CharField("类别", max_length=20)
    offices = models.JSONField("告知", default=list)
    detail = models.JSONField("内容", default=dict)
    created_at = models.DateTimeField("产生时间")
    claimed_at = models.DateTimeField("领取时间", null=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    once = models.CharField("防重", max_length=80, blank=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "created_at"], name="outbox_open", condition=models.Q(sent_at=None))
        ]
        constraints = [
            models.UniqueConstraint(fields=["congress", "once"], name="outbox_once", condition=~models.Q(once="")),
        ]
