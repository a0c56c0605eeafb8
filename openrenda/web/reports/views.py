"""A report as a page and as papers, one of its numbers with the frozen list, and the reports there are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openrenda import docket
from openrenda.docket.asking import seen_among
from openrenda.docket.language import Procedure
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Overtaken, Refused
from openrenda.docket.situation import Situation
from openrenda.documents.official import to_docx, to_pdf
from openrenda.figures.models import FrozenFigure, FrozenItem, Report
from openrenda.figures.reports import papers
from openrenda.figures.reports.checking import check
from openrenda.figures.reports.comparing import Comparison, compared, gone
from openrenda.figures.reports.naming import Names, catalogue
from openrenda.figures.reports.parsing import TYPED
from openrenda.people.guards import for_seats

from .. import cells
from ..access import Request, seated, situation_of
from ..labels import label_of
from ..letters import printed, sent
from . import showing

PROCEDURE = "report"
READERS = ("deputy_office", "leader", "audit_admin")
SHOWN = 100
ROWS = 50


@for_seats(*READERS)
@require_safe
def index(request: Request) -> HttpResponse:
    """Reports, the newest first: what is being written, and what was issued."""
    seen = docket.visible(request.actor, PROCEDURE)
    rows = (
        Report.objects.filter(matter__in=seen)
        .select_related("matter")
        .order_by("-matter__opened_on", "-matter_id")[:SHOWN]
    )
    listed = [
        {"title": row.matter.title, "url": reverse("reports:report", args=[row.matter_id]), "state": label_of(row.matter.state_now),
         "since": row.since, "until": row.until, "issued_on": row.issued_on}
        for row in rows
    ]  # fmt: skip
    may_begin = any(procedure == PROCEDURE for procedure, _step in docket.openings(request.actor))
    return render(request, "reports/index.html", {"reports": listed, "may_begin": may_begin})


def report_of(request: Request, matter_id: UUID) -> tuple[Situation, Report]:
    """The report that this person may look at.

    :raises Http404: when there is none for her.
    """
    situation = situation_of(request, matter_id)
    if situation.matter.procedure != PROCEDURE:
        raise Http404
    record = Report.objects.filter(matter=matter_id).select_related("session__term").first()
    if record is None:
        raise Http404
    return situation, record


@seated
@require_safe
def report(request: Request, matter_id: UUID) -> HttpResponse:
    """The report with its numbers; a draft with what the checker found, an issued one with then and now."""
    situation, record = report_of(request, matter_id)
    paper = papers.paper_of(record)
    table: Procedure = situation.table
    context: dict[str, Any] = {
        "matter": situation.matter,
        "state": label_of(table.state(situation.matter.state)),
        "record": record,
        "text": showing.text(paper, showing.linker(paper, _address(record))),
        "annex": showing.annex(paper.entries),
        "issued": paper.issued,
    }
    if paper.composed is not None:
        context["findings"] = showing.findings(check(paper.composed))
    else:
        rows = FrozenFigure.objects.filter(matter=matter_id).order_by("position")
        context["compared"] = showing.then_and_now(compared(rows, timezone.localdate()), matter_id)
    return render(request, "reports/report.html", context)


def _address(record: Report) -> Any:
    if record.issued_on:
        return lambda entry: reverse("reports:number", args=[record.matter_id, entry.position])
    whole = record.period
    return lambda entry: showing.evidence_address(
        entry, record.session_id if (entry.since, entry.until) == (whole.since, whole.until) else None
    )


@seated
@require_safe
def number(request: Request, matter_id: UUID, position: int) -> HttpResponse:
    """One number of an issued report: then, now, and the list as it was frozen, a page at a time by place."""
    situation, record = report_of(request, matter_id)
    row = FrozenFigure.objects.filter(matter=matter_id, position=position).first()
    if row is None:
        raise Http404
    compare = compared([row], timezone.localdate())[0]
    items, pager = page_of(row, request.GET.get("side", row.side), request.GET.get("after", ""))
    context = {
        "matter": situation.matter,
        "record": record,
        "row": row,
        "typed": row.kind == TYPED,
        "compare": compare,
        "facts": showing.facts(compare, situation.book.citation(row.basis) if row.basis else ""),
        "tabs": _sides(row, request.GET.get("side", row.side)),
        "table": evidence_table(items, request, compare),
        "pager": pager,
    }
    return render(request, "reports/number.html", context)


def _sides(row: FrozenFigure, chosen: str) -> list[dict[str, Any]]:
    if row.whole is None:
        return []
    sides = [("part", _("分子"), row.part), ("whole", _("分母"), row.whole), ("excluded", _("不计入"), row.excluded)]
    return [
        {"label": label, "url": f"?side={side}", "current": side == chosen, "count": count}
        for side, label, count in sides
        if count is not None
    ]


SIDE_FIELD = {"part": "in_part", "whole": "in_whole", "excluded": "left_out"}


def page_of(row: FrozenFigure, side: str, after: str) -> tuple[list[FrozenItem], dict[str, str]]:
    """One page of the frozen list, by place.

    :raises Http404: for a side there is not.
    """
    if side not in SIDE_FIELD:
        raise Http404
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    rows = FrozenItem.objects.filter(figure=row, place__gt=start, **{SIDE_FIELD[side]: True}).order_by("place")
    found = list(rows[: ROWS + 1])
    more = len(found) > ROWS
    following = f"?side={side}&after={found[ROWS - 1].place}" if more else ""
    return found[:ROWS], {"previous_url": f"?side={side}" if start else "", "next_url": following}


def evidence_table(items: list[FrozenItem], request: Request, compare: Comparison) -> dict[str, Any]:
    """The frozen list: number and title as published, and what became of the record."""
    seen = seen_among(request.actor, (item.evidence for item in items))
    lost = gone(items)
    titles = dict(Matter.objects.filter(pk__in=seen).values_list("pk", "title"))
    rows = []
    for item in items:
        title: Any = item.title or titles.get(item.evidence) or _("（不公开，只留编号）")
        if item.evidence in seen:
            title = cells.link(title, reverse("web:matter", args=[item.evidence]))
        remark = _("记录已按保管期限销毁，这里保留签发时的编号和题名") if item.evidence in lost else ""
        rows.append(
            {"key": str(item.pk), "label": item.number, "cells": [cells.number(item.number or "—"), title, remark]}
        )
    columns = [
        {"key": "number", "label": _("编号")},
        {"key": "title", "label": _("题名"), "wide": True},
        {"key": "remark", "label": _("说明")},
    ]
    empty = {"title": _("没有一件"), "text": _("这个数字是零，所以清单是空的。")}
    return {
        "key": "frozen",
        "caption": compare.frozen.label,
        "caption_hidden": True,
        "columns": columns,
        "rows": rows,
        "empty": empty,
    }


@for_seats("deputy_office")
@require_POST
def add(request: Request, matter_id: UUID) -> HttpResponse:
    """Write a figure at the end of a draft: the step of writing, like any other, and back to the draft."""
    situation, record = report_of(request, matter_id)
    back = HttpResponseRedirect(reverse("reports:report", args=[matter_id]))
    try:
        name, one = Names(catalogue()).find(request.POST.get("figure", "")[:100])
    except LookupError as problem:
        messages.error(request, str(problem))
        return back
    text = f"{record.text.rstrip()}\n\n{one.label}{{{{ figure {name} }}}}。\n".lstrip()
    seen = request.POST.get("seen", "")
    try:
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else situation.matter.version
        docket.act(situation.matter, "write", by=request.actor, data={"text": text}, seen=number)
    except Overtaken as problem:
        messages.warning(request, str(problem))
    except (Refused, Incomplete) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("已加入“%(title)s”。") % {"title": situation.matter.title})
    return back


@seated
@require_safe
def as_json(request: Request, matter_id: UUID) -> HttpResponse:
    """All numbers of the report as plain values."""
    situation, record = report_of(request, matter_id)
    paper = papers.paper_of(record)
    answer = JsonResponse(
        {
            "title": situation.matter.title, "state": situation.matter.state, "since": record.since, "until": record.until,
            "as_of": record.as_of, "issued_on": record.issued_on, "figures": [entry.as_json() for entry in paper.entries],
        },
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@seated
@require_safe
@printed
def paper(request: Request, matter_id: UUID, kind: str) -> HttpResponse:
    """The report as Word or PDF, in the official or the looser layout."""
    situation, record = report_of(request, matter_id)
    layout = papers.FEATURE if request.GET.get("layout") == papers.FEATURE else papers.OFFICIAL
    made = papers.document(papers.paper_of(record), situation.matter, request.congress, situation.book, layout)
    return sent(to_pdf(made) if kind == "pdf" else to_docx(made), made.title, kind)
