"""Mandates: who is a deputy, of which district, from when to when, and why it ended (代表法第六十一条、第六十二条)."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, DatedQuerySet, dates_in_order, holds_on
from openrenda.people.models.district import District
from openrenda.people.models.group import Group
from openrenda.people.models.person import Person
from openrenda.people.models.term import Term
from openrenda.tenancy import TenantFK, TenantManager, current_congress_id

BEGIN_LABELS = {"elected": _("换届选举"), "by_election": _("补选")}
TERM_ENDED = "term_ended"
END_LABELS = {
    TERM_ENDED: _("任期届满"),
    "moved_away": _("迁出或者调离本行政区域"),
    "resigned": _("辞职或者责令辞职被接受"),
    "absent_twice": _("未经批准两次不出席本级人民代表大会会议"),
    "recalled": _("被罢免"),
    "lost_nationality": _("丧失中华人民共和国国籍"),
    "lost_political_rights": _("依照法律被剥夺政治权利"),
    "lost_capacity": _("丧失行为能力"),
    "died": _("去世"),
}


class MandateQuerySet(DatedQuerySet):
    """Mandates as of a day. Holding one and being able to act on it are two things."""

    def able_on(self, day: datetime.date | None = None) -> Self:
        """Mandates that hold on the day and are not suspended: those that may sign and vote."""
        day = day or timezone.localdate()
        suspended = MandateSuspension.objects.filter(
            holds_on(day), congress_id=current_congress_id(), mandate=OuterRef("pk")
        )
        return self.on(day).filter(~Exists(suspended))


class Mandate(Dated):
    """A person's time as a deputy within one term. The row stays when the deputy leaves."""

    person = TenantFK(Person, models.PROTECT, related_name="mandates", verbose_name=_("人员"))
    term = TenantFK(Term, models.PROTECT, related_name="mandates", verbose_name=_("届"))
    district = TenantFK(
        District, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("选区")
    )
    electoral_unit = models.CharField(_("选举单位"), max_length=50, blank=True)
    delegation = TenantFK(
        Group, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("代表团")
    )
    card_number = models.CharField(_("代表证号"), max_length=30, blank=True)
    begin_reason = models.SlugField(_("产生方式"), max_length=20, default="elected", db_index=False)
    begin_basis = models.CharField(_("代表资格审查报告"), max_length=200, blank=True)
    end_reason = models.SlugField(_("终止原因"), max_length=30, blank=True, db_index=False)
    end_basis = models.CharField(_("终止依据文件"), max_length=200, blank=True)

    objects = TenantManager.from_queryset(MandateQuerySet)()  # type: ignore[misc, assignment]  # wider than the base

    class Meta:
        verbose_name = _("代表任职")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "term", "person", "since"], name="people_mandate_since"),
            models.UniqueConstraint(
                fields=["congress", "term", "person"], condition=Q(until__isnull=True), name="people_mandate_open_once"
            ),
            models.UniqueConstraint(
                fields=["congress", "term", "card_number"], condition=~Q(card_number=""), name="people_mandate_card"
            ),
            dates_in_order("people_mandate"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, end_reason="") | (Q(until__isnull=False) & ~Q(end_reason="")),
                name="people_mandate_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(end_reason__in=["", TERM_ENDED]) | ~Q(end_basis=""), name="people_mandate_exit_has_basis"
            ),
            models.CheckConstraint(
                condition=~Q(begin_reason="by_election") | ~Q(begin_basis=""), name="people_mandate_by_election_report"
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "person"], name="people_mandate_person"),
            models.Index(fields=["congress", "district"], name="people_mandate_district"),
        ]

    def __str__(self) -> str:
        return _("%(name)s（%(term)s代表）") % {"name": self.person, "term": self.term}


class MandateSuspension(Dated):
    """A time in which the deputy may not act though the mandate goes on (代表法第六十一条)."""

    mandate = TenantFK(Mandate, models.CASCADE, related_name="suspensions", verbose_name=_("代表任职"))
    basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = _("暂停执行代表职务")
        constraints = [
            models.UniqueConstraint(fields=["congress", "mandate", "since"], name="people_mandatesuspension_since"),
            models.CheckConstraint(condition=~Q(basis=""), name="people_mandatesuspension_has_basis"),
            dates_in_order("people_mandatesuspension"),
        ]

    def __str__(self) -> str:
        return self.basis
