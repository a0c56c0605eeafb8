"""Grids and blocks with their governor and their deputies in five roles 网格五员 (A19)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, dates_in_order
from openrenda.people.models.mandate import Mandate
from openrenda.people.models.organ import Organ
from openrenda.people.models.station import Community, Station
from openrenda.tenancy import TenantFK

ROLE_LABELS = {
    "law": _("法律法规宣传员"),
    "opinion": _("社情民意收集员"),
    "oversight": _("民主管理监督员"),
    "livelihood": _("民生实事协商员"),
    "mediation": _("矛盾纠纷调解员"),
}


class Grid(Dated):
    """A grid or block of a street. Its governor may also sit in a ``grid_governor`` seat, whose holder the grid is.

    ``boundary`` is a GeoJSON geometry of the congress's own, or nothing.
    """

    number = models.CharField(_("网格编号"), max_length=30)
    name = models.CharField(_("名称"), max_length=50)
    street = TenantFK(Organ, models.PROTECT, related_name="grids", verbose_name=_("所在街道、乡镇"))
    community = TenantFK(
        Community, models.PROTECT, null=True, blank=True, related_name="grids", verbose_name=_("所在社区、村")
    )
    station = TenantFK(Station, models.PROTECT, null=True, blank=True, related_name="grids", verbose_name=_("所属站点"))
    boundary = models.JSONField(_("范围"), null=True, blank=True)
    governor = models.CharField(_("网格长、区块治理员"), max_length=50, blank=True)
    governor_post = models.CharField(_("网格长职务"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("网格、区块")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="people_grid_number"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(name=""), name="people_grid_has_number_and_name"),
            dates_in_order("people_grid"),
        ]
        indexes = [
            models.Index(fields=["congress", "street", "number"], name="people_grid_street"),
            models.Index(fields=["congress", "station"], name="people_grid_station"),
        ]

    def __str__(self) -> str:
        return self.name


class GridMember(Dated):
    """A deputy in a grid in one of the five roles; one deputy may hold several."""

    grid = TenantFK(Grid, models.CASCADE, related_name="members", verbose_name=_("网格"))
    mandate = TenantFK(Mandate, models.PROTECT, related_name="grid_memberships", verbose_name=_("代表任职"))
    role = models.SlugField(_("五员角色"), max_length=20, db_index=False)

    class Meta:
        verbose_name = _("网格代表")
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "grid", "mandate", "role", "since"], name="people_gridmember_since"
            ),
            models.UniqueConstraint(
                fields=["congress", "grid", "mandate", "role"],
                condition=Q(until__isnull=True),
                name="people_gridmember_open_once",
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLE_LABELS)), name="people_gridmember_one_of_five"),
            dates_in_order("people_gridmember"),
        ]
        indexes = [models.Index(fields=["congress", "mandate"], name="people_gridmember_mandate")]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.mandate_id}"
