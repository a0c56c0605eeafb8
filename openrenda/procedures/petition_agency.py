"""Petition agency 信访代办 (A20): a deputy takes a petition through for the petitioner, under her mandate, until the office has answered.

Nothing counts as defused without the document of the answer. The petitioner's name is read by the deputy, the handling office and the
auditor only.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.language import THE_CLOCK, Clock, Office, Procedure, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Period, Population, Shown
from openrenda.figures.asof import acts_by, among
from openrenda.figures.groups import by_month
from openrenda.figures.language import CASES
from openrenda.people.models import Organ
from openrenda.tenancy import TenantFK

from .defusing import FIGURES as BOTH
from .defusing import GROUP, documents
from .fields import Choose, Day, LongText, offer_rows, one_paragraph
from .listing import CLOSED, DUE, OPENED, STATE, TITLE, Column, ListOf
from .named_people import FREE_OF_NAMES, FreeOfNames, WithNames, forget_names, keep_names, no_names
from .offices import AUDITORS, DEPUTIES, DEPUTY_OFFICE, HANDLER, LEADERS
from .outcome_papers import OutcomeDocument, keep_document, no_document
from .reasons import Reason


class PetitionAgency(WithNames):
    """A petition in the deputy's hands."""

    matter = TenantFK(Matter, models.CASCADE, related_name="petition_agency")
    text = models.TextField("信访诉求")
    mandate_on = models.DateField("委托日期")
    mandate_scope = models.CharField("委托范围", max_length=500)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="受理单位")
    submitted_on = models.DateField("递交日期", null=True)
    due_on = models.DateField("办理期限", null=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True)
    document = TenantFK("docket.File", models.PROTECT, null=True, related_name="+", verbose_name="结果文书")
    document_name = models.CharField("文书名称和文号", max_length=200, blank=True)
    document_on = models.DateField("文书日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="petition_agency_matter")]
        indexes = [models.Index(fields=["congress", "mandate_on"], name="petition_agency_mandate")]


AGENT = Office("agent", "代办代表", "the deputy who acts for the petitioner", seats=("deputy",), relation=("agent",))
READS_NAMES = (AGENT, HANDLER, AUDITORS)


class Take(FreeOfNames):
    """The petitioner's mandate, what she asks without her name, and the name apart."""

    title = forms.CharField(label=_("信访事项"), max_length=100, validators=[one_paragraph], help_text=FREE_OF_NAMES)
    names = LongText(label=_("信访人姓名（加密保存，只有代表、办理单位和审计管理员能查看）"), rows=2, max_length=1000)
    text = LongText(label=_("信访诉求"), rows=5, max_length=5000, help_text=FREE_OF_NAMES)
    mandate_on = Day(label=_("委托日期"))
    mandate_scope = forms.CharField(
        label=_("委托范围"), max_length=500, help_text=_("例如：递交材料、询问进展、代收答复。")
    )


class Submit(FreeOfNames):
    """To which office, on which day, and by when it has to answer."""

    organ = Choose(label=_("受理单位"))
    submitted_on = Day(label=_("递交日期"))
    due_on = Day(label=_("受理单位的办理期限"), required=False, help_text=_("不填的，按信访事项的一般期限计算。"))

    def prepare(self) -> None:
        """Offer the organs of today."""
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).order_by("position", "code").all)

    def clean(self) -> dict[str, Any]:
        """The day to answer follows that of handing in."""
        cleaned = super().clean()
        submitted, due = cleaned.get("submitted_on"), cleaned.get("due_on")
        if submitted and due and due < submitted:
            self.add_error("due_on", _("办理期限不能早于递交日期。"))
        return cleaned


class Answer(FreeOfNames):
    """What the office answered."""

    answer = LongText(label=_("答复内容"), rows=5, max_length=5000, help_text=FREE_OF_NAMES)
    answered_on = Day(label=_("答复日期"))


