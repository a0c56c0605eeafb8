"""The tree of fields of concern by which suggestions are sorted. Each congress may change its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import TenantFK, TenantModel


class Category(TenantModel):
    """A field of concern, or a part of one."""

    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=50)
    parent = TenantFK("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级类别"))
    position = models.PositiveIntegerField(_("排序"), default=0)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("类别")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="people_category_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="people_category_has_code_and_name"),
        ]

    def __str__(self) -> str:
        return self.name
