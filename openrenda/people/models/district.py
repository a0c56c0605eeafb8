"""Electoral districts 选区 with their quota of deputies (选举法第二十五条)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.organ import Organ
from openrenda.people.models.term import Term
from openrenda.tenancy import TenantFK, TenantModel


class District(TenantModel):
    """A district of one term; districts are drawn anew for each election."""

    term = TenantFK(Term, models.PROTECT, related_name="districts", verbose_name=_("届"))
    number = models.PositiveSmallIntegerField(_("选区编号"))
    name = models.CharField(_("选区名称"), max_length=50)
    street = TenantFK(
        Organ, models.PROTECT, null=True, blank=True, related_name="districts", verbose_name=_("所在街道、乡镇")
    )
    quota = models.PositiveSmallIntegerField(_("应选代表名额"))

    class Meta:
        verbose_name = _("选区")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["congress", "term", "number"], name="people_district_number")]

    def __str__(self) -> str:
        return _("第%(number)s选区（%(name)s）") % {"number": self.number, "name": self.name}
