"""Running clocks: due days are stored once, lateness is computed."""

from __future__ import annotations

from datetime import date

from django.db import models

from openrenda.tenancy import TenantFK, TenantModel

from .matter import Matter

FLOOR = "at_least"
RIGHT = "right"
UNPRESSING = (FLOOR, RIGHT)


class RunningClock(TenantModel):
    """A time limit that runs, or ran, on a matter, under the rulebook version it started with."""

    matter = TenantFK(Matter, models.CASCADE, related_name="clocks")
    procedure = models.CharField("程序", max_length=40)
    key = models.CharField("期限", max_length=40)
    rule = models.CharField("规则", max_length=40)
    rulebook = models.CharField("规则版本", max_length=64)
    limit = models.CharField("类型", max_length=20)
    whose = models.CharField("责任方", max_length=40)
    started_on = models.DateField("起算日")
    due_on = models.DateField("届满日")
    paused_on = models.DateField("中止日", null=True)
    stopped_on = models.DateField("停止日", null=True)
    extended = models.BooleanField("已延长", default=False)
    takes = models.CharField("届满自动步骤", max_length=40, blank=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "matter"], name="clock_matter"),
            models.Index(fields=["congress", "due_on", "id"], name="clock_due", condition=models.Q(stopped_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "matter", "key"], name="clock_once", condition=models.Q(stopped_on=None)
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_on=None) | models.Q(stopped_on__gte=models.F("started_on")),
                name="clock_start_stop",
            ),
        ]

    @property
    def running(self) -> bool:
        """Neither stopped nor paused."""
        return self.stopped_on is None and self.paused_on is None

    def days_late(self, today: date) -> int:
        """Calendar days past the due day, never negative; a floor or a lapsed right is never late."""
        if self.limit in UNPRESSING:
            return 0
        end = self.paused_on or self.stopped_on or today
        return max(0, (end - self.due_on).days)

    def days_left(self, today: date) -> int:
        """Calendar days until the due day, negative when it has passed."""
        return (self.due_on - (self.paused_on or today)).days
