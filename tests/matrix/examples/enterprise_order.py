"""An enterprise of the register, with somebody who sits for it."""

from __future__ import annotations

from openrenda.procedures.enterprise_order import Enterprise
from tests.cast import Cast, _sit

from . import Answers

EXAMPLES: dict[str, Answers] = {}


def people(cast: Cast) -> None:
    """The enterprise's own clerk."""
    row = Enterprise.objects.create(name="青石面粉厂", street=cast.organs["street"], site="青石街1号")
    _sit(cast, "enterprise", "enterprise", "enterprise", row.pk, "青石面粉厂经办人")
