"""The register of office holders as it stood on a day: posts in the order of their organs, vacant ones too, and its workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openrenda import docket
from openrenda.docket.situation import book_of
from openrenda.documents.workbooks import Column, Sheet, write_workbook
from openrenda.people.models import Post, Tenure
from openrenda.people.models.post import ACTING, BEGIN_LABELS
from openrenda.people.posts import tenures_on
from openrenda.people.views.registers import KEEPERS, WORKBOOK
from openrenda.procedures.new_term import new_government
from openrenda.tenancy import current_congress_id

from .. import cells
from ..access import Request, seated
from ..addresses import matter_url

APPRAISERS = ("deputy_office", "leader", "audit_admin")


@dataclass(frozen=True)
class Line:
    """A post with one of its holders; without one it is vacant."""

    post: Post
    tenure: Tenure | None = None

    @property
    def name(self) -> str:
        """The holder, and that she acts for one."""
        if self.tenure is None:
            return _("空缺")
        words = {"name": self.tenure.person.name}
        return _("%(name)s（代理）") % words if self.tenure.capacity == ACTING else self.tenure.person.name


def lines_on(day: date, tenures: Iterable[Tenure] | None = None) -> Iterator[Line]:
    """Every post that there was on the day, with each of its holders: those of the register, or those given. Two queries."""
    held: dict[Any, list[Tenure]] = defaultdict(list)
    for tenure in tenures_on(day) if tenures is None else tenures:
        held[tenure.post_id].append(tenure)
    posts = Post.objects.on(day).select_related("organ")
    for post in posts.order_by("organ__position", "organ__code", "position", "code"):
        yield from [Line(post, tenure) for tenure in held[post.pk]] if post.pk in held else [Line(post)]


def day_of(text: str) -> tuple[date, str]:
    """The day asked for; today, with a sentence, when that is no day."""
    today = timezone.localdate()
    if not text:
        return today, ""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        return today, _("“%(day)s”不是日期，下面是今天的情况。日期请写成 2026-03-05。") % {"day": text[:20]}
    return found, ""


@seated
@require_safe
def shown(request: Request) -> HttpResponse:
    """The register on a day. Three queries beside those of the frame."""
    day, problem = day_of(request.GET.get("on", ""))
    lines = list(lines_on(day))
    asked = [line.tenure.matter_id for line in lines if line.tenure and line.tenure.matter_id]
    seen = set(docket.visible(request.actor).filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    context = {
        "day": day,
        "problem": problem,
        "table": _table(lines, seen),
        "export_url": f"{reverse('posts:export')}?on={day.isoformat()}",
        "keeps": request.actor.seat in KEEPERS,
        "appraises": request.actor.seat in APPRAISERS,
        "new_government": _to_be_put_forward() if request.actor.seat in APPRAISERS else None,
    }
    return render(request, "posts/register.html", context)


def _to_be_put_forward() -> dict[str, Any] | None:
    """Which members of a new government nobody was put forward for yet (APP-10); None when there are none."""
    book, today = book_of(current_congress_id()), timezone.localdate()
    found = new_government(book, today)
    if found is None or not found.waiting:
        return None
    return {"found": found, "late": found.is_late(today), "article": book.citation("APP-10")}


def _table(lines: list[Line], seen: set[Any]) -> dict[str, Any]:
    return {
        "key": "posts",
        "caption": _("任职登记"),
        "caption_hidden": True,
        "columns": [
            {"key": "organ", "label": _("机构")}, {"key": "post", "label": _("职务"), "wide": True}, {"key": "name", "label": _("姓名")},
            {"key": "since", "label": _("任职日期")}, {"key": "basis", "label": _("依据")},
        ],
        "rows": [
            {"key": str(number), "cells": [line.post.organ.name, line.post.title, line.name, *_of(line.tenure, seen)]}
            for number, line in enumerate(lines)
        ],
        "empty": {"title": _("还没有登记职务"), "text": _("由人事任免工作机构在“职务”登记表里导入。")},
    }  # fmt: skip


def _of(tenure: Tenure | None, seen: set[Any]) -> list[Any]:
    if tenure is None:
        return ["", ""]
    basis: Any = basis_of(tenure)
    if tenure.matter_id and tenure.matter_id in seen:
        basis = cells.link(basis, matter_url(tenure.matter_id))
    return [cells.day(tenure.since), basis]


def basis_of(tenure: Tenure) -> str:
    """By which decision."""
    return tenure.basis or str(BEGIN_LABELS.get(tenure.begun_as, tenure.begun_as))


@seated
@require_safe
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    day, _problem = day_of(request.GET.get("on", ""))
    columns: list[Column | str] = [
        Column(_("机构")),
        Column(_("职务")),
        Column(_("姓名")),
        Column(_("任职日期"), "date"),
        Column(_("依据")),
    ]
    rows = [
        [line.post.organ.name, line.post.title, line.name, line.tenure.since if line.tenure else None,
         basis_of(line.tenure) if line.tenure else ""]
        for line in lines_on(day)
    ]  # fmt: skip
    title = _("任职登记（%(day)s）") % {"day": date_format(day)}
    content = write_workbook([Sheet(_("任职登记"), columns, rows, title=title)])
    disposition = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return HttpResponse(content, content_type=WORKBOOK, headers={"Content-Disposition": disposition})
