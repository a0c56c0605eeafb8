"""The people's congresses of all levels, as a tree (地方组织法第二条)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import ReferenceModel

NATION, PROVINCE, CITY, COUNTY, TOWNSHIP = "nation", "province", "city", "county", "township"
LEVEL_LABELS = {
    NATION: _("全国"),
    PROVINCE: _("省、自治区、直辖市"),
    CITY: _("设区的市、自治州"),
    COUNTY: _("县、自治县、不设区的市、市辖区"),
    TOWNSHIP: _("乡、民族乡、镇"),
}


class Congress(ReferenceModel):
    """One people's congress, known by the division code of its place (GB/T 2260, GB/T 10114)."""

    division_code = models.CharField(_("行政区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=50)
    level = models.SlugField(_("层级"), max_length=20, db_index=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级人大")
    )
    fictional = models.BooleanField(_("虚构的演示数据"), default=False)

    class Meta:
        verbose_name = _("人大")
        ordering = ["division_code"]

    def __str__(self) -> str:
        return self.name
