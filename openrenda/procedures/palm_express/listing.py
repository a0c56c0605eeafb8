"""The list of a deputy's conversations. Nothing in it is what somebody wrote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf

LIST = ListOf(
    columns=(
        TITLE,
        STATE,
        OPENED,
        Column("answered", _("首次答复"), "conversation__answered_at", "day", hidden=True),
        DUE,
        CLOSED,
    )
)
