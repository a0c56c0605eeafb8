"""What everybody reads about consultations, and what whoever gave an opinion reads about hers (C02, C03)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda import docket
from openrenda.docket.actor import the_public
from openrenda.docket.models import Act
from openrenda.procedures import consulting
from openrenda.procedures.consultation.records import PublicConsultation
from openrenda.procedures.consultation_opinion.records import ConsultationOpinion

from . import codes, proofs, receiving, saying
from .receiving import Own

STEP, STEP_LOOKED_AT = "give", "give_slowly"
BY_LINK = ("withdraw", "erase_contact")
TOLD = {
    "give": declared("提出了意见"), "give_slowly": declared("提出了意见"), "enter": declared("意见已登记"), "send": declared("提出了意见"),
    "let_through": declared("已查看，开始办理"), "decide": declared("已答复"), "amend": declared("更正了答复"), "withdraw": declared("您撤回了意见"),
    "erase_contact": declared("删除了姓名和电话"), "forget_contact": declared("保存期满，姓名和电话已删除"),
}  # fmt: skip


def published(day: date) -> QuerySet[PublicConsultation]:
    """The consultations that have opened, those that close last first."""
    rows = PublicConsultation.objects.filter(matter__public_since__lte=day).select_related("matter")
    return rows.order_by("-closes_on", "-id")


def open_ones(day: date) -> QuerySet[PublicConsultation]:
    """Those on which one may have one's say in time today."""
    return published(day).filter(matter__state="announced", closes_on__gte=day)


def one_of(code: str, day: date) -> PublicConsultation | None:
    """The consultation at that address."""
    pk = codes.id_of(code)
    return published(day).filter(matter_id=pk).first() if pk else None


def standing(row: PublicConsultation, day: date) -> str:
    """Where it stands, in a sentence for the public."""
    if row.matter.state == "cancelled":
        return _("已撤销")
    if row.matter.state == "closed":
        return _("已经结束，采纳情况见下")
    if row.open_on(day):
        return _("正在征求意见")
    return _("征求期已满，正在整理；现在提的会注明逾期")


def takes(row: PublicConsultation) -> bool:
    """Whether an opinion is still taken, late ones too."""
    return row.matter.closed_on is None and consulting.PORTAL in row.channels


def give(row: PublicConsultation, form: saying.NamedForm, sent: saying.Sent) -> Act:
    """Open the opinion; the same request sent twice gives the same one."""
    data: dict[str, Any] = {name: form.cleaned_data[name] for name in ("text", "name", "phone")}
    data["consultation"] = row.matter_id
    step = STEP if proofs.holds(sent.challenge, sent.answer) else STEP_LOOKED_AT
    by = the_public(sent.congress.pk, uuid4())
    return docket.open_matter(consulting.OPINION, step, by=by, data=data, key=sent.key)


def own(*, number: str = "", link: str = "") -> Own | None:
    """The opinion with that number or link."""
    rows = ConsultationOpinion.objects.select_related("matter", "consultation", "organ")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), (), BY_LINK) if one else None
