"""Seats: an account's dated place in an office. An account acts in one seat at a time."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, DatedQuerySet, dates_in_order, holds_on
from openrenda.people.models.grid import Grid
from openrenda.people.models.group import Group
from openrenda.people.models.mandate import Mandate
from openrenda.people.models.organ import Organ
from openrenda.people.models.person import Person
from openrenda.people.models.station import Station
from openrenda.people.offices import SEPARATED
from openrenda.tenancy import TenantFK, TenantManager, TenantModel, current_congress_id


def holder_name() -> Coalesce:
    """The name of what a row's ``holder`` points to: an organ, a group, a station, a grid or a deputy; else empty."""
    mine = {"congress_id": current_congress_id(), "pk": OuterRef("holder")}
    return Coalesce(
        Subquery(Organ.objects.filter(**mine).values("name")[:1]),
        Subquery(Group.objects.filter(**mine).values("name")[:1]),
        Subquery(Station.objects.filter(**mine).values("name")[:1]),
        Subquery(Grid.objects.filter(**mine).values("name")[:1]),
        Subquery(Mandate.everyone.filter(**mine).values("person__name")[:1]),
        Value(""),
    )


class SeatQuerySet(DatedQuerySet):
    """Seats as of a day."""

    def able_on(self, day: datetime.date | None = None) -> Self:
        """Seats in which someone may act on the day.

        The seat holds and is not suspended, the account is active, and a deputy's mandate holds and is not suspended
        (代表法第六十一条、第六十二条).
        """
        day = day or timezone.localdate()
        congress = current_congress_id()
        suspended = SeatSuspension.objects.filter(holds_on(day), congress_id=congress, seat=OuterRef("pk"))
        mandate = Mandate.everyone.able_on(day).filter(congress_id=congress, pk=OuterRef("holder"))
        return self.on(day).filter(
            ~Exists(suspended), ~Q(holder_kind="mandate") | Exists(mandate), account__is_active=True
        )

    def with_holder_name(self) -> Self:
        """Adds ``holder_name``: the organ's, the group's or the deputy's name, or nothing for other holders."""
        return self.annotate(holder_name=holder_name())


class Seat(Dated):
    """An account's place in an office, standing for a holder: organ, mandate, group, station, grid, enterprise or the congress.

    ``holder`` is a bare identifier because enterprises are kept by a higher room; the functions in ``seats.py``
    check that the holder exists before a seat is made.
    """

    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", db_index=False, verbose_name=_("账号")
    )
    key = models.SlugField(_("职务"), max_length=30, db_index=False)
    holder_kind = models.SlugField(_("代表的主体类别"), max_length=20, db_index=False)
    holder = models.UUIDField(_("代表的主体"))
    person = TenantFK(Person, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("人员"))
    title = models.CharField(_("职务名称"), max_length=50, blank=True)

    objects = TenantManager.from_queryset(SeatQuerySet)()  # type: ignore[misc, assignment]  # wider than the base

    class Meta:
        verbose_name = _("席位")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "account", "key", "holder"],
                condition=Q(until__isnull=True),
                name="people_seat_open_once",
            ),
            models.UniqueConstraint(
                fields=["congress", "account"],
                condition=Q(until__isnull=True, key__in=SEPARATED),
                name="people_seat_separated",
            ),
            dates_in_order("people_seat"),
        ]
        indexes = [
            models.Index(fields=["congress", "account"], name="people_seat_account"),
            models.Index(fields=["congress", "key", "holder"], name="people_seat_key_holder"),
            models.Index(fields=["congress", "holder"], name="people_seat_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.holder}"


class SeatSuspension(Dated):
    """A time in which nobody may act in the seat."""

    seat = TenantFK(Seat, models.CASCADE, related_name="suspensions", verbose_name=_("席位"))
    basis = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("席位暂停")
        constraints = [
            models.UniqueConstraint(fields=["congress", "seat", "since"], name="people_seatsuspension_since"),
            dates_in_order("people_seatsuspension"),
        ]

    def __str__(self) -> str:
        return self.basis


class SeatGrant(TenantModel):
    """A request of the system administrator to grant or revoke a seat, and the security administrator's decision."""

    wish = models.SlugField(_("事项"), max_length=10, db_index=False)
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", db_index=False, verbose_name=_("账号")
    )
    key = models.SlugField(_("职务"), max_length=30, db_index=False)
    holder_kind = models.SlugField(_("代表的主体类别"), max_length=20, db_index=False)
    holder = models.UUIDField(_("代表的主体"))
    person = TenantFK(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员"))
    title = models.CharField(_("职务名称"), max_length=50, blank=True)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True)
    seat = TenantFK(Seat, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("席位"))
    requested_by = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", db_index=False, verbose_name=_("申请人")
    )
    requested_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    decision = models.SlugField(_("审批结果"), max_length=10, default="pending", db_index=False)
    decided_by = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("审批人"),
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("席位审批")
        ordering = ["requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="people_seatgrant_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("requested_by")),
                name="people_seatgrant_two_people",
            ),
            dates_in_order("people_seatgrant"),
        ]
        indexes = [models.Index(fields=["congress", "decision", "requested_at"], name="people_seatgrant_decision")]

    def __str__(self) -> str:
        return f"{self.wish} {self.key}"
