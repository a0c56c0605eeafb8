"""Which committee follows which field of concern 专工委对口 (B06), and which deputies it keeps contact with there 对口联系 (A24): the
congress's own division of work, shared by procedures."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from openrenda.docket.models import Matter, Party
from openrenda.people.models import Category, Mandate, Organ
from openrenda.tenancy import TenantFK, TenantModel

COUNTERPART, COMMITTEE_KIND = "counterpart", "congress_committee"


class CommitteeField(TenantModel):
    """One committee follows one field; set and changed by the steps of ``counterpart``."""

    matter = TenantFK(Matter, models.CASCADE, related_name="committee_field")
    category = TenantFK("people.Category", models.PROTECT, related_name="committee_fields", verbose_name="类别")
    committee = TenantFK("people.Organ", models.PROTECT, related_name="+", verbose_name="对口专工委")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="committee_field_matter"),
            models.UniqueConstraint(fields=["congress", "category"], name="committee_field_category"),
        ]


def committee_for(field: Category) -> Organ | None:
    """The committee that follows a field, or else the field above it."""
    rows = CommitteeField.objects.filter(category__in=[field.pk, field.parent_id], matter__state="followed")
    rows = rows.select_related("committee")
    found = {str(row.category_id): row.committee for row in rows}
    return found.get(str(field.pk)) or found.get(str(field.parent_id))


def committees(day: datetime.date | None = None) -> QuerySet[Organ]:
    """The special and working committees of the day."""
    return Organ.objects.on(day).filter(kind=COMMITTEE_KIND)  # type: ignore[no-any-return]


def counterparts(committee: UUID | None = None) -> QuerySet[Party]:
    """Deputies with whom a committee keeps contact now, a row for each of its fields; of all committees when none is given (A24)."""
    fields = CommitteeField.objects.filter(matter__state="followed")
    fields = fields if committee is None else fields.filter(committee=committee)
    return Party.objects.filter(role=COUNTERPART, until=None, matter__in=fields.values("matter"))


def fields_of_counterparts(committee: UUID | None = None) -> dict[UUID, str]:
    """For which field each counterpart deputy is one, with the committee where none is given."""
    rows = counterparts(committee).order_by("matter__committee_field__category__code")
    found: dict[UUID, list[str]] = {}
    for holder, field, name in rows.values_list(
        "holder", "matter__committee_field__category__name", "matter__committee_field__committee__name"
    ):
        found.setdefault(holder, []).append(field if committee else f"{name}·{field}")
    return {holder: "、".join(fields) for holder, fields in found.items()}


def fitting(field: Category) -> set[UUID]:
    """Deputies of the professional groups whose name shares words with the field: proposed first."""
    from openrenda.search import segment

    asked = set(segment(field.name))
    able = Mandate.objects.able_on().filter(
        group_memberships__until=None, group_memberships__group__kind="professional"
    )
    rows = able.values_list("pk", "group_memberships__group__name")
    return {pk for pk, name in rows if asked & (set(segment(name)) - {"小组", "专业", "代表", "组"})}
