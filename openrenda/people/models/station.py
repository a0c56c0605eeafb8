"""Where deputies meet residents: houses, stations, studios and points 代表家站室点 (A06, A07), and who sits in them (A17).

《代表法》第二十五条 asks that deputies be linked with the people through houses and liaison stations of deputies.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, dates_in_order
from openrenda.people.models.mandate import Mandate
from openrenda.people.models.organ import Organ
from openrenda.tenancy import TenantFK

HOME, STATION, STUDIO, POINT, LEGISLATIVE = "home", "station", "studio", "point", "legislative"
KIND_LABELS = {
    HOME: _("代表之家"),
    STATION: _("代表联络站"),
    STUDIO: _("代表工作室"),
    POINT: _("代表联络点"),
    LEGISLATIVE: _("基层立法联系点"),
}
SITE_LABELS = {
    "office_building": _("商务楼宇"),
    "characteristic_street": _("特色街区"),
    "industrial_park": _("产业园区"),
    "other": _("其他"),
}
COMMUNITY_LABELS = {"community": _("社区"), "village": _("村")}
HEAD, MEMBER = "head", "member"
ROLE_LABELS = {HEAD: _("站长"), MEMBER: _("进站代表")}


class Community(Dated):
    """A community or village: the smallest area that a station covers."""

    code = models.CharField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=50)
    kind = models.SlugField(_("类别"), max_length=20, default="community", db_index=False)
    street = TenantFK(Organ, models.PROTECT, related_name="communities", verbose_name=_("所在街道、乡镇"))

    class Meta:
        verbose_name = _("社区、村")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="people_community_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="people_community_has_code_and_name"),
            dates_in_order("people_community"),
        ]
        indexes = [models.Index(fields=["congress", "street"], name="people_community_street")]

    def __str__(self) -> str:
        return self.name


class Speciality(Dated):
    """What one street's stations are known for 一街一品: one at a time (A06)."""

    street = TenantFK(Organ, models.PROTECT, related_name="specialities", verbose_name=_("街道、乡镇"))
    words = models.CharField(_("特色"), max_length=50)

    class Meta:
        verbose_name = _("街道特色")
        constraints = [
            models.UniqueConstraint(fields=["congress", "street", "since"], name="people_speciality_since"),
            models.UniqueConstraint(
                fields=["congress", "street"], condition=Q(until__isnull=True), name="people_speciality_open_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="people_speciality_has_words"),
            dates_in_order("people_speciality"),
        ]

    def __str__(self) -> str:
        return self.words


class Station(Dated):
    """A place that residents can walk into. The row stays when the place closes; ``successor`` took its matters over.

    Its clerks sit in ``station_clerk`` seats, which stand for the station itself or for its street
    (:func:`openrenda.people.stations.clerk_holders`).
    """

    number = models.CharField(_("站点编号"), max_length=30)
    name = models.CharField(_("名称"), max_length=50)
    kind = models.SlugField(_("类别"), max_length=20, db_index=False)
    hub = models.BooleanField(_("中心站"), default=False)
    parent = TenantFK(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("所属中心站")
    )
    street = TenantFK(Organ, models.PROTECT, related_name="stations", verbose_name=_("所在街道、乡镇"))
    community = TenantFK(
        Community, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("所在社区、村")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=30, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=200, blank=True)
    site = models.SlugField(_("联络点类型"), max_length=30, blank=True, db_index=False)
    character = models.CharField(_("行业、特点"), max_length=100, blank=True)
    highlight = models.CharField(_("亮点"), max_length=100, blank=True)
    close_reason = models.CharField(_("撤并原因"), max_length=200, blank=True)
    successor = TenantFK(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承接站点")
    )

    class Meta:
        verbose_name = _("代表家站室点")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="people_station_number"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(name=""), name="people_station_has_number_and_name"),
            models.CheckConstraint(condition=~Q(kind="point") | ~Q(site=""), name="people_station_point_has_site"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False),
                name="people_station_both_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | ~Q(close_reason=""), name="people_station_closed_with_reason"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="people_station_not_own_parent"),
            models.CheckConstraint(condition=~Q(successor=models.F("id")), name="people_station_not_own_successor"),
            dates_in_order("people_station"),
        ]
        indexes = [
            models.Index(fields=["congress", "street", "number"], name="people_station_street"),
            models.Index(fields=["congress", "community"], name="people_station_community"),
            models.Index(fields=["congress", "parent"], name="people_station_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class HubLink(Dated):
    """A community that a hub station reaches: stored one by one, so that their number is counted and never typed (A06)."""

    hub = TenantFK(Station, models.CASCADE, related_name="links", verbose_name=_("中心站"))
    community = TenantFK(Community, models.PROTECT, related_name="hub_links", verbose_name=_("社区、村"))

    class Meta:
        verbose_name = _("中心站联系的社区")
        constraints = [
            models.UniqueConstraint(fields=["congress", "hub", "community", "since"], name="people_hublink_since"),
            models.UniqueConstraint(
                fields=["congress", "hub", "community"],
                condition=Q(until__isnull=True),
                name="people_hublink_open_once",
            ),
            dates_in_order("people_hublink"),
        ]
        indexes = [models.Index(fields=["congress", "community"], name="people_hublink_community")]

    def __str__(self) -> str:
        return f"{self.hub_id} {self.community_id}"


class StationMember(Dated):
    """A deputy's place in a station (A17). She may be in several at once."""

    station = TenantFK(Station, models.CASCADE, related_name="members", verbose_name=_("站点"))
    mandate = TenantFK(Mandate, models.PROTECT, related_name="station_memberships", verbose_name=_("代表任职"))
    role = models.SlugField(_("站内职务"), max_length=20, default=MEMBER, db_index=False)

    class Meta:
        verbose_name = _("进站代表")
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "station", "mandate", "since"], name="people_stationmember_since"
            ),
            models.UniqueConstraint(
                fields=["congress", "station", "mandate"],
                condition=Q(until__isnull=True),
                name="people_stationmember_open_once",
            ),
            dates_in_order("people_stationmember"),
        ]
        indexes = [models.Index(fields=["congress", "mandate"], name="people_stationmember_mandate")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.mandate_id}"
