"""Past years brought in by the office, suggestions or messages: a file, its preview, and then the import of the same bytes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.forms import Form
from openrenda.languages import chinese
from openrenda.people.events import record
from openrenda.people.guards import for_seats
from openrenda.people.imports import Outcome
from openrenda.procedures.bringing_in.sheets import Manner
from openrenda.procedures.opinion import imports as messages_of_residents
from openrenda.procedures.suggestion import imports as past_suggestions

from ..access import Request
from ..stepping import UNPROCESSABLE

MAY_IMPORT = ("system_admin", "deputy_office")
MOST_BYTES = 3 * 1024 * 1024
MOST_ROWS_SHOWN = 500
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAST = {"suggestions": past_suggestions, "messages": messages_of_residents}
TITLES = {"suggestions": gettext_lazy("导入历年建议"), "messages": gettext_lazy("导入历年留言和答复")}
HINTS = {
    "messages": gettext_lazy(
        "城市留言板、12345热线导出的表：常见的列名自动识别。姓名和电话不保存，文字里的电话、证件号、门牌号先隐去再入账；导入的留言不公开，不计入群众意见的数字。"
    ),
}
SHEETS = {key: sheet for module in PAST.values() for key, sheet in module.TEMPLATES.items()}
ACTIONS = {"added": gettext_lazy("新增"), "same": gettext_lazy("已导入过"), "bad": gettext_lazy("有误")}


class PastForm(Form):
    """A table of past years, and how it is to be taken."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy(
            ".xlsx、.xls、.csv 或 .jsonl，不超过 3 MB；更大的文件请用命令导入。先预览，确认后才导入。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.jsonl"}),
    )
    resume = forms.BooleanField(
        label=gettext_lazy("接着导入：跳过已导入的，有误的行留在外面，其余照常导入"), required=False
    )
    further = forms.BooleanField(label=gettext_lazy("保留其他列：不认识的列原样保存"), required=False)

    def clean_file(self) -> Any:
        """Not larger than a page can carry from the preview to the import."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 3 MB，没有读取。请分成几个文件，或者请系统管理员用命令导入。"))
        return file


@for_seats(*MAY_IMPORT)
@require_http_methods(["GET", "POST"])
def bring_in(request: Request, kind: str) -> HttpResponse:
    """A file: first the preview of every row, then the import of the same bytes."""
    if "content" in request.POST:
        return _carry_out(request, kind)
    form = PastForm(request.POST or None, request.FILES or None) if request.method == "POST" else PastForm()
    context: dict[str, Any] = {"form": form, **_page(kind)}
    status = 200
    if request.method == "POST" and form.is_valid():
        file, chosen = form.cleaned_data["file"], _chosen(form.cleaned_data)
        content = file.read()
        outcome = PAST[kind].run_file(request.congress, content, file.name, _manner(chosen, keep=False))
        context |= _preview(outcome) | {
            "content": base64.b64encode(content).decode(),
            "name": file.name,
            "chosen": chosen,
        }
        context["may_keep"] = not outcome.problems and (outcome.good or (chosen["resume"] and outcome.counts["added"]))
        status = 200 if context["may_keep"] else UNPROCESSABLE
    elif request.method == "POST":
        status = UNPROCESSABLE
    return render(request, "web/import_past.html", context, status=status)


def _page(kind: str) -> dict[str, Any]:
    others = [(TITLES[other], reverse(f"web:import-{other}")) for other in PAST if other != kind]
    return {"title": TITLES[kind], "hint": HINTS.get(kind, ""), "others": others, "templates": PAST[kind].TEMPLATES}


def _chosen(said: Any) -> dict[str, bool]:
    return {"resume": bool(said.get("resume")), "further": bool(said.get("further"))}


def _manner(chosen: dict[str, bool], *, keep: bool) -> Manner:
    return Manner(keep=keep, resume=chosen["resume"], further=chosen["further"])


def _carry_out(request: Request, kind: str) -> HttpResponse:
    """The file as it was previewed, tried once more and kept."""
    try:
        content = base64.b64decode(request.POST["content"], validate=True)
    except (ValueError, binascii.Error):
        raise Http404 from None
    manner = _manner(_chosen(request.POST), keep=True)
    outcome = PAST[kind].run_file(request.congress, content, request.POST.get("name", ""), manner)
    if outcome.kept:
        with chinese():
            record(request.seat.account, "imported", by=request.seat.account, detail=_told(kind, outcome))
        messages.success(request, _told(kind, outcome))
        return HttpResponseRedirect(reverse(f"web:import-{kind}"))
    context = {"form": PastForm(), **_page(kind)} | _preview(outcome)
    return render(request, "web/import_past.html", context, status=UNPROCESSABLE)


def _told(kind: str, outcome: Outcome) -> str:
    counts = ((label, outcome.counts[key]) for key, label in ACTIONS.items() if outcome.counts[key])
    words = _("，").join(f"{label} {count}" for label, count in counts)
    if kind == "messages":
        return _("历年留言：%(words)s") % {"words": words}
    return _("历年建议：%(words)s") % {"words": words}


def _preview(outcome: Outcome) -> dict[str, Any]:
    rows = sorted(outcome.rows, key=lambda row: row.action != "bad")[:MOST_ROWS_SHOWN]
    table = {
        "key": "preview",
        "caption": _("预览"),
        "columns": [
            {"key": "number", "label": _("行"), "numeric": True}, {"key": "label", "label": _("内容"), "wide": True},
            {"key": "action", "label": _("结果")}, {"key": "reasons", "label": _("原因"), "wide": True},
        ],
        "rows": [
            {"key": row.number, "label": row.label, "url": "",
             "cells": [row.number, row.label, ACTIONS[row.action], " ".join(row.reasons)]}
            for row in rows
        ],
    }  # fmt: skip
    counts = [(label, outcome.counts.get(action, 0)) for action, label in ACTIONS.items()]
    return {"outcome": outcome, "table": table, "counts": counts}


@for_seats(*MAY_IMPORT)
@require_safe
def take_template(request: Request, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    if kind not in SHEETS:
        raise Http404
    sheet = SHEETS[kind]
    disposition = content_disposition_header(True, f"{sheet.words}.xlsx") or "attachment"
    return HttpResponse(sheet.workbook(), content_type=WORKBOOK, headers={"Content-Disposition": disposition})
