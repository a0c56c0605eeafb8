"""Terms 届 and sessions 次 of a congress (地方组织法第九条、第十四条)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, dates_in_order
from openrenda.tenancy import TenantFK


class Term(Dated):
    """One term of the congress."""

    number = models.PositiveSmallIntegerField(_("届"))

    class Meta:
        verbose_name = _("届")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="people_term_number"),
            dates_in_order("people_term"),
        ]

    def __str__(self) -> str:
        return _("第%(number)s届") % {"number": self.number}


class Session(Dated):
    """One session of a term. The congress is in session from its first to its last day."""

    term = TenantFK(Term, models.PROTECT, related_name="sessions", verbose_name=_("届"))
    number = models.PositiveSmallIntegerField(_("次"))

    class Meta:
        verbose_name = _("次会议")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "term", "number"], name="people_session_number"),
            models.CheckConstraint(condition=models.Q(until__isnull=False), name="people_session_ends"),
            dates_in_order("people_session"),
        ]

    def __str__(self) -> str:
        return _("第%(term)s届第%(number)s次会议") % {"term": self.term.number, "number": self.number}
