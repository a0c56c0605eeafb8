"""The /design/ pages: every component in every face, with nothing, one, many and very long. Only when DEBUG is on.

`?face=staff|deputy|public|plain` shows the components in that face, `?text=large` in large letters.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.forms import Form
from openrenda.web import cells
from openrenda.web.preferences import hidden_columns

SAMPLES = Path(__file__).with_name("design_samples.toml")
FACES = ("staff", "deputy", "public", "plain")
PAGES = ("staff_list", "matter", "deputy_home", "deputy_form", "public_suggestion", "sign_in", "leader")
TABLE_KEY = "design"


class SampleForm(Form):
    """One field of each kind that the form row must be able to show."""

    title = forms.CharField(label=_("标题"), max_length=150, help_text=_("说清什么地方、什么事，150字以内。"))
    situation = forms.CharField(label=_("情况"), widget=forms.Textarea, help_text=_("写看到的、听到的，不用写称呼。"))
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), ("roads", _("交通")), ("schools", _("教育"))]
    )
    wanted_on = forms.DateField(label=_("希望何时答复"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    delivery = forms.ChoiceField(
        label=_("怎样答复"), widget=forms.RadioSelect, choices=[("visit", _("当面")), ("letter", _("书面"))]
    )
    attachment = forms.FileField(
        label=_("附件"), required=False, widget=forms.FileInput(attrs={"data-max-bytes": 20 * 1024 * 1024})
    )
    public = forms.BooleanField(label=_("同意公开"), required=False, help_text=_("公开时隐去居民的姓名和电话。"))


def design(request: HttpRequest) -> HttpResponse:
    """All components in one of the four faces."""
    face = request.GET.get("face", "staff")
    if not settings.DEBUG or face not in FACES:
        raise Http404
    context = sample_context(request, face)
    context |= {"base": f"base_{face}.html", "faces": FACES, "pages": PAGES, "face": face}
    context["form"] = SampleForm({"title": context["titles"]["short"]})
    context["one_row"] = context["table"] | {
        "rows": context["table"]["rows"][:1],
        "key": "one",
        "form_id": "",
        "caption": _("只有一行"),
    }
    context["no_row"] = context["table"] | {"rows": []}
    return render(request, "design/index.html", context)


def design_page(request: HttpRequest, page: str) -> HttpResponse:
    """One whole page as it would look, named in PAGES."""
    if not settings.DEBUG or page not in PAGES:
        raise Http404
    context = sample_context(request, page.partition("_")[0])
    context["messages"] = []
    context["form"] = SampleForm({"title": context["titles"]["usual"]}) if "form" in page else None
    if page == "staff_list":
        context["table"] |= {"rows": context["table"]["rows"] * 5, "caption_hidden": True}
    return render(request, f"design/{page}.html", context)


def sample_context(request: HttpRequest, face: str) -> dict[str, Any]:
    """The invented data, with the navigation of the face and the table's cells made."""
    context = dict(samples())
    context["large_text"] = request.GET.get("text", request.COOKIES.get("text")) == "large"
    context["notification_count"] = 3
    if face == "deputy":
        context["navigation"] = context["deputy_navigation"]
    elif face in ("public", "plain", "sign"):
        context["navigation"] = []
    context["table"] = sample_table(context, hidden_columns(request, TABLE_KEY))
    context["batch"] = {
        "form_id": "batch",
        "url": "#",
        "actions": [{"label": _("交办"), "value": "assign", "main": True}, {"label": _("导出所选"), "value": "export"}],
    }
    return context


def sample_table(context: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The list of invented suggestions as `components/data_table.html` wants it."""
    columns = [column | {"hidden": column["key"] in hidden} for column in context["columns"]]
    rows = [_sample_row(number, row, context) for number, row in enumerate(context["rows"], start=26)]
    empty = {
        "title": _("没有符合条件的建议"),
        "text": _("可以去掉一两个条件再看。"),
        "action": {"label": _("清除条件"), "url": "?"},
    }
    return {
        "key": TABLE_KEY,
        "caption": _("建议"),
        "columns": columns,
        "rows": rows,
        "form_id": "batch",
        "export_url": "#",
        "count_words": _("按提出日期排列"),
        "empty": empty,
    }


def _sample_row(number: int, row: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    title = context["titles"][row["title"]]
    values = [
        cells.number(f"〔2026〕{number}号"),
        cells.link(title, "/design/matter/"),
        row["sponsor"],
        row["handler"],
        cells.evidence(number % 7 + 1, "#", gettext("名附议代表")),
        cells.day(context["stages"][0]["date"]),
        cells.clock(row["clock"], row["days_left"]),
    ]
    return {"key": str(number), "url": "/design/matter/", "label": title, "cells": values}


@lru_cache(maxsize=1)
def samples() -> dict[str, Any]:
    """Everything in design_samples.toml."""
    return tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
