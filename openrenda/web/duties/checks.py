"""The checks of deputies' contact: each with its sentence, how it is counted, and the list of those who lack something, never ranked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from openrenda.people.coverage import Covered
from openrenda.people.rosters import deputies
from openrenda.procedures.report_in import without_report_in

from ..stations.checks import Check


def reported_in() -> Covered:
    """Deputies in office, and those without a report-in in the term (A20 (3))."""
    return Covered(deputies().count(), list(without_report_in()))


def checks() -> tuple[Check, ...]:
    """Every check, in the order in which the office goes through them."""
    return (Check("report-in", _("到社区报到的代表"), _("本届还没有到社区报到的代表"), reported_in),)


def found(key: str) -> Check | None:
    """The check of that key."""
    return next((check for check in checks() if check.key == key), None)
