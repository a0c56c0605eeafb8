"""A conversation: with whom, when it was first written and first answered; and what was written, encrypted."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext

from openrenda.docket.models import Link, Matter
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantFK, TenantModel

from ..residents import Ticketed

BY_RESIDENT, BY_DEPUTY = "resident", "deputy"
MINUTES_AN_HOUR, HOURS_A_DAY = 60, 24


class Conversation(Ticketed):
    """Between a resident and one deputy. ``waited_minutes`` is how long she waited for the first answer."""

    matter = TenantFK(Matter, models.CASCADE, related_name="conversation")
    deputy = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="收信代表")
    station = TenantFK("people.Station", models.PROTECT, null=True, related_name="+", verbose_name="站点")
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="街道、乡镇")
    asked_at = models.DateTimeField("留言时间")
    answered_at = models.DateTimeField("首次答复时间", null=True)
    waited_minutes = models.PositiveIntegerField("首次答复等待（分钟）", null=True)
    erased = models.BooleanField("内容已删除", default=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="conversation_matter"),
            models.UniqueConstraint(fields=["congress", "number_digest"], name="conversation_number"),
            models.UniqueConstraint(fields=["congress", "link_digest"], name="conversation_link"),
        ]
        indexes = [models.Index(fields=["congress", "asked_at"], name="conversation_asked")]

    @property
    def waited(self) -> str:
        """How long the first answer took, in words; nothing while there is none."""
        return "" if self.waited_minutes is None else waiting_words(timedelta(minutes=self.waited_minutes))

    @property
    def opinions(self) -> list[Matter]:
        """The opinions that came of it, oldest first."""
        links = Link.objects.filter(origin_id=self.matter_id, matter__procedure="opinion")
        return [link.matter for link in links.select_related("matter").order_by("since", "id")]


class DirectMessage(TenantModel):
    """One message, by the resident or by the deputy. Its words are encrypted, and can be removed: the ledger never holds them."""

    matter = TenantFK(Matter, models.CASCADE, related_name="direct_messages")
    by = models.CharField("谁写的", max_length=10)
    written_at = models.DateTimeField("时间")
    text = SealedTextField("内容")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="direct_message_matter")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def by_resident(self) -> bool:
        """Whether the resident wrote it."""
        return self.by == BY_RESIDENT


def waiting_words(waited: timedelta) -> str:
    """A time in words: minutes under an hour, hours under two days, else days."""
    minutes = int(waited.total_seconds() // 60)
    hours = minutes // MINUTES_AN_HOUR
    if not hours:
        return gettext("%(count)d分钟") % {"count": max(minutes, 1)}
    if hours < 2 * HOURS_A_DAY:
        return gettext("%(count)d小时") % {"count": hours}
    return gettext("%(count)d天") % {"count": hours // HOURS_A_DAY}


RECORDS = (Conversation, DirectMessage)
