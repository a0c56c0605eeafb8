"""Past years, brought in as they were published: the form of one record and what it writes.

A published record seldom says when each step was taken. What it says is kept word for word in the act; what it does not say
stays empty. Whole histories (each step with its date) go through the ordinary steps with their true dates.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.documents.cells import normalise
from openrenda.rulebook import Book

from ..fields import Day, LongText
from .effects import handled_by
from .findable import index_matter
from .records import Reply

BRACKETS = "()（）[]【】〔〕「」 "
NOT_PUBLIC = ("不公开", "未公开", "不予公开", "不宜公开")


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
    result_class = forms.CharField(label=_("办理结果分类"), max_length=100, required=False)
    disclosure = forms.CharField(label=_("公开属性"), max_length=100, required=False)
    document_number = forms.CharField(label=_("答复文号"), max_length=60, required=False)
    received_on = Day(label=_("接收日期"), required=False)
    assigned_on = Day(label=_("交办日期"), required=False)
    reply_date = Day(label=_("答复日期"), required=False)
    reply_text = LongText(label=_("答复全文"), required=False, max_length=100000)
    result = forms.CharField(label=_("代表评价"), max_length=20, required=False)
    published_date = Day(label=_("公开日期"), required=False)
    source_address = forms.CharField(label=_("来源"), max_length=500, required=False)
    congress_name = forms.CharField(label=_("人大名称"), max_length=100, required=False)
    further = forms.JSONField(label=_("其他各列"), required=False)
    # What the import made of the words; the words stand beside it.
    series = forms.CharField(label=_("编号序列"), max_length=120, required=False)
    in_session = forms.BooleanField(label=_("大会期间提出"), required=False)
    dated_by = forms.CharField(label=_("日期依据"), max_length=20, required=False)
    registers = forms.JSONField(label=_("对应的登记"), required=False)
    class_key = forms.CharField(label=_("对应的分类"), max_length=20, required=False)
    grade = forms.CharField(label=_("对应的评价"), max_length=20, required=False)


def write(situation: Situation, act: Act) -> None:
    """Keep what the record says, under the organ, session and deputy it names where the registers know them."""
    data = situation.data
    registers = data.get("registers", {})
    matter = situation.matter
    matter.number, matter.series = data.get("number", ""), data.get("series") or series_of(data)
    if matter.closed_on:
        matter.closed_on = max(_days(data), default=matter.closed_on)
    situation.note(
        sponsor_name=data.get("sponsor_name", ""), background=data.get("background", ""),
        cosigners=max(0, int(data.get("deputies_count", 1)) - 1),
        session_name=data.get("session_name", ""), in_session=bool(data.get("in_session")),
        result_class=_kept(data, "class_key", "result_class"), result=_kept(data, "grade", "result"),
        received_on=data.get("received_on"), assigned_on=data.get("assigned_on"), replied_on=data.get("reply_date"),
        session_id=registers.get("session"),
    )  # fmt: skip
    handled_by(situation, registers.get("organ"), data.get("organ_name", ""))
    for role, name in (("sponsor", "sponsor"), ("handler", "organ")):
        if name in registers:
            situation.add_party(role, registers[name], data.get(f"{name}_name", ""))
    if not any(mark in data.get("disclosure", "") for mark in NOT_PUBLIC):
        matter.public_since = data.get("published_date") or None
    if data.get("reply_text") or data.get("reply_date"):
        situation.add(_reply(data))
    situation.after_write.append(lambda: index_matter(situation))


def series_of(data: dict[str, Any]) -> str:
    """Numbers are unique within the session, or within the year, that the record names."""
    return f"imported:{data.get('session_name') or data.get('year') or ''}"


def class_letter(words: str, book: Book) -> str:
    """The class of the congress's scheme that the words name without a doubt (A、A类、（A）); otherwise nothing."""
    plain = normalise(words).strip(BRACKETS).removesuffix("类").strip(BRACKETS)
    rows = book.option("option.result_scheme")
    return next(
        (row["letter"] for row in rows if plain == row["letter"] or words in (row["label"], row["meaning"])), ""
    )


def grade_key(words: str, book: Book) -> str:
    """The congress's grade of satisfaction that the words name; otherwise nothing."""
    return next((row["key"] for row in book.option("option.satisfaction") if words == row["label"]), "")


def day_is_known(situation: Situation) -> bool:
    """No limit runs from a day that a record does not tell."""
    step = situation.step.key if situation.step else ""
    needed = {"import_received": "received_on", "import_assigned": "assigned_on"}.get(step)
    return needed is None or bool(situation.data.get(needed))


def _days(data: dict[str, Any]) -> list[date]:
    told = (data.get(name) for name in ("received_on", "assigned_on", "reply_date", "published_date"))
    return [date.fromisoformat(day) for day in told if day]


def _kept(data: dict[str, Any], key: str, words: str) -> str:
    """The register's key, or the words where they are short enough for a list; the whole is in the act."""
    return str(data.get(key) or data.get(words, ""))[:20]


def _reply(data: dict[str, Any]) -> Reply:
    return Reply(
        round=1, organ_name=data.get("organ_name", ""), organ_id=data.get("registers", {}).get("organ"),
        number=data.get("document_number", ""), full_text=data.get("reply_text", ""),
        result_class=_kept(data, "class_key", "result_class"), class_label=data.get("result_class", ""),
        disclosure=data.get("disclosure", "")[:40], signed_on=data.get("reply_date"),
        assisting_opinions="、".join(data.get("assisting_names") or []),
    )  # fmt: skip
