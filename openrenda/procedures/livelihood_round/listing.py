"""The list of rounds: by year, tier and congress."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, Filter, ListOf
from ..livelihood import levels, tiers

LIST = ListOf(
    columns=(
        TITLE,
        Column("year", _("年度"), "livelihood_round__year", "count"),
        Column("tier", _("层次"), "livelihood_round__tier", "choice", choices=tiers),
        Column("body", _("票决的人大"), "livelihood_round__body", hidden=True),
        Column("places", _("应选名额"), "livelihood_round__places", "count"),
        Column("closes", _("征集截止"), "livelihood_round__closes_on", "day"),
        STATE,
        OPENED,
        DUE,
        CLOSED,
    ),
    filters=(
        Filter("tier", _("层次"), "livelihood_round__tier", "choice", choices=tiers),
        Filter("level", _("层级"), "livelihood_round__level", "choice", choices=levels),
    ),
)
