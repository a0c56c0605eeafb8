"""Delegations, contact, professional and street groups of deputies, and who sat in them when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, dates_in_order
from openrenda.people.models.organ import Organ
from openrenda.tenancy import TenantFK

DELEGATION, CONTACT, PROFESSIONAL, STREET = "delegation", "contact", "professional", "street"
SQUAD, UPPER, STANDING_COMMITTEE = "squad", "upper", "standing_committee"
PRESIDIUM, SPECIAL_COMMITTEE, PARTY_GROUP = "presidium", "special_committee", "party_group"
KIND_LABELS = {
    DELEGATION: _("代表团"),
    CONTACT: _("代表联系组"),
    PROFESSIONAL: _("专业代表小组"),
    STREET: _("街道、乡镇代表小组"),
    SQUAD: _("街道专业代表小队"),
    UPPER: _("上级人大代表小组"),
    STANDING_COMMITTEE: _("常务委员会组成人员"),
    PRESIDIUM: _("大会主席团"),
    SPECIAL_COMMITTEE: _("专门委员会组成人员"),
    PARTY_GROUP: _("常委会党组"),
}
ROLE_LABELS = {
    "head": _("团长、组长"),
    "deputy_head": _("副团长、副组长"),
    "secretary": _("秘书、联络员"),
    "member": _("成员"),
}


class Group(Dated):
    """A group of deputies (代表法关于代表小组的规定)."""

    kind = models.SlugField(_("类别"), max_length=20, db_index=False)
    name = models.CharField(_("名称"), max_length=50)
    street = TenantFK(
        Organ, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("所在街道、乡镇")
    )
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("代表小组")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "kind", "name", "since"], name="people_group_name"),
            models.CheckConstraint(condition=~Q(name=""), name="people_group_has_name"),
            dates_in_order("people_group"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(Dated):
    """A deputy's place in a group. She may sit in several groups at once."""

    group = TenantFK(Group, models.CASCADE, related_name="memberships", verbose_name=_("代表小组"))
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="group_memberships", verbose_name=_("代表任职"))
    role = models.SlugField(_("组内职务"), max_length=20, default="member", db_index=False)

    class Meta:
        verbose_name = _("小组成员")
        constraints = [
            models.UniqueConstraint(fields=["congress", "group", "mandate", "since"], name="people_groupmember_since"),
            models.UniqueConstraint(
                fields=["congress", "group", "mandate"],
                condition=Q(until__isnull=True),
                name="people_groupmember_open_once",
            ),
            dates_in_order("people_groupmember"),
        ]
        indexes = [models.Index(fields=["congress", "mandate"], name="people_groupmember_mandate")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.mandate_id}"
