"""Organs: the bodies that handle, answer and supervise. Their names and what became of them are kept with dates."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, DatedQuerySet, dates_in_order, holds_on
from openrenda.tenancy import TenantFK, TenantManager, TenantModel, current_congress_id

KIND_LABELS = {
    "congress_committee": _("人大专门委员会、工作委员会"),
    "congress_office": _("人大办事机构"),
    "government": _("人民政府"),
    "supervisory_commission": _("监察委员会"),
    "court": _("人民法院"),
    "procuratorate": _("人民检察院"),
    "department": _("政府部门"),
    "street": _("街道"),
    "town": _("乡镇"),
    "other": _("其他单位"),
}


class OrganQuerySet(DatedQuerySet):
    """Organs as of a day, with the name they bore on it."""

    def named_on(self, day: datetime.date) -> Self:
        """Adds ``name_then``: the name on the day, or null when it had none."""
        names = OrganName.objects.filter(holds_on(day), congress_id=current_congress_id(), organ=OuterRef("pk"))
        return self.annotate(name_then=Subquery(names.order_by("-since").values("name")[:1]))


class Organ(Dated):
    """An organ. ``name`` is today's; :class:`OrganName` holds every name with its dates."""

    code = models.CharField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=50)
    kind = models.SlugField(_("类别"), max_length=30, db_index=False)
    parent = TenantFK("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级机构"))
    supervisor = TenantFK(
        "self", models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name=_("办理态度的监督机构")
    )
    position = models.PositiveIntegerField(_("排序"), default=0)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)

    objects = TenantManager.from_queryset(OrganQuerySet)()  # type: ignore[misc, assignment]  # wider than the base

    class Meta:
        verbose_name = _("机构")
        ordering = ["position", "code"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="people_organ_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="people_organ_has_code_and_name"),
            dates_in_order("people_organ"),
        ]
        indexes = [models.Index(fields=["congress", "kind", "position"], name="people_organ_kind")]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: datetime.date) -> str:
        """The name borne on the day; outside its life the nearest known one (today's)."""
        row = OrganName.objects.filter(organ=self).on(day).order_by("-since").first()
        return str(row.name) if row else self.name


class OrganName(Dated):
    """A name an organ bore from one day to another."""

    organ = TenantFK(Organ, models.CASCADE, related_name="names", verbose_name=_("机构"))
    name = models.CharField(_("名称"), max_length=50)

    class Meta:
        verbose_name = _("机构名称")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "organ", "since"], name="people_organname_since"),
            dates_in_order("people_organname"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganSuccession(TenantModel):
    """One organ took over from another on a day, on the strength of a document."""

    predecessor = TenantFK(Organ, models.PROTECT, related_name="successions", verbose_name=_("原机构"))
    successor = TenantFK(Organ, models.PROTECT, related_name="inheritances", verbose_name=_("承继机构"))
    day = models.DateField(_("承继日期"), default=timezone.localdate)
    basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = _("机构承继")
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "predecessor", "successor", "day"], name="people_organsuccession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="people_organsuccession_two_organs"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="people_organsuccession_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
