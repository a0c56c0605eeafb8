"""The registers for those who keep them: look, change one row, bring in a file, take one out.

One row typed into a form goes the same way as a row of a file.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openrenda.documents.cells import Cell, cell_text
from openrenda.documents.tables import Row
from openrenda.forms import Form
from openrenda.languages import chinese
from openrenda.people.events import record
from openrenda.people.guards import for_seats
from openrenda.people.imports import SHEETS, Outcome, Sheet, export, run, run_file, template
from openrenda.people.imports.sheet import CLEAR
from openrenda.people.offices import DEPUTY_OFFICE, SYSTEM_ADMIN
from openrenda.people.views.administration import page_tabs
from openrenda.people.views.sign_in import REFUSED, posted

MOST_ROWS_SHOWN = 500
MOST_BYTES = 3 * 1024 * 1024
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTION_LABELS = {
    "added": gettext_lazy("新增"),
    "changed": gettext_lazy("更新"),
    "same": gettext_lazy("没有变化"),
    "bad": gettext_lazy("有误"),
}


KEEPERS = (SYSTEM_ADMIN, DEPUTY_OFFICE)


def sheet_of(request: HttpRequest, key: str) -> Sheet:
    """The sheet of that key.

    :raises Http404: when there is none that the present seat keeps.
    """
    sheet = SHEETS.get(key)
    if sheet is None or request.actor.seat not in sheet.keepers:  # type: ignore[attr-defined]
        raise Http404
    return sheet


@for_seats(*KEEPERS)
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The register as a table, searched by any words in a row."""
    sheet, words = sheet_of(request, key), request.GET.get("q", "").strip()
    found = (row for row in map(_texts, sheet.rows()) if not words or any(words in text for text in row))
    rows = list(islice(found, MOST_ROWS_SHOWN + 1))
    context = {
        "sheet": sheet,
        "table": _table(sheet, rows[:MOST_ROWS_SHOWN]),
        "more": len(rows) > MOST_ROWS_SHOWN,
        "words": words,
        "tabs": page_tabs(request),
    }
    return render(request, "people/register.html", context)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell_text(cell) for cell in row]


def _table(sheet: Sheet, rows: list[list[str]]) -> dict[str, Any]:
    address = reverse("people:register-row", args=[sheet.key])
    keys = [column.key for column in sheet.columns]
    places = [keys.index(key) for key in sheet.identity]
    return {
        "key": f"register-{sheet.key}",
        "caption": sheet.words,
        "columns": [{"key": column.key, "label": column.words, "hidden": column.rare} for column in sheet.columns],
        "rows": [_table_row(number, _shown(sheet, row), _row_address(address, sheet, row, places)) for number, row in enumerate(rows)],
        "empty": {"title": _("还没有内容"), "text": _("可以逐行新增，也可以下载模板填好后导入。")},
    }  # fmt: skip


def _shown(sheet: Sheet, row: list[str]) -> list[str]:
    """The row as the reader sees it: what may be chosen is named in her language, what was written is left."""
    return [_(text) if column.choices and text else text for column, text in zip(sheet.columns, row, strict=True)]


def _table_row(number: int, row: list[str], url: str) -> dict[str, Any]:
    """The first cell leads to the row also where no script runs."""
    first = format_html('<a class="row-link" href="{}">{}</a>', url, row[0])
    return {"key": number, "label": row[0], "cells": [first, *row[1:]], "url": url}


def _row_address(address: str, sheet: Sheet, row: list[str], places: list[int]) -> str:
    query = QueryDict(mutable=True)
    for place in places:
        query[sheet.columns[place].key] = row[place]
    return f"{address}?{query.urlencode()}"


class RowForm(Form):
    """One row of a sheet; what tells the row from others cannot be changed once it is there."""

    def __init__(self, sheet: Sheet, kept: dict[str, str], data: Any = None) -> None:
        super().__init__(data, initial=kept)
        self.sheet, self.kept = sheet, kept
        for column in sheet.columns:
            self.fields[column.key] = self._field(
                column.choices, column.required, column.words, _(column.note) if column.note else ""
            )
            if column.key in sheet.identity and kept.get(column.key):
                self.fields[column.key].disabled = True

    @staticmethod
    def _field(choices: tuple[str, ...], required: bool, label: str, note: str) -> forms.Field:
        if choices:
            options = [("", "—"), *((choice, _(choice)) for choice in choices)]
            return forms.ChoiceField(choices=options, required=required, label=label, help_text=note)
        return forms.CharField(required=required, label=label, help_text=note, max_length=500)

    def cells(self) -> dict[str, Cell]:
        """The row as a file would give it; what was emptied is cleared."""
        cells: dict[str, Cell] = {}
        for column in self.sheet.columns:
            typed = self.cleaned_data.get(column.key) or ""
            emptied = not typed and self.kept.get(column.key)
            cells[column.name] = CLEAR if emptied else typed
        return cells