def take(situation: Situation, act: Act) -> None:
    """Keep the mandate; the deputy acts for the petitioner."""
    data = situation.data
    keep_names(situation, act)
    for holder in situation.actor.holders:
        situation.add_party("agent", holder, situation.actor.name)
    situation.note(text=data["text"], mandate_on=data["mandate_on"], mandate_scope=data["mandate_scope"])


def submit(situation: Situation, act: Act) -> None:
    """The office has it."""
    data = situation.data
    organ = Organ.objects.get(pk=data["organ"])
    situation.end_party("handler")
    situation.add_party("handler", organ.pk, organ.name)
    situation.matter.lead = organ.pk
    situation.note(organ=organ, submitted_on=data["submitted_on"], due_on=data.get("due_on"))


def answer(situation: Situation, act: Act) -> None:
    """The office has answered."""
    situation.note(answer=situation.data["answer"], answered_on=situation.data["answered_on"])


def give_back(situation: Situation, act: Act) -> None:
    """It is for another office."""
    situation.end_party("handler")
    situation.matter.lead = None
    situation.note(organ=None, submitted_on=None, due_on=None)


def document(situation: Situation, act: Act) -> None:
    """The petitioner was handed the answer, and there is a document of it."""
    keep_document(situation)


SEES = (AGENT, HANDLER, DEPUTY_OFFICE, LEADERS, AUDITORS)

# fmt: off
TAKEN      = State("taken",      "已受托，待递交", "Taken up", "take")
SUBMITTED  = State("submitted",  "受理单位办理中", "With the office", "handle")
ANSWERED   = State("answered",   "已答复，待送达", "Answered", "tell")
DEFUSED    = State("defused",    "已化解",     "Defused", "tell", final=True)
NOT_EASED  = State("not_eased",  "已答复，未化解", "Answered, not defused", "tell", final=True)
ENDED      = State("ended",      "已解除委托",   "Mandate ended", "tell", final=True)
EVERY      = (TAKEN, SUBMITTED, ANSWERED, DEFUSED, NOT_EASED, ENDED)

STEPS = (
    Step("take",     "登记信访代办", None,      TAKEN,     by=DEPUTIES, basis="A20.petition", label_en="Act for a petitioner", only_if=("option.new_duties", True), records=Take, does=take, tells=(DEPUTY_OFFICE,)),
    Step("submit",   "递交受理单位", TAKEN,     SUBMITTED, by=AGENT,    basis="A20.submit", label_en="Hand it in", records=Submit, does=submit, tells=(HANDLER,)),
    Step("give_back", "退回代表",  SUBMITTED, TAKEN,     by=HANDLER,  basis="A20.petition", label_en="Give back", records=Reason, does=give_back, tells=(AGENT,), optional=True),
    Step("answer",   "登记答复",   SUBMITTED, ANSWERED,  by=(HANDLER, AGENT), basis="A20.answer", label_en="Answer", records=Answer, does=answer, tells=(AGENT,)),
    Step("document", "送达并登记结果文书", ANSWERED, DEFUSED, by=AGENT,   basis="A20.document", label_en="Deliver, and record the outcome document", records=OutcomeDocument, barred_by=(no_document,), does=document, tells=(HANDLER, DEPUTY_OFFICE)),
    Step("not_eased", "已送达，未化解", ANSWERED, NOT_EASED, by=AGENT,   basis="A20.document", label_en="Delivered, not defused", records=Reason, tells=(HANDLER, DEPUTY_OFFICE), optional=True),
    Step("ask_again", "请受理单位再办", (ANSWERED, NOT_EASED, DEFUSED), SUBMITTED, by=AGENT, basis="A20.petition", label_en="Ask again", records=Reason, tells=(HANDLER,), optional=True),
    Step("end",      "解除委托",   (TAKEN, SUBMITTED, ANSWERED), ENDED, by=AGENT, basis="A20.petition", label_en="End the mandate", records=Reason, tells=(HANDLER, DEPUTY_OFFICE), optional=True, confirm="解除委托后不再代办；信访人可以自己向受理单位查询。"),
    Step("open_names", "查看姓名", EVERY,     None,      by=READS_NAMES, basis="A20.names", label_en="Open the names", records=Reason, barred_by=(no_names,), optional=True),
    Step("forget_names", "删除姓名（保存期满、本人要求）", (DEFUSED, NOT_EASED, ENDED), None, by=(THE_CLOCK, AGENT, DEPUTY_OFFICE), basis="A20.names", label_en="Remove the names", records=Reason, barred_by=(no_names,), does=forget_names, optional=True, confirm="姓名删除后不能恢复。"),
)

