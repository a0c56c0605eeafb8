"""Who of the Standing Committee keeps contact with which deputies 双联系 (A22): the table in force, shared by what asks of it.

Members are those of the register's group of that kind, whose places are dated and end with the mandate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from openrenda.docket.models import Matter
from openrenda.people.models import GroupMembership, Mandate
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.people.rosters import deputies
from openrenda.tenancy import TenantFK, TenantModel

TABLE, IN_FORCE = "contact-table", "in_force"


class ContactPair(TenantModel):
    """One deputy and the member who keeps contact with her, from a day to a day; a deputy has one at a time.

    What was drawn otherwise on its first day ended the day before, and so never held.
    """

    matter = TenantFK(Matter, models.CASCADE, related_name="contact_pairs")
    member = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="常委会组成人员")
    member_name = models.CharField("常委会组成人员", max_length=100)
    deputy = TenantFK("people.Mandate", models.PROTECT, related_name="contact_pairs", verbose_name="代表")
    deputy_name = models.CharField("代表", max_length=100)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "matter", "deputy"], name="contact_pair_once", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(condition=~Q(member=models.F("deputy")), name="contact_pair_two"),
        ]
        indexes = [
            models.Index(fields=["congress", "member"], name="contact_pair_member"),
            models.Index(fields=["congress", "deputy"], name="contact_pair_deputy"),
        ]


def members(day: date | None = None) -> QuerySet[Any]:
    """The mandates of the Standing Committee's members on the day who may act, in the order of strokes."""
    seats = GroupMembership.objects.on(day).filter(group__kind=STANDING_COMMITTEE).values("mandate")
    return deputies(day, able=True).filter(pk__in=seats)


def pairs_in_force() -> QuerySet[Any]:
    """The running pairs of the table in force."""
    return ContactPair.objects.filter(matter__procedure=TABLE, matter__state=IN_FORCE, until=None)


def contacted(day: date | None = None) -> QuerySet[Any]:
    """Running pairs whose member still sits on the committee."""
    return pairs_in_force().filter(member__in=members(day).order_by().values("pk"))


def without_member(day: date | None = None) -> QuerySet[Any]:
    """Deputies in office with whom no member of the committee keeps contact (A22 (1), (5)), in the order of strokes."""
    return deputies(day).exclude(pk__in=contacted(day).values("deputy"))


def shared_out(
    who: Iterable[Mandate], among: Sequence[Mandate], load: dict[UUID, int]
) -> list[tuple[Mandate, Mandate]]:
    """Member and deputy for each deputy: whoever has fewest, in the order of the list, and nobody with herself."""
    found = []
    for deputy in who:
        others = [member for member in among if member.pk != deputy.pk]
        if not others:
            continue
        member = min(others, key=lambda row: load.get(row.pk, 0))
        load[member.pk] = load.get(member.pk, 0) + 1
        found.append((member, deputy))
    return found