@for_seats(*KEEPERS)
@require_http_methods(["GET", "POST"])
def change_row(request: HttpRequest, key: str) -> HttpResponse:
    """Adds a row, or changes the one that the address names."""
    sheet = sheet_of(request, key)
    form = RowForm(sheet, _kept(sheet, request), posted(request))
    if request.method == "POST" and form.is_valid():
        outcome = run(sheet, sheet.headers, [Row(1, form.cells())], keep=True, by=request.user)  # type: ignore[arg-type]
        if outcome.kept:
            _note(request, sheet, outcome)
            return redirect("people:register", key)
        for reason in [*outcome.problems, *(reason for row in outcome.bad_rows for reason in row.reasons)]:
            form.add_error(None, reason)
    context = {"sheet": sheet, "form": form, "tabs": page_tabs(request)}
    return render(request, "people/register_row.html", context, status=REFUSED if form.errors else 200)


def _kept(sheet: Sheet, request: HttpRequest) -> dict[str, str]:
    """The row as it is now, found by the columns that tell it from others."""
    if not request.GET:
        return {}
    keys = [column.key for column in sheet.columns]
    for row in map(_texts, sheet.rows()):
        cells = dict(zip(keys, row, strict=True))
        if all(cells[key] == request.GET.get(key, "") for key in sheet.identity):
            return cells
    raise Http404


class FileForm(Form):
    """A spreadsheet to bring in."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy(".xlsx、.xls 或 .csv，不超过 3 MB；先预览，确认后才导入。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 3 MB，没有读取。请删去多余的工作表，或者分成几个文件导入。"))
        return file


@for_seats(*KEEPERS)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, key: str) -> HttpResponse:
    """A file: first the preview of every row, then, when all are good, the import of the same bytes."""
    sheet = sheet_of(request, key)
    if "content" in request.POST:
        return _carry_out(request, sheet)
    form = FileForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"sheet": sheet, "form": form, "tabs": page_tabs(request)}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        outcome = run_file(sheet, content, file.name, keep=False, by=request.user)  # type: ignore[arg-type]
        context |= _preview(outcome) | {"content": base64.b64encode(content).decode(), "name": file.name}
    bad = bool(form.errors) or (context.get("outcome") is not None and not context["outcome"].good)
    return render(request, "people/register_import.html", context, status=REFUSED if bad else 200)


def _carry_out(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    try:
        content = base64.b64decode(request.POST["content"], validate=True)
    except binascii.Error:
        raise Http404 from None
    outcome = run_file(sheet, content, request.POST.get("name", ""), keep=True, by=request.user)  # type: ignore[arg-type]
    if outcome.kept:
        _note(request, sheet, outcome)
        return redirect("people:register", sheet.key)
    context = {"sheet": sheet, "form": FileForm(), "tabs": page_tabs(request)} | _preview(outcome)
    return render(request, "people/register_import.html", context, status=REFUSED)


def _preview(outcome: Outcome) -> dict[str, Any]:
    rows = sorted(outcome.rows, key=lambda row: row.action != "bad")[:MOST_ROWS_SHOWN]
    table = {
        "key": "preview",
        "caption": _("预览"),
        "columns": [
            {"key": "number", "label": _("行"), "numeric": True}, {"key": "label", "label": _("内容")},
            {"key": "action", "label": _("结果")}, {"key": "reasons", "label": _("原因"), "wide": True},
        ],
        "rows": [
            {"key": row.number, "label": row.label, "url": "",
             "cells": [row.number, row.label, ACTION_LABELS[row.action], " ".join(row.reasons)]}
            for row in rows
        ],
    }  # fmt: skip
    counts = [(ACTION_LABELS[action], number) for action, number in outcome.counts.items()]
    return {"outcome": outcome, "table": table, "counts": counts}


def _note(request: HttpRequest, sheet: Sheet, outcome: Outcome) -> None:
    with chinese():
        record(request.user, "imported", by=request.user, detail=_told(sheet, outcome))  # type: ignore[arg-type]
    if sheet.key == "seats" and outcome.counts["added"]:
        messages.info(request, _("席位申请已提交，由安全管理员审批后生效。"))
    messages.success(request, _told(sheet, outcome))


def _told(sheet: Sheet, outcome: Outcome) -> str:
    counts = ((ACTION_LABELS[action], number) for action, number in outcome.counts.items() if number)
    words = _("，").join(
        _("%(action)s %(count)d 行") % {"action": action, "count": number} for action, number in counts
    )
    return _("%(title)s：%(words)s") % {"title": sheet.words, "words": words}


@for_seats(*KEEPERS)
@require_GET
def take_template(request: HttpRequest, key: str) -> HttpResponse:
    """The workbook to fill in."""
    sheet = sheet_of(request, key)
    return _workbook(template(sheet), _("%(title)s导入模板") % {"title": sheet.words})


@for_seats(*KEEPERS)
@require_GET
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    """The register as a workbook that can be brought in again."""
    sheet = sheet_of(request, key)
    return _workbook(export(sheet), sheet.words)


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return HttpResponse(content, content_type=WORKBOOK, headers={"Content-Disposition": disposition})