CLOCKS = (
    Clock("submit",  "递交期限", "A20.submit",   starts=("take", "give_back"), stops=("submit", "end"), whose=AGENT, label_en="Time to hand it in"),
    Clock("answer",  "答复期限", "A20.answer",   starts=("submit", "ask_again"), stops=("answer", "give_back", "end"), whose=HANDLER, label_en="Time to answer", until="due_on"),
    Clock("deliver", "送达期限", "A20.document", starts=("answer",), stops=("document", "not_eased", "ask_again", "end"), whose=AGENT, label_en="Time to deliver the answer"),
)
# fmt: on


def taken_by(period: Period) -> QuerySet[Any]:
    """Petitions taken up by the end of the period; the facts say when they ended."""
    return PetitionAgency.objects.filter(mandate_on__lte=period.end)


def was_taken(period: Period) -> Q:
    """It was taken up in the period."""
    return Q(mandate_on__gte=period.since, mandate_on__lte=period.end)


def was_answered(period: Period) -> Q:
    """The office answered in the period."""
    return among(acts_by(period, "petition-agency", "answer").filter(took_effect__date__gte=period.since))


def was_defused(period: Period) -> Q:
    """Its document was recorded in the period, and it was not asked for again by the period's end."""
    return among(documents(period, "petition-agency"))


PETITIONS = Population(
    "petition_agencies", "信访代办", CASES, taken_by,
    facts={"taken": was_taken, "answered": was_answered, "defused": was_defused}, splits=(by_month("mandate_on"),),
    columns=(Shown("委托日期", "mandate_on"), Shown("受理单位", "organ__name"), Shown("答复日期", "answered_on"), Shown("文书日期", "document_on")),
)  # fmt: skip
FIGURES = (
    Figure("petitions_taken", "信访代办", "统计期内代表受托代办的信访事项。", PETITIONS, Q(taken=True), label_en="Petitions taken up", group=GROUP, basis="A20.petition"),
    Figure("petitions_answered", "信访代办已答复", "统计期内受理单位作出答复的代办信访事项。", PETITIONS, Q(answered=True), label_en="Petitions answered", group=GROUP, basis="A20.answer"),
    Figure("petitions_defused", "化解信访事项", "统计期内送达答复并登记了结果文书的；后来请受理单位再办的不计。", PETITIONS, Q(defused=True), label_en="Petitions defused", group=GROUP, basis="A20.document"),
    *BOTH,
)  # fmt: skip

RECORDS = (PetitionAgency,)
LIST = ListOf(
    columns=(TITLE, Column("organ", _("受理单位"), "petition_agency__organ__name"), Column("mandate_on", _("委托日期"), "petition_agency__mandate_on", "day"),
             STATE, OPENED, DUE, CLOSED),
)  # fmt: skip
PROCEDURE = Procedure(
    key="petition-agency", label="信访代办", label_en="Petition agency", steps=STEPS, clocks=CLOCKS, record=PetitionAgency,
    states=EVERY, body="procedures/petition_agency.html", stages=(("take", "受托"), ("handle", "办理"), ("tell", "送达")), seen_by=SEES,
    files_read_by=READS_NAMES, basis="A20.petition",
)  # fmt: skip
