"""The services of a congress: its fields of concern, which a system may name when it hands in what somebody said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openrenda.people.models import Category

# What was said without a field of concern belongs to a service too, as every request of the specification does.
OTHER = "other"


def every() -> list[dict[str, Any]]:
    """All services, the one for everything else last."""
    return [*(service(row) for row in in_use()), _named(OTHER, _("其他"))]


def in_use() -> QuerySet[Category]:
    """The fields of concern that are not retired."""
    return Category.objects.filter(retired_on=None).select_related("parent")


def service(row: Category) -> dict[str, Any]:
    """One service."""
    return _named(row.code, row.name, row.parent.name if row.parent else "")


def _named(code: str, name: str, group: str = "") -> dict[str, Any]:
    """Nothing is asked beside the specification's own fields, so there is no metadata."""
    return {
        "service_code": code, "service_name": name,
        "description": _("向人大代表反映“%(service)s”方面的问题、意见和建议") % {"service": name},
        "metadata": False, "type": "realtime", "keywords": f"{group},{name}" if group else name, "group": group or name,
    }  # fmt: skip


def of_opinion(row: Category | None) -> dict[str, Any]:
    """Name and code of the service to which a request belongs."""
    return {"service_name": row.name if row else _("其他"), "service_code": row.code if row else OTHER}


def definition(code: str) -> dict[str, Any] | None:
    """What a service asks for: nothing more; None when there is no such service."""
    known = code == OTHER or in_use().filter(code=code).exists()
    return {"service_code": code, "attributes": []} if known else None
