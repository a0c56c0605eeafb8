"""The services of a congress: its fields of concern, which a system may name when it hands in what somebody said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openrenda.people.models import Category


def in_use() -> QuerySet[Category]:
    """The fields of concern that are not retired."""
    return Category.objects.filter(retired_on=None).select_related("parent")


def service(row: Category) -> dict[str, Any]:
    """One service. Nothing is asked beside the specification's own fields, so there is no metadata."""
    group = row.parent.name if row.parent else row.name
    return {
        "service_code": row.code, "service_name": row.name,
        "description": _("向人大代表反映“%(service)s”方面的问题、意见和建议") % {"service": row.name},
        "metadata": False, "type": "realtime", "keywords": f"{group},{row.name}" if row.parent else row.name, "group": group,
    }  # fmt: skip


def definition(row: Category) -> dict[str, Any]:
    """What a service asks for: nothing more."""
    return {"service_code": row.code, "attributes": []}
