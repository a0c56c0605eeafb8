"""The seat keys: which offices an account may sit in, for whom, and which need a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SeatKind:
    """One kind of seat: its name, what it stands for, and whether it is a staff seat.

    Staff seats need a second factor and are signed out when idle.
    """

    key: str
    label: Any
    holder_kinds: tuple[str, ...]
    staff: bool = True


# A deputy of another level who takes part here: in activities and in what residents say, and in nothing else.
GUEST_DEPUTY = "guest_deputy"
# Who calls and keeps the meetings of the party group; nobody else sees them but its members.
PARTY_GROUP_OFFICE = "party_group_office"
_ORGAN = ("organ",)
_OFFICE = ("organ", "congress")

SEAT_KINDS = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            SeatKind("deputy", _("代表"), ("mandate",), staff=False),
            SeatKind(GUEST_DEPUTY, _("其他层级人大代表"), ("mandate",), staff=False),
            SeatKind("delegation_head", _("代表团团长"), ("group",), staff=False),
            SeatKind("street_reviewer", _("街道人大工委审核人"), _ORGAN),
            SeatKind("deputy_office", _("代表工作机构"), _OFFICE),
            SeatKind("government_office", _("政府督查室"), _ORGAN),
            SeatKind("organ_office", _("承办单位办公室"), _ORGAN),
            SeatKind("organ_clerk", _("承办单位经办人"), _ORGAN),
            SeatKind("organ_head", _("承办单位负责人"), _ORGAN),
            SeatKind("organ_chief", _("承办单位主要负责人"), _ORGAN),
            SeatKind("station_clerk", _("联络站工作人员"), ("organ", "station")),
            SeatKind("grid_governor", _("网格长、区块治理员"), ("grid",), staff=False),
            SeatKind("leader", _("人大领导"), _OFFICE),
            SeatKind(PARTY_GROUP_OFFICE, _("党组秘书"), ("group",)),
            SeatKind("enterprise", _("企业"), ("enterprise",), staff=False),
            SeatKind("system_admin", _("系统管理员"), ("congress",)),
            SeatKind("security_admin", _("安全管理员"), ("congress",)),
            SeatKind("audit_admin", _("审计管理员"), ("congress",)),
        )
    }
)
LEADER = "leader"
SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN = "system_admin", "security_admin", "audit_admin"
DEPUTY_OFFICE = "deputy_office"
STATION_KEEPERS = (DEPUTY_OFFICE, SYSTEM_ADMIN)
SEPARATED = [SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN]


def label_of(key: str) -> Any:
    """The Chinese name of a seat key; the key itself when unknown."""
    kind = SEAT_KINDS.get(key)
    return kind.label if kind else key


def is_staff_key(key: str) -> bool:
    """Whether the seat needs a second factor. An unknown key does: deny by default."""
    kind = SEAT_KINDS.get(key)
    return kind.staff if kind else True
