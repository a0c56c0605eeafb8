"""Mandates: who is a deputy, of which district, from when to when, and why it ended (代表法第六十一条、第六十二条).

Deputies of other levels who live or work here and take part in stations and activities 四级代表混编进站 (A01 (4)) stand in the same table
and are asked for apart: ``Mandate.objects`` are the deputies of this congress and nobody else, so that no quorum, roll, base or figure
can hold a guest by oversight; ``Mandate.guests`` are those of other levels; ``Mandate.everyone`` is said where both are meant.
"""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.languages import in_chinese
from openrenda.people.models.congress import CITY, COUNTY, NATION, PROVINCE, TOWNSHIP
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
# Why a guest is one no more is told by her own congress; here she only takes part no longer.
GUEST_LEFT = "guest_left"
LEVEL_LABELS = {
    NATION: _("全国人大代表"),
    PROVINCE: _("省人大代表"),
    CITY: _("市人大代表"),
    COUNTY: _("区县人大代表"),
    TOWNSHIP: _("乡镇人大代表"),
}
GUEST, OWN = ~Q(level=""), Q(level="")


class MandateQuerySet(DatedQuerySet):
    """Mandates as of a day. Holding one and being able to act on it are two things."""

    def able_on(self, day: datetime.date | None = None) -> Self:
        """Mandates that hold on the day and are not suspended: those that may sign and vote."""
        day = day or timezone.localdate()
        suspended = MandateSuspension.objects.filter(
            holds_on(day), congress_id=current_congress_id(), mandate=OuterRef("pk")
        )
        return self.on(day).filter(~Exists(suspended))


class Everyone(TenantManager.from_queryset(MandateQuerySet)):  # type: ignore[misc]  # made at run time
    """Deputies of this congress and guests."""


class OwnDeputies(Everyone):
    """The deputies of this congress: whoever asks for deputies without saying more gets these."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(OWN)


class Guests(Everyone):
    """Deputies of other levels who take part here."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(GUEST)


def _own_or_guest() -> Q:
    """A deputy of this congress has her term here; a guest has a congress of her own, and no term, district, delegation or card."""
    own = Q(level="", of_congress="", elsewhere__isnull=True, term__isnull=False)
    guest = Q(term__isnull=True, district__isnull=True, delegation__isnull=True, card_number="")
    return own | (GUEST & ~Q(of_congress="") & guest)


class Mandate(Dated):
    """A person's time as a deputy within one term, or as a guest here. The row stays when the deputy leaves.

    ``level`` and ``of_congress`` are a guest's alone; ``elsewhere`` is her congress where it is on this installation.
    """

    person = TenantFK(Person, models.PROTECT, related_name="mandates", verbose_name=_("人员"))
    term = TenantFK(Term, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("届"))
    level = models.SlugField(_("其他层级代表的层级"), max_length=20, blank=True, db_index=False)
    of_congress = models.CharField(_("其他层级代表所在人大"), max_length=100, blank=True)
    elsewhere = models.ForeignKey(
        "people.Congress", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("本系统中的所在人大"),
    )  # fmt: skip
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

    objects = OwnDeputies()  # type: ignore[misc, assignment]  # wider than the base
    guests = Guests()  # type: ignore[misc]  # made at run time
    everyone = Everyone()  # type: ignore[misc]  # made at run time

    class Meta:
        verbose_name = _("代表任职")
        base_manager_name = "everyone"
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
                condition=Q(end_reason__in=["", TERM_ENDED, GUEST_LEFT]) | ~Q(end_basis=""),
                name="people_mandate_exit_has_basis",
            ),
            models.CheckConstraint(
                condition=~Q(begin_reason="by_election") | ~Q(begin_basis=""), name="people_mandate_by_election_report"
            ),
            models.CheckConstraint(condition=_own_or_guest(), name="people_mandate_own_or_guest"),
            models.UniqueConstraint(
                fields=["congress", "person", "of_congress", "since"],
                condition=GUEST,
                name="people_mandate_guest_since",
            ),
            models.UniqueConstraint(
                fields=["congress", "person", "of_congress"],
                condition=GUEST & Q(until__isnull=True),
                name="people_mandate_guest_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "person"], name="people_mandate_person"),
            models.Index(fields=["congress", "district"], name="people_mandate_district"),
        ]

    def __str__(self) -> str:
        if self.level:
            return self.named
        return _("%(name)s（%(term)s代表）") % {"name": self.person, "term": self.term}

    @property
    def named(self) -> str:
        """How lists and records name her: a guest with her level, which is kept in Chinese like every name."""
        return f"{self.person.name}（{in_chinese(level_words(self.level))}）" if self.level else self.person.name


def level_words(level: str) -> Any:
    """A deputy of that level, in words."""
    return LEVEL_LABELS.get(level, level)


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
