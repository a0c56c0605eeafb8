"""Rows with a life span: ``since`` is the first and ``until`` the last day on which the row holds, both inclusive."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import TenantManager, TenantModel


def holds_on(day: datetime.date, prefix: str = "") -> Q:
    """The condition that a dated row, reached through ``prefix``, holds on the day."""
    still_open = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    return Q(**{f"{prefix}since__lte": day}) & still_open


def dates_in_order(table: str) -> models.CheckConstraint:
    """No row may end before it begins."""
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=F("since")), name=f"{table}_dates_in_order"
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Answers as of a day."""

    def on(self, day: datetime.date | None = None) -> Self:
        """Rows that hold on the day; today when none is given."""
        return self.filter(holds_on(day or timezone.localdate()))


class DatedManager(TenantManager.from_queryset(DatedQuerySet)):  # type: ignore[misc]  # made at run time
    """Rows of the congress in context, as of a day."""


class Dated(TenantModel):
    """A tenant row that holds from one day to another."""

    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True)

    objects = DatedManager()  # type: ignore[misc]  # wider than the base

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def holds(self, day: datetime.date | None = None) -> bool:
        """Whether the row holds on the day; today when none is given."""
        day = day or timezone.localdate()
        return self.since <= day and (self.until is None or self.until >= day)
