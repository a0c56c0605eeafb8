"""Which committee follows which field of concern 专工委对口 (B06): the congress's own division of work, shared by procedures."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.people.models import Category, Organ
from openrenda.tenancy import TenantFK, TenantModel


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
