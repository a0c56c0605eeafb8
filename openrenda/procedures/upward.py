"""Suggestions sent to higher bodies 两代表一委员建议报送 (B17): from which report or deputy, to which level and whom, and what came back.

They are counted apart: none of them is one of the congress's own suggestions.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation, book_of
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES, Group, Split
from openrenda.people.models import Mandate
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK, TenantModel, current_congress_id

from .fields import Choose, Day, LongText, offer_choices, offer_deputies, one_paragraph
from .listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, Filter, ListOf
from .offices import AUDITORS, DEPUTY_OFFICE, LEADERS
from .reasons import Reason


class Sent(TenantModel):
    """What was sent, drawn from what, to whom, and the answer."""

    matter = TenantFK(Matter, models.CASCADE, related_name="sent_upward")
    level = models.CharField("层级", max_length=20)
    receiver = models.CharField("接收单位", max_length=200)
    sent_on = models.DateField("报送日期")
    report = models.CharField("来源报告", max_length=300, blank=True)
    deputy = TenantFK("people.Mandate", models.PROTECT, null=True, related_name="+", verbose_name="来源代表")
    deputy_name = models.CharField("来源代表", max_length=100, blank=True)
    text = models.TextField("建议内容")
    received_on = models.DateField("对方签收日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    answer = models.TextField("答复内容", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="sent_upward_matter")]
        indexes = [models.Index(fields=["congress", "sent_on"], name="sent_upward_day")]


def levels(book: Book) -> list[tuple[str, Any]]:
    """The levels above this congress."""
    rows: Any = book.option("option.higher_levels")
    return [(row["key"], gettext(row["label"])) for row in rows]


class Send(StepForm):
    """One suggestion for the working body above."""

    title = forms.CharField(label=_("标题"), max_length=200, validators=[one_paragraph])
    text = LongText(label=_("建议内容"), rows=8, max_length=20000)
    level = forms.ChoiceField(label=_("报送层级"), widget=forms.RadioSelect)
    receiver = forms.CharField(label=_("接收单位"), max_length=200, help_text=_("上级“两代表一委员”工作机构的名称。"))
    sent_on = Day(label=_("报送日期"))
    deputy = Choose(label=_("来源代表"), required=False)
    report = forms.CharField(label=_("来源调研报告"), max_length=300, required=False)

    def prepare(self) -> None:
        """Offer the levels of the rulebook and the deputies."""
        offer_choices(self, "level", levels(self.situation.book))
        offer_deputies(self, "deputy")

    def clean(self) -> dict[str, Any]:
        """Each names the report or the deputy it comes from."""
        cleaned = super().clean()
        if not cleaned.get("deputy") and not cleaned.get("report"):
            raise ValidationError(_("请写明来源：选来源代表，或者写来源调研报告。"))
        sent: date | None = cleaned.get("sent_on")
        if sent and sent > self.situation.today:
            self.add_error("sent_on", _("报送日期不能晚于今天。"))
        return cleaned


class Receipt(StepForm):
    """The other side has it."""

    received_on = Day(label=_("对方签收日期"))


class Answer(StepForm):
    """What the body above answered."""

    answered_on = Day(label=_("答复日期"))
    answer = LongText(label=_("答复内容"), rows=6, max_length=20000)


def send(situation: Situation, act: Act) -> None:
    """Keep what was sent; its deputy sees it."""
    data = situation.data
    fields = {name: data[name] for name in ("level", "receiver", "sent_on", "text")}
    situation.note(**fields, report=data.get("report", ""))
    if data.get("deputy"):
        mandate = Mandate.objects.select_related("person").get(pk=data["deputy"])
        situation.add_party("source_deputy", mandate.pk, mandate.person.name)
        situation.note(deputy=mandate, deputy_name=mandate.person.name)


def receive(situation: Situation, act: Act) -> None:
    """Keep the day of the receipt."""
    situation.note(received_on=situation.data["received_on"])


def answer(situation: Situation, act: Act) -> None:
    """Keep the answer."""
    situation.note(answered_on=situation.data["answered_on"], answer=situation.data["answer"])


SOURCE_DEPUTY = Office(
    "source_deputy", "来源代表", "the deputy it comes from", seats=("deputy",), relation=("source_deputy",)
)
SEES = (DEPUTY_OFFICE, SOURCE_DEPUTY, LEADERS, AUDITORS)

# fmt: off
SENT       = State("sent",       "已报送",  "Sent", "send")
ANSWERED   = State("answered",   "已答复",  "Answered", "answer", final=True)
UNANSWERED = State("unanswered", "没有答复", "Closed without an answer", "answer", final=True)

STEPS = (
    Step("send",    "报送上级",   None, SENT,       by=DEPUTY_OFFICE, basis="B17.answer", label_en="Send", only_if=("option.sent_upward", True), records=Send, does=send, tells=(SOURCE_DEPUTY,)),
    Step("receive", "登记对方签收", SENT, None,       by=DEPUTY_OFFICE, basis="B17.answer", label_en="Record the receipt", records=Receipt, does=receive, tells=(SOURCE_DEPUTY,), optional=True),
    Step("answer",  "登记上级答复", SENT, ANSWERED,   by=DEPUTY_OFFICE, basis="B17.answer", label_en="Record the answer", records=Answer, does=answer, tells=(SOURCE_DEPUTY,)),
    Step("give_up", "没有答复结束", SENT, UNANSWERED, by=DEPUTY_OFFICE, basis="B17.answer", label_en="Close without an answer", records=Reason, tells=(SOURCE_DEPUTY,), optional=True),
)

CLOCKS = (
    Clock("answer", "跟踪答复期限", "B17.answer", starts=("send",), stops=("answer", "give_up"), whose=DEPUTY_OFFICE, label_en="Time to follow the answer"),
)
# fmt: on


def sent_in(period: Period) -> QuerySet[Any]:
    """Sent in the period."""
    return Sent.objects.filter(sent_on__gte=period.since, sent_on__lte=period.end)


def _levels(period: Period, found: Collection[Any]) -> list[Group]:
    known = [Group(key, label, (key,)) for key, label in levels(book_of(current_congress_id())) if key in found]
    others = sorted(set(found) - {group.key for group in known})
    return known + [Group(key, key, (key,)) for key in others]


SENT_ONES = Population(
    "sent_upward", "报送上级的建议", CASES, sent_in,
    facts={"answered": lambda period: Q(answered_on__lte=period.end), "from_report": lambda period: ~Q(report="")},
    splits=(Split("level", "报送层级", lambda _period: F("level"), _levels), by_month("sent_on")),
    columns=(Shown("接收单位", "receiver"), Shown("来源代表", "deputy_name"), Shown("来源报告", "report"), Shown("报送", "sent_on"),
             Shown("答复", "answered_on")),
)  # fmt: skip
FIGURES = (
    Figure("sent_upward", "报送上级的建议", "统计期内报送上级“两代表一委员”工作机构的建议，单独统计，不计入接收的建议。", SENT_ONES, label_en="Sent upward", group="报送", basis="B17.answer"),
    Figure("sent_upward_answered", "上级答复率", "上级已答复 ÷ 统计期内报送上级的建议。", SENT_ONES, Q(answered=True), Q(), None, "上级已答复", "报送上级", label_en="Answered from above", group="报送", basis="B17.answer"),
)  # fmt: skip
RECORDS = (Sent,)
LIST = ListOf(
    columns=(
        TITLE, Column("level", _("报送层级"), "sent_upward__level", "choice", choices=levels), Column("receiver", _("接收单位"), "sent_upward__receiver"),
        Column("deputy", _("来源代表"), "sent_upward__deputy_name"), Column("report", _("来源调研报告"), "sent_upward__report", hidden=True),
        Column("sent", _("报送日期"), "sent_upward__sent_on", "day"), STATE, Column("answered", _("答复日期"), "sent_upward__answered_on", "day"),
        DUE, OPENED, CLOSED,
    ),
    filters=(Filter("level", _("报送层级"), "sent_upward__level", "choice", choices=levels),),
)  # fmt: skip
PROCEDURE = Procedure(
    key="upward", label="报送上级的建议", label_en="Suggestions sent upward", steps=STEPS, clocks=CLOCKS, record=Sent,
    states=(SENT, ANSWERED, UNANSWERED), body="procedures/upward.html", stages=(("send", "报送"), ("answer", "答复")), seen_by=SEES,
    basis="B17.answer",
)  # fmt: skip
