"""Codes that residents scan: of a station, a deputy, a grid, or the plate of a door 一码一代表、码上办 (A08, A15)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.grid import Grid
from openrenda.people.models.mandate import Mandate
from openrenda.people.models.station import Station
from openrenda.tenancy import TenantFK, TenantModel

_ALONE = [
    {"station": True, "mandate": False, "grid": False},
    {"station": False, "mandate": True, "grid": False},
    {"station": False, "mandate": False, "grid": True},
]


def _points_at_one() -> Q:
    """Exactly one of station, deputy, grid; or none of them and the words of a door plate."""
    one = Q()
    for chosen in _ALONE:
        one |= Q(**{f"{name}__isnull": not is_it for name, is_it in chosen.items()}, door_plate="")
    return one | Q(station__isnull=True, mandate__isnull=True, grid__isnull=True) & ~Q(door_plate="")


class Code(TenantModel):
    """A short random token on paper. What it was when, and what replaced it, is kept in the row for ever."""

    token = models.CharField(_("编码"), max_length=12)
    station = TenantFK(Station, models.PROTECT, null=True, blank=True, related_name="codes", verbose_name=_("站点"))
    mandate = TenantFK(Mandate, models.PROTECT, null=True, blank=True, related_name="codes", verbose_name=_("代表任职"))
    grid = TenantFK(Grid, models.PROTECT, null=True, blank=True, related_name="codes", verbose_name=_("网格"))
    door_plate = models.CharField(_("门牌"), max_length=100, blank=True)
    issued_at = models.DateTimeField(_("发放时间"), default=timezone.now)
    issued_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("发放人"),
    )  # fmt: skip
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("停用人"),
    )  # fmt: skip
    reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    replaced_by = TenantFK(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("由新码替代")
    )

    class Meta:
        verbose_name = _("二维码")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "token"], name="people_code_token"),
            models.UniqueConstraint(
                fields=["congress", "mandate"],
                condition=Q(revoked_at__isnull=True, mandate__isnull=False),
                name="people_code_one_live_per_deputy",
            ),
            models.CheckConstraint(condition=_points_at_one(), name="people_code_points_at_one"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, reason="", replaced_by__isnull=True)
                | Q(revoked_at__isnull=False) & ~Q(reason=""),
                name="people_code_revoked_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "station"], name="people_code_station"),
            models.Index(fields=["congress", "grid"], name="people_code_grid"),
            models.Index(fields=["congress", "-issued_at"], name="people_code_latest"),
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def live(self) -> bool:
        """Whether it has not been revoked."""
        return self.revoked_at is None
