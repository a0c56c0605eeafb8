"""The list of proposals: by round and source; several may be screened out at once from here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter

from ..listing import CLOSED, OPENED, STATE, TITLE, Column, Filter, ListOf
from ..livelihood import ROUND, Book, sources

MOST_ROUNDS = 100


def rounds(_book: Book) -> list[tuple[str, Any]]:
    """The rounds, newest first."""
    found = Matter.objects.filter(procedure=ROUND).order_by("-opened_on", "-id")
    return [(str(pk), title) for pk, title in found.values_list("pk", "title")[:MOST_ROUNDS]]


LIST = ListOf(
    columns=(
        TITLE,
        Column("place", _("地点"), "livelihood_proposal__place"),
        Column("source", _("来源"), "livelihood_proposal__source", "choice", choices=sources),
        Column("body", _("提出的代表、单位"), "livelihood_proposal__body", hidden=True),
        Column("round", _("征集"), "livelihood_proposal__round__title", hidden=True),
        Column("said", _("提出日期"), "livelihood_proposal__said_on", "day", hidden=True),
        STATE,
        OPENED,
        CLOSED,
    ),
    filters=(
        Filter("round", _("征集"), "livelihood_proposal__round", "choice", choices=rounds),
        Filter("source", _("来源"), "livelihood_proposal__source", "choice", choices=sources),
        Filter("merged", _("已合并"), "livelihood_proposal__merged_into", "some"),
    ),
)
