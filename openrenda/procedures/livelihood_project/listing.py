"""The list of projects: by year, tier, level, organ; late ones apart."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from ..listing import CLOSED, DUE, STATE, TITLE, Column, Filter, ListOf
from ..livelihood import levels, tiers
from .records import Milestone


def lateness(_book: Book) -> list[tuple[str, object]]:
    """What may be asked of milestones."""
    return [("late", _("有节点超期没有完成")), ("was_late", _("有节点晚于计划完成"))]


def late(choice: str, day: date) -> Q:
    """Projects with a milestone that is or was late."""
    rows = Milestone.objects.filter(matter=OuterRef("pk"))
    is_late = rows.filter(done_on=None, planned_on__lt=day)
    return Q(Exists(is_late if choice == "late" else rows.filter(done_on__gt=F("planned_on"))))


LIST = ListOf(
    columns=(
        TITLE,
        Column("year", _("年度"), "livelihood_project__year", "count"),
        Column("tier", _("层次"), "livelihood_project__tier", "choice", choices=tiers),
        Column("body", _("票决的人大"), "livelihood_project__body", hidden=True),
        Column("organ", _("实施单位"), "livelihood_project__organ__name"),
        Column("votes", _("得票"), "livelihood_project__votes", "count", hidden=True),
        Column("deadline", _("完成时限"), "livelihood_project__deadline", "day"),
        STATE,
        DUE,
        CLOSED,
    ),
    filters=(
        Filter("tier", _("层次"), "livelihood_project__tier", "choice", choices=tiers),
        Filter("level", _("层级"), "livelihood_project__level", "choice", choices=levels),
        Filter("organ", _("实施单位"), "lead", "register", register="organ"),
        Filter("late", _("节点"), "pk", "choice", choices=lateness, asks=late),
        Filter("chosen", _("票决入选"), "livelihood_project__chosen", "flag"),
    ),
    outcome=("votes",),
)
