"""Who sits when and where: the published reception days of a station (A17) and the rota of a point (A07).

Mobile points and night talks 移动联络点、夜话 are hours at another place that belong to a home station: no site of their own (A12).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, dates_in_order
from openrenda.people.models.mandate import Mandate
from openrenda.people.models.station import Station
from openrenda.tenancy import TenantFK, TenantModel

FIXED, MOBILE, NIGHT = "fixed", "mobile", "night"
MANNER_LABELS = {FIXED: _("站内接待"), MOBILE: _("移动接待"), NIGHT: _("夜间座谈")}
WEEKDAY_LABELS = {1: _("星期一"), 2: _("星期二"), 3: _("星期三"), 4: _("星期四"), 5: _("星期五"), 6: _("星期六"), 7: _("星期日")}  # fmt: skip


class ReceptionHours(Dated):
    """Hours on one day, on one weekday of every week, or on one day of every month: exactly one of the three.

    ``place`` is blank in the station and named elsewhere.
    """

    station = TenantFK(Station, models.CASCADE, related_name="reception_hours", verbose_name=_("站点"))
    manner = models.SlugField(_("方式"), max_length=20, default=FIXED, db_index=False)
    day = models.DateField(_("日期"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("每周"), null=True, blank=True)
    month_day = models.PositiveSmallIntegerField(_("每月"), null=True, blank=True)
    begins = models.TimeField(_("开始时间"))
    ends = models.TimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    topic = models.CharField(_("主题"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("接待安排")
        ordering = ["day", "month_day", "weekday", "begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=False, weekday__isnull=True, month_day__isnull=True)
                | Q(day__isnull=True, weekday__isnull=False, month_day__isnull=True)
                | Q(day__isnull=True, weekday__isnull=True, month_day__isnull=False),
                name="people_receptionhours_one_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__range=(1, 7)), name="people_receptionhours_weekday"
            ),
            models.CheckConstraint(
                condition=Q(month_day__isnull=True) | Q(month_day__range=(1, 31)),
                name="people_receptionhours_month_day",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="people_receptionhours_end_after_begin"),
            models.CheckConstraint(
                condition=~Q(manner="mobile") | ~Q(place=""), name="people_receptionhours_mobile_has_place"
            ),
            dates_in_order("people_receptionhours"),
        ]
        indexes = [
            models.Index(fields=["congress", "station", "since"], name="people_receptionhours_station"),
            models.Index(fields=["congress", "day"], name="people_receptionhours_day"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.begins}"


class ReceptionDeputy(TenantModel):
    """A deputy who sits in these hours."""

    hours = TenantFK(ReceptionHours, models.CASCADE, related_name="deputies", verbose_name=_("接待安排"))
    mandate = TenantFK(Mandate, models.PROTECT, related_name="reception_hours", verbose_name=_("代表任职"))

    class Meta:
        verbose_name = _("接待代表")
        constraints = [
            models.UniqueConstraint(fields=["congress", "hours", "mandate"], name="people_receptiondeputy_once")
        ]
        indexes = [models.Index(fields=["congress", "mandate"], name="people_receptiondeputy_mandate")]

    def __str__(self) -> str:
        return f"{self.hours_id} {self.mandate_id}"
