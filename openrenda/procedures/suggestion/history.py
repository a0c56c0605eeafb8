"""Past years, brought in as they were published: the form of one record and what it writes.

A published record seldom says when each step was taken. What it says is kept word for word in the act; what it does not say
stays empty. Whole histories (each step with its date) go through the ordinary steps with their true dates.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from ..fields import Day, LongText
from .records import Reply


class Imported(StepForm):
    """One record of a past year. Only the title is asked for."""

    title = forms.CharField(label=_("标题"), max_length=500)
    number = forms.CharField(label=_("编号"), max_length=60, required=False)
    session_name = forms.CharField(label=_("会次"), max_length=100, required=False)
    year = forms.IntegerField(label=_("年度"), min_value=1954, max_value=2200, required=False)
    sponsor_name = forms.CharField(label=_("领衔代表"), max_length=100, required=False)
    deputies_count = forms.IntegerField(label=_("提出代表人数"), min_value=1, max_value=5000, required=False)
    background = LongText(label=_("内容"), required=False)
    organ_name = forms.CharField(label=_("承办单位"), max_length=200, required=False)
    assisting_names = forms.JSONField(label=_("协办单位"), required=False)
    result_class = forms.CharField(label=_("办理结果分类"), max_length=20, required=False)
    disclosure = forms.CharField(label=_("公开属性"), max_length=40, required=False)
    document_number = forms.CharField(label=_("答复文号"), max_length=60, required=False)
    received_on = Day(label=_("接收日期"), required=False)
    assigned_on = Day(label=_("交办日期"), required=False)
    reply_date = Day(label=_("答复日期"), required=False)
    reply_text = LongText(label=_("答复全文"), required=False, max_length=100000)
    result = forms.CharField(label=_("代表评价"), max_length=20, required=False)
    published_date = Day(label=_("公开日期"), required=False)
    source_address = forms.CharField(label=_("来源"), max_length=500, required=False)


def write(situation: Situation, act: Act) -> None:
    """Keep what the record says, under the organ and session it names where the registers know them."""
    data, cleaned = situation.data, act.data
    registers = cleaned.pop("registers", {})
    situation.matter.number = data.get("number", "")
    situation.matter.series = series_of(data)
    situation.note(
        sponsor_name=data.get("sponsor_name", ""), background=data.get("background", ""),
        cosigners=max(0, int(data.get("deputies_count", 1)) - 1), organ_name=data.get("organ_name", ""),
        session_name=data.get("session_name", ""), result_class=data.get("result_class", ""),
        result=data.get("result", ""), received_on=data.get("received_on"), assigned_on=data.get("assigned_on"),
        replied_on=data.get("reply_date"), session_id=registers.get("session"), organ_id=registers.get("organ"),
    )  # fmt: skip
    situation.matter.public_since = _iso(data.get("published_date"))
    if data.get("reply_text") or data.get("reply_date"):
        situation.add(_reply(data))


def series_of(data: dict[str, Any]) -> str:
    """Numbers are unique within the session, or within the year, that the record names."""
    return f"imported:{data.get('session_name') or data.get('year') or ''}"


def _reply(data: dict[str, Any]) -> Reply:
    day = data.get("reply_date") or data.get("published_date")
    return Reply(
        round=1, organ_name=data.get("organ_name", ""), number=data.get("document_number", ""),
        full_text=data.get("reply_text", ""), result_class=data.get("result_class", ""),
        disclosure=data.get("disclosure", ""), drafted_on=day, signed_on=data.get("reply_date"),
        assisting_opinions="、".join(data.get("assisting_names") or []),
    )  # fmt: skip


def _iso(value: str | None) -> Any:
    return value or None
