"""Seats are asked for by the system administrator and take effect when the security administrator agrees 三员分立."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.languages import in_chinese
from openrenda.people.events import record
from openrenda.people.models import (
    Account,
    Grid,
    Group,
    Mandate,
    Membership,
    Organ,
    Person,
    Seat,
    SeatGrant,
    Station,
)
from openrenda.people.models.dated import holds_on
from openrenda.people.models.group import PARTY_GROUP
from openrenda.people.offices import (
    GUEST_DEPUTY,
    PARTY_GROUP_OFFICE,
    SEAT_KINDS,
    SECURITY_ADMIN,
    SEPARATED,
    SYSTEM_ADMIN,
    label_of,
)
from openrenda.people.refusals import Refused
from openrenda.tenancy import current_congress_id

GRANT, REVOKE = "grant", "revoke"
PENDING, APPROVED, REFUSED = "pending", "approved", "refused"
_HOLDER_MODELS: dict[str, Any] = {
    "organ": Organ, "mandate": Mandate, "group": Group, "station": Station, "grid": Grid,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Place:
    """A seat as it is asked for. ``holder_kind`` follows from the key where only one kind is possible."""

    account: Account
    key: str
    holder: UUID | None = None
    holder_kind: str = ""
    person: Person | None = None
    title: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def columns(self) -> dict[str, Any]:
        """The columns that :class:`Seat` and :class:`SeatGrant` share, completed and checked.

        :raises Refused: for an unknown key or holder, or dates in the wrong order.
        """
        kind = SEAT_KINDS.get(self.key)
        if kind is None:
            raise Refused(_("没有“%(key)s”这种席位，没有授予。") % {"key": self.key})
        holder_kind = self.holder_kind or kind.holder_kinds[-1 if self.holder is None else 0]
        since = self.since or timezone.localdate()
        if holder_kind not in kind.holder_kinds:
            raise Refused(_("“%(label)s”席位不能属于这类主体，没有授予。") % {"label": kind.label})
        if self.until is not None and self.until < since:
            raise Refused(_("席位的截止日期不能早于起始日期，没有授予。"))
        return {
            "account": self.account, "key": self.key, "holder_kind": holder_kind, "person": self.person,
            "holder": _checked_holder(self.key, holder_kind, self.holder), "title": self.title, "since": since,
            "until": self.until,
        }  # fmt: skip


def _checked_holder(key: str, holder_kind: str, holder: UUID | None) -> UUID:
    if holder_kind == "congress":
        return current_congress_id()
    if holder is None:
        raise Refused(_("请选择这个席位所代表的机构、代表、小组、站点、网格或者企业，没有授予。"))
    rows = _rows_of(key, holder_kind)
    if rows is not None and not rows.filter(pk=holder).exists():
        raise Refused(_("席位所代表的机构、代表、小组、站点或者网格不存在，没有授予，请刷新后重新选择。"))
    return holder


def _rows_of(key: str, holder_kind: str) -> Any:
    """Whom such a seat may stand for; a guest sits in a seat of her own kind, and in no deputy's; a party group's secretary in its alone."""
    if key == GUEST_DEPUTY:
        return Mandate.guests
    if key == PARTY_GROUP_OFFICE:
        return Group.objects.filter(kind=PARTY_GROUP)
    model = _HOLDER_MODELS.get(holder_kind)
    return model.objects if model is not None else None


@transaction.atomic
def open_seat(place: Place, *, by: Account | None = None) -> Seat:
    """Makes the seat at once, without a request: for installation, import of history and approved requests.

    :raises Refused: when the account sits there already, or would hold two of the three administrators' seats.
    """
    columns = place.columns()
    _refuse_two_of_three(columns)
    try:
        with transaction.atomic():
            seat = Seat.objects.create(**columns)
    except IntegrityError as error:
        raise Refused(_("%(name)s已经在这个席位上，没有重复授予。") % {"name": place.account.name}) from error
    Membership.objects.get_or_create(account=place.account, congress_id=current_congress_id())
    record(place.account, "seat_granted", by=by, detail=in_chinese(label_of(place.key)))
    return seat


def _refuse_two_of_three(columns: dict[str, Any]) -> None:
    """System, security and audit administrator are three people (三员分立), over the whole time of the seat."""
    if columns["key"] not in SEPARATED:
        return
    overlapping = Q(until__isnull=True) | Q(until__gte=columns["since"])
    if columns["until"] is not None:
        overlapping &= Q(since__lte=columns["until"])
    held = Seat.objects.filter(overlapping, account=columns["account"], key__in=SEPARATED).first()
    if held is not None and held.key != columns["key"]:
        names = {"name": columns["account"].name, "held": label_of(held.key), "wanted": label_of(columns["key"])}
        raise Refused(_("%(name)s已是%(held)s，按照三员分立的要求不能再任%(wanted)s，没有授予。") % names)


@transaction.atomic
def close_seat(seat: Seat, last_day: datetime.date, *, by: Account | None = None) -> None:
    """The seat ends after its last day; a last day before today ends its sessions at their next request."""
    if last_day < seat.since:
        raise Refused(_("席位的截止日期不能早于起始日期 %(day)s，没有收回。") % {"day": seat.since})
    seat.until = last_day
    seat.save(update_fields=["until"])
    record(seat.account, "seat_revoked", by=by, detail=in_chinese(label_of(seat.key)))


def request_seat(place: Place, *, by: Account) -> SeatGrant:
    """The system administrator asks for a seat; nothing takes effect yet.

    :raises Refused: when ``by`` is not a system administrator today or the seat is impossible.
    """
    _require(by, SYSTEM_ADMIN)
    columns = place.columns()
    _refuse_two_of_three(columns)
    grant = SeatGrant.objects.create(wish=GRANT, requested_by=by, **columns)
    record(place.account, "seat_requested", by=by, detail=in_chinese(label_of(place.key)))
    return grant


def request_revocation(seat: Seat, *, by: Account, reason: str, last_day: datetime.date | None = None) -> SeatGrant:
    """The system administrator asks that a seat end after the day (today when none is given)."""
    _require(by, SYSTEM_ADMIN)
    if not reason.strip():
        raise Refused(_("收回席位须写明理由，没有提交。"))
    columns = {name: getattr(seat, name) for name in ("account", "key", "holder_kind", "holder", "person", "title")}
    until = max(last_day or timezone.localdate(), seat.since)
    grant = SeatGrant.objects.create(
        wish=REVOKE, seat=seat, since=seat.since, until=until, reason=reason.strip(), requested_by=by, **columns
    )
    record(seat.account, "seat_requested", by=by, detail=reason.strip()[:200])
    return grant


@transaction.atomic
def decide(grant: SeatGrant, *, agree: bool, by: Account, reason: str = "") -> Seat | None:
    """The security administrator agrees or refuses; on agreement the seat is made or ended.

    :returns: the seat, or None when refused.
    :raises Refused: when ``by`` is not a security administrator, asked for it herself, or someone was first.
    """
    _require(by, SECURITY_ADMIN)
    if by.pk == grant.requested_by_id:
        raise Refused(_("自己提交的申请不能由自己审批，请由另一位安全管理员办理。"))
    if not agree and not reason.strip():
        raise Refused(_("不同意须写明理由，申请仍在待审批中。"))
    now = timezone.now()
    decision = APPROVED if agree else REFUSED
    first = SeatGrant.objects.filter(pk=grant.pk, decision=PENDING).update(
        decision=decision, decided_by=by, decided_at=now, reason=reason.strip() or grant.reason
    )
    if not first:
        raise Refused(_("这条申请已经有人审批，没有重复办理，请刷新查看结果。"))
    if agree:
        return _carry_out(grant, by)
    record(grant.account, "seat_refused", by=by, detail=reason.strip()[:200])
    return None


def _carry_out(grant: SeatGrant, by: Account) -> Seat:
    if grant.wish == REVOKE:
        seat = Seat.objects.select_related("account").get(pk=grant.seat_id)
        close_seat(seat, grant.until or timezone.localdate(), by=by)
        return seat
    place = Place(
        account=grant.account, key=grant.key, holder=grant.holder, holder_kind=grant.holder_kind,
        person=grant.person, title=grant.title, since=grant.since, until=grant.until,
    )  # fmt: skip
    seat = open_seat(place, by=by)
    SeatGrant.objects.filter(pk=grant.pk).update(seat=seat)
    return seat


def _require(account: Account, key: str) -> None:
    if not Seat.objects.able_on().filter(account=account, key=key).exists():
        raise Refused(_("这项操作只有%(label)s可以办理，没有改动。") % {"label": label_of(key)})


@transaction.atomic
def found_administrators(accounts: dict[str, Account]) -> list[Seat]:
    """The first three administrators of a congress, given by seat key: before them nobody could approve anyone.

    :raises Refused: when the congress has administrators already, or the three are not three people.
    """
    if set(accounts) != set(SEPARATED) or len({account.pk for account in accounts.values()}) != len(SEPARATED):
        raise Refused(_("系统、安全、审计三名管理员须由三个不同的账号担任，没有设立。"))
    today = timezone.localdate()
    if Seat.objects.filter(holds_on(today), key__in=SEPARATED).exists():
        raise Refused(_("这个人大已经设有管理员，不能再次设立，请由现任管理员办理。"))
    return [open_seat(Place(account=account, key=key)) for key, account in accounts.items()]
